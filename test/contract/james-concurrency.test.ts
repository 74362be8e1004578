// Requests that arrive at once: whatever the race, a month is booked once, a loan takes at most its
// term of payments, and every loan has an id of its own. Two processes on one file change nothing.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { assertAnswer, assertBalance, assertIssued, uuidVersion7 } from '../support/james-assertions.ts';
import { type Answer, type JamesClient, jamesClient } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let second: Service | undefined;
  let client: JamesClient;
  let other: JamesClient;

  before(async () => {
    service = await startService({ engine });
    client = jamesClient(service.url);
    second = await startService({ databaseUrl: service.databaseUrl });
    other = jamesClient(second.url);
  });
  after(async () => {
    await second?.stop();
    await service?.stop();
  });

  const duplicated = { error: 'Duplicated payment.' };
  const paidOff = { error: 'Loan is already paid off.' };

  function times<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
  }

  function assertAcceptedOf(answers: readonly Answer[], accepted: number, refusal: object): void {
    const taken = answers.filter((answer) => answer.status === 200);
    const statuses = answers.map((answer) => answer.status).join(' ');
    assert.equal(taken.length, accepted, statuses);
    for (const answer of answers) {
      if (answer.status === 200) assertAnswer(answer, 200, { success: 'Payment added.' });
      else assertAnswer(answer, 409, refusal);
    }
  }

  describe('payments at once', () => {
    test('of 20 equal payments exactly one is booked, every time', async () => {
      for (let round = 0; round < 5; round += 1) {
        const loan = await client.loan();
        assertAcceptedOf(await times(20, () => client.pay(loan, '2017-09-05 02:18Z')), 1, duplicated);
        assertBalance(await client.balance(loan, '2017-09-05'), '941.6');
      }
    });

    test('of 20 payments on different days of a month exactly one is booked', async () => {
      const loan = await client.loan();
      const answers = await times(20, (index) =>
        client.pay(loan, `2017-09-${String(index + 1).padStart(2, '0')}`),
      );
      assertAcceptedOf(answers, 1, duplicated);
      assertBalance(await client.balance(loan, '2017-09-30'), '941.6');
    });

    test('of made and missed records of a month exactly one is booked', async () => {
      const loan = await client.loan();
      const answers = await times(20, (index) =>
        client.pay(loan, '2017-09-05', { payment: index % 2 === 0 ? '"made"' : '"missed"' }),
      );
      assertAcceptedOf(answers, 1, duplicated);
      const madeOne = answers.some((answer, index) => index % 2 === 0 && answer.status === 200);
      assertBalance(await client.balance(loan, '2017-09-30'), madeOne ? '941.6' : '1027.2');
    });

    test('of payments in different months all are booked', async () => {
      const loan = await client.loan();
      const answers = await times(8, (index) => client.pay(loan, `2018-0${index + 1}-05`));
      assertAcceptedOf(answers, 8, duplicated);
      assertBalance(await client.balance(loan, '2018-12-31'), '342.4');
    });

    test('of more months than the term has exactly the term is booked', async () => {
      for (const term of [1, 2, 3]) {
        const loan = await client.loan({ term: String(term) });
        const answers = await times(20, (index) => client.pay(loan, `${2018 + index}-01-05`));
        assertAcceptedOf(answers, term, paidOff);
        assertBalance(await client.balance(loan, '2999-12-31'), '0');
      }
    });

    test('on many loans each is booked on its own', async () => {
      const loans = await times(50, () => client.loan());
      const answers = await times(150, (index) =>
        client.pay(loans[index % 50] ?? assert.fail(), '2017-09-05'),
      );
      for (const [index] of loans.entries()) {
        assertAcceptedOf(
          [0, 50, 100].map((round) => answers[index + round] ?? assert.fail()),
          1,
          duplicated,
        );
      }
      const balances = await times(50, (index) =>
        client.balance(loans[index] ?? assert.fail(), '2017-09-05'),
      );
      for (const answer of balances) assertBalance(answer, '941.6');
    });

    test('a refused request does not fail its neighbours', async () => {
      const loan = await client.loan();
      const requests = [
        client.pay(loan, '2017-09-05'),
        client.pay(loan, '2017-08-04'),
        client.pay(loan, '2017-10-05', { amount: '1' }),
        client.pay({ ...loan, id: '01890a5d-ac96-774b-bcce-b302099a8057' }, '2017-10-05'),
        client.pay(loan, '2017-10-05', { payment: '"paid"' }),
        client.post(`/loans/${loan.id}/payments`, '{', { raw: true }),
        client.pay(loan, '2017-11-05'),
        client.issue({ amount: '0.01' }),
        client.issue(),
      ];
      const statuses = (await Promise.all(requests)).map((answer) => answer.status);
      assert.deepEqual(statuses, [200, 400, 400, 404, 400, 400, 200, 400, 200]);
      assertBalance(await client.balance(loan, '2017-12-31'), '856');
    });
  });

  describe('loans at once', () => {
    test('each get an id of their own, a UUID of version 7 in lower case', async () => {
      const answers = await times(300, () => client.issue());
      const ids = answers.map((answer) => {
        assertIssued(answer, '85.6');
        return (answer.json as { loan_id: string }).loan_id;
      });
      for (const id of ids) assert.match(id, uuidVersion7);
      assert.equal(new Set(ids).size, 300);
    });
  });

  describe('two processes on one database file', () => {
    test("know each other's loans and payments at once", async () => {
      const loan = await client.loan();
      assertAnswer(await other.pay(loan, '2017-09-05'), 200, { success: 'Payment added.' });
      assertBalance(await client.balance(loan, '2017-09-05'), '941.6');
      assertAnswer(await client.pay(loan, '2017-09-06'), 409, duplicated);
    });

    test('book one of 20 equal payments between them', async () => {
      for (let round = 0; round < 5; round += 1) {
        const loan = await client.loan();
        const answers = await times(20, (index) =>
          (index % 2 === 0 ? client : other).pay(loan, '2017-09-05'),
        );
        assertAcceptedOf(answers, 1, duplicated);
        assertBalance(await other.balance(loan, '2017-09-05'), '941.6');
      }
    });

    test('take no more than the term between them', async () => {
      const loan = await other.loan({ term: '2' });
      const answers = await times(20, (index) =>
        (index % 2 === 0 ? client : other).pay(loan, `${2018 + index}-01-05`),
      );
      assertAcceptedOf(answers, 2, paidOff);
    });

    test('give no id twice', async () => {
      const loans = await times(200, (index) => (index % 2 === 0 ? client : other).loan());
      assert.equal(new Set(loans.map((loan) => loan.id)).size, 200);
    });
  });
});
