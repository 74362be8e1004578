// POST /v1/payments/:id/reversal and /v1/loans/:id/reversal: what is free, open and refused again once a record is
// taken back, what stays visible, and what moves in the book.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clockedService } from '../support/clocked-service.ts';
import { onEachEngine } from '../support/engines.ts';
import { jamesClient } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';
import {
  assertMembers,
  assertProblem,
  instant,
  objectOf,
  textOf,
  uuidVersion7,
} from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, listed, paymentOf, reverseLoan, reversePayment } from '../support/v1-steps.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;

  before(async () => {
    service = await startService({ engine });
    client = v1Client(service.url);
  });
  after(async () => {
    await service?.stop();
  });

  const unknownId = '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a';
  const missed = { payment: 'missed' };
  const nothing = {
    value: '0.00',
    principal: '0.00',
    payments_left: 0,
    next_due_on: null,
    status: 'reversed',
  };

  async function assertValue(loanId: string, asOf: string, value: string): Promise<void> {
    assertMembers(await client.balance(loanId, asOf), 200, { value }, asOf);
  }

  describe('a payment reversed', () => {
    test('is answered with 201, the record and its reversal', async () => {
      const loan = await client.loan();
      const id = await paymentOf(client, loan.id, '2017-09-05');
      const answer = await reversePayment(client, id, { reason: 'returned by the customer’s bank' });
      assertMembers(answer, 201, {
        id,
        loan_id: loan.id,
        payment: 'made',
        date: '2017-09-05',
        month: '2017-09',
        amount: '85.60',
        reversal: { reason: 'returned by the customer’s bank' },
      });
      assert.match(textOf(answer, 'reversed_at'), instant);
      const reversal = objectOf(answer)['reversal'] as Record<string, string>;
      assert.match(reversal['id'] ?? '', uuidVersion7);
      assert.equal(reversal['recorded_at'], textOf(answer, 'reversed_at'));
    });

    test('no longer counts as of any date, as one that was never made', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05', '2017-11-05');
      const id = await paymentOf(client, loan.id, '2017-10-05');
      assert.equal((await reversePayment(client, id)).status, 201);
      await assertValue(loan.id, '2017-09-30', '941.60');
      await assertValue(loan.id, '2017-10-31', '941.60');
      await assertValue(loan.id, '2017-11-30', '856.00');
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, {
        payments_made: 2,
        next_due_on: '2017-11-05',
      });
    });

    test('frees its month, made or missed, again and again', async () => {
      const loan = await client.loan();
      for (const payment of ['made', 'missed', 'made', 'missed', 'made']) {
        const id = await paymentOf(client, loan.id, '2017-09-05', { payment });
        assertProblem(await client.pay(loan.id, '2017-09-20'), 409, 'duplicate-payment');
        assert.equal((await reversePayment(client, id)).status, 201);
      }
      await client.paid(loan.id, '2017-09-25');
      await assertValue(loan.id, '2017-09-30', '941.60');
      const records = await listed(client, `/v1/loans/${loan.id}/payments`);
      assert.equal(records.length, 6);
      assert.equal(records.filter((record) => record['reversed_at'] === null).length, 1);
    });

    test('stays visible with reversed_at', async () => {
      const loan = await client.loan();
      const id = await paymentOf(client, loan.id, '2017-09-05');
      const kept = await paymentOf(client, loan.id, '2017-10-05');
      const answer = await reversePayment(client, id);
      const records = await listed(client, `/v1/loans/${loan.id}/payments`);
      assert.deepEqual(
        records.map((record) => [record['id'], record['reversed_at']]),
        [
          [id, textOf(answer, 'reversed_at')],
          [kept, null],
        ],
      );
    });

    test('as missed changes no balance', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05');
      const id = await paymentOf(client, loan.id, '2017-10-05', missed);
      assertMembers(await reversePayment(client, id), 201, { payment: 'missed' });
      await assertValue(loan.id, '2017-10-31', '941.60');
    });

    test('cannot be reversed twice', async () => {
      const loan = await client.loan();
      const id = await paymentOf(client, loan.id, '2017-09-05');
      assert.equal((await reversePayment(client, id)).status, 201);
      assertProblem(await reversePayment(client, id), 409, 'already-reversed');
      await client.paid(loan.id, '2017-09-06');
      assertProblem(await reversePayment(client, id), 409, 'already-reversed');
      await assertValue(loan.id, '2017-09-30', '941.60');
    });

    test('is reversed once when twenty ask at once', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05');
      const id = await paymentOf(client, loan.id, '2017-10-05');
      const answers = await Promise.all(Array.from({ length: 20 }, () => reversePayment(client, id)));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [201, ...Array.from({ length: 19 }, () => 409)]);
      await assertValue(loan.id, '2017-12-31', '941.60');
    });

    test('opens a paid-off loan again, which then takes a payment again', async () => {
      const loan = await client.loan({ amount: '300.00', term: 3 });
      const last = '2017-11-05';
      await client.paid(loan.id, '2017-09-05', '2017-10-05');
      const id = await paymentOf(client, loan.id, last);
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { status: 'paid_off', next_due_on: null });
      assertProblem(await client.pay(loan.id, '2017-12-05'), 409, 'paid-off');
      assert.equal((await reversePayment(client, id)).status, 201);
      const open = { status: 'active', next_due_on: last, payments_made: 2 };
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, open);
      assertMembers(await client.balance(loan.id, '2017-12-31'), 200, { ...open, days_past_due: 56 });
      await client.paid(loan.id, '2017-12-05');
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { status: 'paid_off', payments_made: 3 });
    });

    test('that is unknown, a loan or no id at all is answered with 404', async () => {
      const loan = await client.loan();
      for (const id of [unknownId, loan.id, 'x', unknownId.toUpperCase()]) {
        assertProblem(await reversePayment(client, id), 404, 'payment-not-found', [], id);
      }
    });
  });

  describe('a reason', () => {
    test('is kept as it was written, at its shortest and longest', async () => {
      const loan = await client.loan();
      for (const [index, reason] of [
        'x',
        'r'.repeat(500),
        '€'.repeat(500),
        '🏦'.repeat(500),
        ' "a"\n\t\\ ',
      ].entries()) {
        const id = await paymentOf(client, loan.id, `2018-0${index + 1}-05`);
        assertMembers(await reversePayment(client, id, { reason }), 201, { reversal: { reason } });
        const history = await listed(client, `/v1/loans/${loan.id}/history`);
        assert.equal(history.at(-1)?.['reason'], reason);
      }
    });

    test('is not needed, and neither is a body', async () => {
      const loan = await client.loan();
      const bodies: readonly [unknown, object][] = [
        [undefined, {}],
        [{}, {}],
        [{ reason: null }, {}],
        [undefined, { contentType: 'application/json' }],
      ];
      for (const [index, [body, options]] of bodies.entries()) {
        const id = await paymentOf(client, loan.id, `2018-0${index + 1}-05`);
        assertMembers(await reversePayment(client, id, body, options), 201, { reversal: { reason: null } });
      }
      assertMembers(await reverseLoan(client, loan.id), 201, { reversal: { reason: null } });
    });

    test('that is empty, too long or no text is refused, and nothing is reversed', async () => {
      const loan = await client.loan();
      const id = await paymentOf(client, loan.id, '2017-09-05');
      for (const reason of ['', 'r'.repeat(501), 7, true, ['r'], {}]) {
        assertProblem(await reversePayment(client, id, { reason }), 400, 'invalid-request', ['/reason']);
        assertProblem(await reverseLoan(client, loan.id, { reason }), 400, 'invalid-request', ['/reason']);
      }
      const unknown = await reversePayment(client, id, { why: 'x' });
      assertProblem(unknown, 400, 'invalid-request', ['/why']);
      for (const raw of ['[]', '"x"', '7']) {
        const answer = await client.post(`/v1/payments/${id}/reversal`, undefined, { raw });
        assertProblem(answer, 400, 'invalid-request', [''], raw);
      }
      assertProblem(
        await client.post(`/v1/payments/${id}/reversal`, undefined, { raw: '{' }),
        400,
        'invalid-request',
      );
      await assertValue(loan.id, '2017-12-31', '941.60');
    });

    test('reads in the history as it was answered, whatever its characters', async () => {
      const loan = await client.loan();
      for (const [index, escaped] of ['a\\u0000b', '\\u0000b', '\\u0000', 'a\\ud800b', '\\udc00'].entries()) {
        const id = await paymentOf(client, loan.id, `2018-0${index + 1}-05`);
        const raw = `{"reason":"${escaped}"}`;
        const answer = await client.post(`/v1/payments/${id}/reversal`, undefined, { raw });
        if (answer.status !== 201) {
          assertProblem(answer, 400, 'invalid-request', ['/reason'], raw);
          continue;
        }
        const told = (objectOf(answer)['reversal'] as Record<string, string>)['reason'];
        const history = await listed(client, `/v1/loans/${loan.id}/history`);
        assert.equal(history.at(-1)?.['reason'], told, raw);
      }
    });

    test('harms no request that comes at the same time, whatever its characters', async () => {
      const loan = await client.loan();
      const id = await paymentOf(client, loan.id, '2017-09-05');
      const raw = '{"reason":"\\u0000"}';
      const issues = Array.from({ length: 30 }, (_, index) =>
        index === 15 ? client.post(`/v1/payments/${id}/reversal`, undefined, { raw }) : client.issue(),
      );
      const statuses = (await Promise.all(issues)).map(({ status }) => status);
      statuses.splice(15, 1);
      assert.deepEqual([...new Set(statuses)], [201]);
    });
  });

  describe('a loan reversed', () => {
    test('is answered with 201, the loan and its reversal, and is reversed from then on', async () => {
      const loan = await client.loan();
      const answer = await reverseLoan(client, loan.id, { reason: 'entered twice' });
      const members = { id: loan.id, status: 'reversed', next_due_on: null, payments_made: 0 };
      assertMembers(answer, 201, { ...members, reversal: { reason: 'entered twice' } });
      assert.match(textOf(answer, 'reversed_at'), instant);
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, {
        ...members,
        reversed_at: textOf(answer, 'reversed_at'),
      });
    });

    test('owes nothing as of any date of its own, on both surfaces', async () => {
      const loan = await client.loan();
      const book = await answered(client.outstanding('2018-12-31'));
      assert.equal((await reverseLoan(client, loan.id)).status, 201);
      for (const asOf of ['2017-08-05', '2017-09-06', '2018-12-31', '2999-12-31']) {
        assertMembers(await client.balance(loan.id, asOf), 200, {
          ...nothing,
          days_past_due: 0,
          overdue: { installments: 0, value: '0.00' },
        });
      }
      assertProblem(await client.balance(loan.id, '2017-08-04'), 422, 'before-loan', ['as_of']);
      const james = jamesClient(client.url);
      const told = await james.balance({ id: loan.id, installment: '85.6' }, '2017-12-31');
      assert.deepEqual([told.status, told.json], [200, { balance: 0 }]);
      const now = await answered(client.outstanding('2018-12-31'));
      assert.equal(Number(now['volume']), Number(book['volume']) - 1);
    });

    test('takes no payments, on both surfaces', async () => {
      const loan = await client.loan();
      assert.equal((await reverseLoan(client, loan.id)).status, 201);
      assertProblem(await client.pay(loan.id, '2017-09-05'), 409, 'loan-reversed');
      assertProblem(await client.pay(loan.id, '2017-09-05', missed), 409, 'loan-reversed');
      const james = jamesClient(client.url);
      for (const payment of ['"made"', '"missed"']) {
        const told = await james.pay({ id: loan.id, installment: '85.6' }, '2017-09-05', { payment });
        assert.deepEqual([told.status, told.json], [409, { error: 'Loan is reversed.' }]);
      }
      assert.deepEqual(await listed(client, `/v1/loans/${loan.id}/payments`), []);
    });

    test('keeps its reference', async () => {
      const reference = 'reversed-1';
      const loan = await client.loan({ reference });
      assert.equal((await reverseLoan(client, loan.id)).status, 201);
      assertProblem(await client.issue({ reference }), 409, 'reference-taken', ['/reference']);
      const found = await listed(client, '/v1/loans', { reference });
      assert.deepEqual(
        found.map((item) => [item['id'], item['status']]),
        [[loan.id, 'reversed']],
      );
    });

    test('cannot be reversed twice', async () => {
      const loan = await client.loan();
      const answers = await Promise.all(Array.from({ length: 10 }, () => reverseLoan(client, loan.id)));
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      for (const answer of answers) {
        if (answer.status !== 201) assertProblem(answer, 409, 'already-reversed');
      }
      assertProblem(await reverseLoan(client, loan.id), 409, 'already-reversed');
    });

    test('must have no payment that counts, made or missed; once those are reversed it is taken back', async () => {
      const loan = await client.loan({ term: 1 });
      const live = [
        await paymentOf(client, loan.id, '2017-09-05'),
        await paymentOf(client, loan.id, '2017-10-05', missed),
      ];
      for (const id of live) {
        assertProblem(await reverseLoan(client, loan.id), 409, 'loan-has-payments');
        assert.equal((await reversePayment(client, id)).status, 201);
      }
      assertMembers(await reverseLoan(client, loan.id), 201, { status: 'reversed' });
      assertProblem(await reversePayment(client, live[0] ?? ''), 409, 'already-reversed');
    });

    test('or paid, never both, when payment and reversal come at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const loan = await client.loan();
        const [paid, reversed] = await Promise.all([
          client.pay(loan.id, '2017-09-05'),
          reverseLoan(client, loan.id),
        ]);
        if (paid?.status === 201) assertProblem(reversed, 409, 'loan-has-payments');
        else {
          assertProblem(paid, 409, 'loan-reversed');
          assert.equal(reversed.status, 201);
        }
      }
    });

    test('that is unknown is answered with 404', async () => {
      const loan = await client.loan();
      const payment = await paymentOf(client, loan.id, '2017-09-05');
      for (const id of [unknownId, payment, 'x']) {
        assertProblem(await reverseLoan(client, id), 404, 'loan-not-found', [], id);
      }
    });
  });

  describe('the book', () => {
    test('is as if a reversed loan had never been issued', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2026, 10, 22) });
      const book = v1Client(own.url);
      const loan = await book.loan();
      const id = await paymentOf(book, loan.id, '2017-09-05');
      assert.equal((await reversePayment(book, id)).status, 201);
      assert.equal((await reverseLoan(book, loan.id)).status, 201);
      for (const asOf of ['2017-08-05', '2017-10-31', '2030-01-01']) {
        const zero = { value: '0.00', principal: '0.00', volume: 0 };
        assertMembers(await book.outstanding(asOf), 200, zero);
        const arrears = await answered(book.arrears(asOf));
        for (const bucket of arrears['buckets'] as object[]) assert.deepEqual({ ...bucket, ...zero }, bucket);
      }
    });

    test('moves by 85.60 in September when that payment is backdated, and by 85.60 in October when it is reversed', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2026, 10, 22) });
      const book = v1Client(own.url);
      const values = async () => {
        const path = '/v1/book/outstanding/series?from=2017-08-31&to=2017-11-30&step=month';
        const series = await answered(book.get(path));
        return (series['points'] as { value: string }[]).map(({ value }) => value);
      };
      const loan = await book.loan();
      await book.paid(loan.id, '2017-11-05');
      const october = await paymentOf(book, loan.id, '2017-10-05');
      assert.deepEqual(await values(), ['1027.20', '1027.20', '941.60', '856.00']);
      await book.paid(loan.id, '2017-09-05');
      assert.deepEqual(await values(), ['1027.20', '941.60', '856.00', '770.40']);
      assert.equal((await reversePayment(book, october)).status, 201);
      assert.deepEqual(await values(), ['1027.20', '941.60', '941.60', '856.00']);
    });
  });
});
