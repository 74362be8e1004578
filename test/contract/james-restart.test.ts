// An answer is a promise: what a client was told is in the database after the process was killed
// right after the answer, once, and a second process on the same file goes on from there.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine, type TestDatabase } from '../support/engines.ts';
import { assertAnswer, assertBalance, assertPaymentAdded } from '../support/james-assertions.ts';
import { jamesClient, type Loan, loanText } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let database: TestDatabase;
  let service: Service | undefined;

  before(async () => {
    database = await engine.freshDatabase();
    service = await startService({ databaseUrl: database.url });
  });
  after(async () => {
    await service?.stop();
    await database[Symbol.asyncDispose]();
  });

  const duplicated = { error: 'Duplicated payment.' };

  function clientNow() {
    return jamesClient(service?.url ?? assert.fail('no service'));
  }

  async function killAndStartAgain(): Promise<void> {
    await service?.kill();
    service = await startService({ databaseUrl: database.url });
  }

  describe('after a kill right after the answer', () => {
    test('a loan is known, with its installment and its day', async () => {
      const loan = await clientNow().loan({ amount: '123456789012.34', date: '"2017-08-05T23:30:00-05:00"' });
      await killAndStartAgain();
      assertBalance(await clientNow().balance(loan, '2017-08-05'), '126825897804.36');
      const day = { error: 'Invalid date, must be later than or equal to 2017-08-05.' };
      assertAnswer(await clientNow().balance(loan, '2017-08-04'), 400, day);
      const amount = { error: 'Invalid amount, must be $10568824817.03.' };
      assertAnswer(await clientNow().pay(loan, '2017-09-05', { amount: '1' }), 400, amount);
    });

    test('a payment is booked, once', async () => {
      const loan = await clientNow().loan();
      assertPaymentAdded(await clientNow().pay(loan, '2017-09-05'));
      await killAndStartAgain();
      assertBalance(await clientNow().balance(loan, '2017-09-05'), '941.6');
      assertAnswer(await clientNow().pay(loan, '2017-09-05'), 409, duplicated);
    });

    test('a missed record still takes its month, and a paid-off loan is still paid off', async () => {
      const loan = await clientNow().loan({ term: '1' });
      assertPaymentAdded(await clientNow().pay(loan, '2017-09-05', { payment: '"missed"' }));
      assertPaymentAdded(await clientNow().pay(loan, '2017-10-05'));
      await killAndStartAgain();
      assertAnswer(await clientNow().pay(loan, '2017-09-06'), 409, duplicated);
      assertAnswer(await clientNow().pay(loan, '2017-11-05'), 409, { error: 'Loan is already paid off.' });
      assertBalance(await clientNow().balance(loan, '2017-10-05'), '0');
    });

    test('ids are not given again', async () => {
      const ids = new Set<string>();
      for (let round = 0; round < 3; round += 1) {
        for (let count = 0; count < 10; count += 1) ids.add((await clientNow().loan()).id);
        await killAndStartAgain();
      }
      assert.equal(ids.size, 30);
    });
  });

  describe('after a kill in the middle of the work', () => {
    test('every answered payment is booked and no month twice', async () => {
      const client = clientNow();
      const loans: Loan[] = [];
      for (let count = 0; count < 40; count += 1) loans.push(await client.loan());

      const answered = new Set<Loan>();
      const work = loans.map(async (loan) => {
        const answer = await client.pay(loan, '2017-09-05').catch(() => undefined);
        if (answer?.status === 200) answered.add(loan);
        if (answered.size === 5) await service?.kill();
      });
      await Promise.all(work);
      await killAndStartAgain();

      assert.ok(answered.size >= 5);
      for (const loan of loans) {
        const answer = await clientNow().pay(loan, '2017-09-05');
        if (answered.has(loan)) assertAnswer(answer, 409, duplicated);
        else assert.ok(answer.status === 200 || answer.status === 409, answer.text);
        assertBalance(await clientNow().balance(loan, '2017-09-05'), '941.6');
      }
    });
  });

  describe('after an orderly stop', () => {
    test('the process ends by itself and everything is there for the next one', async () => {
      const loan = await clientNow().loan();
      assertPaymentAdded(await clientNow().pay(loan, '2017-09-05'));
      const exit = await service?.stop();
      assert.ok(exit?.code === 0 || exit?.signal === 'SIGTERM', JSON.stringify(exit));
      service = await startService({ databaseUrl: database.url });
      assertBalance(await clientNow().balance(loan, '2017-09-05'), '941.6');
    });

    test('the process ends by itself after a large body too', async () => {
      const padded = loanText().padEnd(1_000_000, ' ');
      assert.equal((await clientNow().post('/loans', padded, { raw: true })).status, 200);
      const exit = await service?.stop();
      assert.ok(exit?.code === 0 || exit?.signal === 'SIGTERM', JSON.stringify(exit));
      service = await startService({ databaseUrl: database.url });
    });
  });
});
