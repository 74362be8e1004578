// POST /v1/loans/:id/payments: the shape of a payment record, one record a loan and month, the order of the checks,
// missed and backdated payments, and the end of a loan.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { jamesClient } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, instant, textOf, uuidVersion7 } from '../support/v1-assertions.ts';
import { type V1Answer, type V1Client, v1Client } from '../support/v1-client.ts';

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

  const missed = { payment: 'missed' };

  async function assertValue(loanId: string, asOf: string, value: string): Promise<void> {
    assertMembers(await client.balance(loanId, asOf), 200, { value }, asOf);
  }

  describe('a payment record', () => {
    test('is answered with 201 and all its members, made or missed', async () => {
      const loan = await client.loan();
      for (const [payment, month] of [
        ['made', '2017-09'],
        ['missed', '2017-10'],
      ]) {
        const date = `${month}-05`;
        const answer = await client.pay(loan.id, date, { payment, amount: '85.60', currency: 'USD' });
        assertMembers(answer, 201, {
          loan_id: loan.id,
          payment,
          date,
          month,
          amount: '85.60',
          reversed_at: null,
        });
        assert.match(textOf(answer, 'id'), uuidVersion7);
        assert.notEqual(textOf(answer, 'id'), loan.id);
        assert.match(textOf(answer, 'recorded_at'), instant);
      }
      await assertValue(loan.id, '2017-12-31', '941.60');
    });

    test('without an amount is of the installment', async () => {
      const loan = await client.loan({ amount: '123456789012.34' });
      assertMembers(await client.pay(loan.id, '2017-09-05'), 201, { amount: '10568824817.03' });
      assertMembers(await client.pay(loan.id, '2017-10-05', missed), 201, { amount: '10568824817.03' });
    });

    test('has its amount as a text or as an exact number', async () => {
      const loan = await client.loan();
      const amounts = ['"85.60"', '"85.6"', '85.6', '85.60', '8.56e1', '85.6000000000000000000'];
      for (const [index, amount] of amounts.entries()) {
        const raw = `{"payment":"made","date":"2018-0${index + 1}-05","amount":${amount}}`;
        const answer = await client.post(`/v1/loans/${loan.id}/payments`, undefined, { raw });
        assertMembers(answer, 201, { amount: '85.60' }, raw);
      }
    });

    test('has its date as it was written, whatever its time and offset', async () => {
      const loan = await client.loan();
      const answer = await client.pay(loan.id, '2017-08-31T23:59:59-11:00');
      assertMembers(answer, 201, { date: '2017-08-31', month: '2017-08' });
      const next = await client.pay(loan.id, '2017-09-01T00:00:00+14:00');
      assertMembers(next, 201, { date: '2017-09-01', month: '2017-09' });
    });

    test('may be of the day of the loan itself, of the past and of the future', async () => {
      const loan = await client.loan();
      for (const date of ['2017-08-05', '2999-12-31', '2018-03-01']) {
        assertMembers(await client.pay(loan.id, date), 201, { date });
      }
      await assertValue(loan.id, '9999-12-31', '770.40');
    });
  });

  describe('what is refused', () => {
    test('a date before that of the loan', async () => {
      const loan = await client.loan();
      for (const date of ['2017-08-04', '2017-08-04T23:59:59Z', '0001-01-01']) {
        for (const payment of ['made', 'missed']) {
          assertProblem(await client.pay(loan.id, date, { payment }), 422, 'before-loan', ['/date'], date);
        }
      }
    });

    test('an amount that is not the installment, for made and missed alike', async () => {
      const loan = await client.loan();
      for (const amount of [
        '85.59',
        '85.61',
        '0',
        '-85.60',
        '8560',
        85.601,
        '85.600000001',
        '1000.00',
        9e15,
      ]) {
        for (const payment of ['made', 'missed']) {
          const answer = await client.pay(loan.id, '2017-09-05', { payment, amount });
          assertProblem(answer, 422, 'wrong-amount', ['/amount'], `${amount}`);
        }
      }
      await assertValue(loan.id, '2017-12-31', '1027.20');
    });

    test('another currency', async () => {
      const loan = await client.loan();
      const answer = await client.pay(loan.id, '2017-09-05', { currency: 'EUR', amount: '85.60' });
      assert.equal(answer.status, 422, answer.text);
      assert.deepEqual(
        (answer.json as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer),
        ['/currency'],
      );
      await assertValue(loan.id, '2017-12-31', '1027.20');
    });

    test('a second record in a month, of either kind', async () => {
      const loan = await client.loan();
      assertMembers(await client.pay(loan.id, '2017-09-01'), 201, {});
      assertMembers(await client.pay(loan.id, '2017-10-31', missed), 201, {});
      for (const date of ['2017-09-01', '2017-09-30', '2017-10-01', '2017-10-31']) {
        for (const payment of ['made', 'missed']) {
          assertProblem(await client.pay(loan.id, date, { payment }), 409, 'duplicate-payment', [], date);
        }
      }
      await assertValue(loan.id, '2017-12-31', '941.60');
    });

    test('a month that the James surface has taken, and the other way round', async () => {
      const loan = await client.loan();
      const james = jamesClient(client.url);
      const asJames = { id: loan.id, installment: '85.6' };
      assert.equal((await james.pay(asJames, '2017-09-05')).status, 200);
      assertProblem(await client.pay(loan.id, '2017-09-06'), 409, 'duplicate-payment');
      assertMembers(await client.pay(loan.id, '2017-10-05'), 201, {});
      assert.equal((await james.pay(asJames, '2017-10-06')).status, 409);
    });

    test('by the first rule that it breaks: date, amount, duplicate, paid off', async () => {
      const loan = await client.loan({ term: 1 });
      const { installment: amount } = loan;
      await client.paid(loan.id, '2017-09-05');
      const wrong = { amount: '1.00' };
      assertProblem(await client.pay(loan.id, '2017-08-04', wrong), 422, 'before-loan', ['/date']);
      assertProblem(await client.pay(loan.id, '2017-09-05', wrong), 422, 'wrong-amount', ['/amount']);
      assertProblem(await client.pay(loan.id, '2017-10-05', wrong), 422, 'wrong-amount', ['/amount']);
      assertProblem(await client.pay(loan.id, '2017-09-05', { amount }), 409, 'duplicate-payment');
      assertProblem(await client.pay(loan.id, '2017-10-05', { amount }), 409, 'paid-off');
    });

    test('an unknown loan', async () => {
      for (const id of ['01890a5d-ac96-774b-bcce-b302099a8057', 'none', '%00']) {
        assertProblem(await client.pay(id, '2017-09-05'), 404, 'loan-not-found', [], id);
      }
    });
  });

  describe('a body that is no payment', () => {
    test('has every missing and every wrong member named at once', async () => {
      const loan = await client.loan();
      const post = (body: unknown) => client.post(`/v1/loans/${loan.id}/payments`, body);
      assertProblem(await post({}), 400, 'invalid-request', ['/payment', '/date']);
      const body = { payment: 'paid', date: 'soon', amount: 'all', currency: 1, month: '2017-09' };
      const pointers = ['/payment', '/date', '/amount', '/currency', '/month'];
      assertProblem(await post(body), 400, 'invalid-request', pointers);
    });

    test('has its types and words taken strictly', async () => {
      const loan = await client.loan();
      const wrong: Readonly<Record<string, readonly unknown[]>> = {
        payment: ['Made', 'MISSED', ' made', 'paid', '', true, 1, null, ['made'], {}],
        date: [20170905, null, '', '2017-9-5', '2017-09-31', '2017-09-05T24:00', '2017-09', []],
        amount: [true, null, [], {}, '', '85,60', '85.6 USD'],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          const about = `${name}: ${JSON.stringify(value)}`;
          const answer = await client.pay(loan.id, '2017-09-05', { [name]: value });
          assertProblem(answer, 400, 'invalid-request', [`/${name}`], about);
        }
      }
      await assertValue(loan.id, '2017-12-31', '1027.20');
    });
  });

  describe('a loan that is paid off', () => {
    test('takes no more made payments, in whatever month, but missed records', async () => {
      const loan = await client.loan({ term: 2 });
      await client.paid(loan.id, '2017-10-05', '2017-12-05');
      for (const date of ['2017-08-05', '2017-09-05', '2017-11-05', '2018-01-05']) {
        assertProblem(await client.pay(loan.id, date), 409, 'paid-off', [], date);
      }
      assertMembers(await client.pay(loan.id, '2017-11-05', missed), 201, { payment: 'missed' });
      assertProblem(await client.pay(loan.id, '2017-11-06'), 409, 'duplicate-payment');
      await assertValue(loan.id, '2017-12-31', '0.00');
    });

    test('comes a month later for each month that was missed', async () => {
      const loan = await client.loan({ term: 2 });
      assertMembers(await client.pay(loan.id, '2017-09-05', missed), 201, {});
      await client.paid(loan.id, '2017-10-05', '2017-11-05');
      assertProblem(await client.pay(loan.id, '2017-12-05'), 409, 'paid-off');
    });

    test('has taken exactly its term of 20 payments in as many months at once', async () => {
      for (const term of [1, 3]) {
        const loan = await client.loan({ term });
        const sent = Array.from({ length: 20 }, (_, index) => client.pay(loan.id, `${2018 + index}-01-05`));
        assertAccepted(await Promise.all(sent), term, 'paid-off');
        await assertValue(loan.id, '2999-12-31', '0.00');
      }
    });
  });

  describe('payments at once', () => {
    test('of one month are booked once', async () => {
      const loan = await client.loan();
      const sent = Array.from({ length: 20 }, (_, index) =>
        client.pay(loan.id, `2017-09-${String(index + 1).padStart(2, '0')}`),
      );
      assertAccepted(await Promise.all(sent), 1, 'duplicate-payment');
      await assertValue(loan.id, '2017-09-30', '941.60');
    });

    test('on either surface are booked once', async () => {
      const loan = await client.loan();
      const james = jamesClient(client.url);
      const sent = Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? client.pay(loan.id, '2017-09-05')
          : james.pay({ id: loan.id, installment: '85.6' }, '2017-09-05'),
      );
      const statuses = (await Promise.all(sent)).map((answer) => answer.status);
      assert.equal(statuses.filter((status) => status < 300).length, 1, statuses.join(' '));
      assert.ok(
        statuses.every((status) => status < 300 || status === 409),
        statuses.join(' '),
      );
      await assertValue(loan.id, '2017-09-30', '941.60');
    });

    test('that are refused harm none of their neighbours', async () => {
      const loan = await client.loan();
      const answers = await Promise.all([
        client.pay(loan.id, '2017-09-05'),
        client.pay(loan.id, '2017-08-04'),
        client.pay(loan.id, '2017-10-05', { amount: '1.00' }),
        client.pay('01890a5d-ac96-774b-bcce-b302099a8057', '2017-10-05'),
        client.pay(loan.id, '2017-10-05', { payment: 'paid' }),
        client.pay(loan.id, '2017-11-05'),
        client.issue({ amount: '0.01' }),
        client.issue(),
      ]);
      const statuses = answers.map((answer) => answer.status);
      assert.deepEqual(statuses, [201, 422, 422, 404, 400, 201, 422, 201]);
      await assertValue(loan.id, '2017-12-31', '856.00');
    });
  });

  function assertAccepted(answers: readonly V1Answer[], accepted: number, refusal: string): void {
    const taken = answers.filter((answer) => answer.status === 201);
    assert.equal(taken.length, accepted, answers.map((answer) => answer.status).join(' '));
    for (const answer of answers) if (answer.status !== 201) assertProblem(answer, 409, refusal);
    assert.equal(new Set(taken.map((answer) => textOf(answer, 'id'))).size, accepted);
  }
});
