// `replaces` of POST /v1/loans/:id/payments: one record taken back and another recorded in one transaction, both or
// neither. It is how a customer who pays late within a month recorded as missed is caught up.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, textOf } from '../support/v1-assertions.ts';
import { type Members, type V1Client, v1Client } from '../support/v1-client.ts';
import { listed, paymentOf, reverseLoan, reversePayment } from '../support/v1-steps.ts';

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

  /** The live records of a loan, as [kind, date]. */
  async function live(loanId: string): Promise<unknown[][]> {
    const records = await listed(client, `/v1/loans/${loanId}/payments`);
    return records
      .filter((record) => record['reversed_at'] === null)
      .map((record) => [record['payment'], record['date']]);
  }

  describe('a record that replaces another', () => {
    test('takes its month: missed becomes made', async () => {
      const loan = await client.loan();
      const replaces = await paymentOf(client, loan.id, '2017-09-05', missed);
      const answer = await client.pay(loan.id, '2017-09-28', { replaces });
      assertMembers(answer, 201, { payment: 'made', date: '2017-09-28', reversed_at: null });
      assert.deepEqual(await live(loan.id), [['made', '2017-09-28']]);
      assertMembers(await client.balance(loan.id, '2017-09-30'), 200, { value: '941.60', payments_made: 1 });
      const history = await listed(client, `/v1/loans/${loan.id}/history`);
      assert.deepEqual(
        history.map((entry) => [entry['kind'], entry['payment_id']]),
        [
          ['issued', null],
          ['missed', replaces],
          ['payment_reversed', replaces],
          ['made', textOf(answer, 'id')],
        ],
      );
      const instants = new Set(history.slice(2).map((entry) => entry['recorded_at']));
      assert.equal(instants.size, 1);
    });

    test('may be missed for made, of another day or another month', async () => {
      const loan = await client.loan();
      const made = await paymentOf(client, loan.id, '2017-09-05');
      const bounced = await client.pay(loan.id, '2017-09-05', { ...missed, replaces: made });
      assert.equal(bounced.status, 201, bounced.text);
      const october = await client.pay(loan.id, '2017-10-02', { replaces: textOf(bounced, 'id') });
      assert.equal(october.status, 201, october.text);
      const earlier = await client.pay(loan.id, '2017-08-31', { replaces: textOf(october, 'id') });
      assert.equal(earlier.status, 201, earlier.text);
      assert.deepEqual(await live(loan.id), [['made', '2017-08-31']]);
      assertMembers(await client.balance(loan.id, '2017-08-31'), 200, { value: '941.60' });
      assertMembers(await client.balance(loan.id, '2018-12-31'), 200, { value: '941.60' });
    });

    test('may be the last one of a paid-off loan', async () => {
      const loan = await client.loan({ term: 1 });
      const replaces = await paymentOf(client, loan.id, '2017-09-05');
      assertProblem(await client.pay(loan.id, '2017-10-05'), 409, 'paid-off');
      assert.equal((await client.pay(loan.id, '2017-10-05', { replaces })).status, 201);
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { status: 'paid_off', payments_made: 1 });
    });

    test('with null replaces nothing', async () => {
      const loan = await client.loan();
      assert.equal((await client.pay(loan.id, '2017-09-05', { replaces: null })).status, 201);
      assertProblem(await client.pay(loan.id, '2017-09-06', { replaces: null }), 409, 'duplicate-payment');
    });

    test('leaves the old one live where it is refused itself', async () => {
      const loan = await client.loan();
      const replaces = await paymentOf(client, loan.id, '2017-09-05', missed);
      await client.paid(loan.id, '2017-10-05');
      const tries: readonly [string, Members, number, string, readonly string[]][] = [
        ['2017-10-20', { replaces }, 409, 'duplicate-payment', []],
        ['2017-09-20', { replaces, amount: '85.61' }, 422, 'wrong-amount', ['/amount']],
        ['2017-08-04', { replaces }, 422, 'before-loan', ['/date']],
        ['2017-09-31', { replaces }, 400, 'invalid-request', ['/date']],
      ];
      for (const [date, members, status, type, pointers] of tries) {
        assertProblem(await client.pay(loan.id, date, members), status, type, pointers, date);
      }
      assert.deepEqual(await live(loan.id), [
        ['missed', '2017-09-05'],
        ['made', '2017-10-05'],
      ]);
      assert.equal((await listed(client, `/v1/loans/${loan.id}/history`)).length, 3);
      assertProblem(await client.pay(loan.id, '2017-09-06'), 409, 'duplicate-payment');

      const paidOff = await client.loan({ term: 1 });
      const miss = await paymentOf(client, paidOff.id, '2017-09-05', missed);
      await client.paid(paidOff.id, '2017-10-05');
      assertProblem(await client.pay(paidOff.id, '2017-09-06', { replaces: miss }), 409, 'paid-off');
      assert.deepEqual(await live(paidOff.id), [
        ['missed', '2017-09-05'],
        ['made', '2017-10-05'],
      ]);
    });

    test('must replace a live record of the same loan', async () => {
      const loan = await client.loan();
      const other = await client.loan();
      const others = await paymentOf(client, other.id, '2017-09-05', missed);
      for (const replaces of [others, unknownId, loan.id, 'x', '']) {
        const answer = await client.pay(loan.id, '2017-09-06', { replaces });
        assertProblem(answer, 404, 'payment-not-found', [], replaces);
      }
      assert.deepEqual(await live(loan.id), []);
      assert.deepEqual(await live(other.id), [['missed', '2017-09-05']]);

      const gone = await paymentOf(client, loan.id, '2017-09-05', missed);
      assert.equal((await reversePayment(client, gone)).status, 201);
      assertProblem(await client.pay(loan.id, '2017-09-06', { replaces: gone }), 409, 'already-reversed');
      assert.equal((await reverseLoan(client, loan.id)).status, 201);
      const dead = await client.pay(loan.id, '2017-09-06', { replaces: gone });
      assert.equal(dead.status, 409, dead.text);
      assert.equal((await listed(client, `/v1/loans/${loan.id}/payments`)).length, 1);
    });

    test('replaces once when twenty ask at once', async () => {
      const loan = await client.loan();
      const replaces = await paymentOf(client, loan.id, '2017-09-05', missed);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => client.pay(loan.id, `2017-09-${index + 10}`, { replaces })),
      );
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      for (const answer of answers) {
        if (answer.status !== 201) assertProblem(answer, 409, 'already-reversed');
      }
      assert.equal((await live(loan.id)).length, 1);
      assertMembers(await client.balance(loan.id, '2017-09-30'), 200, { value: '941.60' });
    });
  });
});
