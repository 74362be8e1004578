// POST /loans/:id/balance: installment × (term − made payments dated up to the end of the day), for
// any day from the loan's on, whatever was recorded in between and in whatever order.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import {
  assertAnswer,
  assertBalance,
  assertFieldsRefused,
  assertInvalidJson,
  assertPaymentAdded,
} from '../support/james-assertions.ts';
import { type JamesClient, jamesClient, type Loan } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: JamesClient;

  before(async () => {
    service = await startService({ engine });
    client = jamesClient(service.url);
  });
  after(async () => {
    await service?.stop();
  });

  const missed = { payment: '"missed"' };

  async function assertBalances(loan: Loan, byDate: Readonly<Record<string, string>>): Promise<void> {
    for (const [date, digits] of Object.entries(byDate)) {
      assertBalance(await client.balance(loan, date), digits, date);
    }
  }

  describe('a balance', () => {
    test('answers exactly one key', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-05 02:18Z'));
      const answer = await client.balance(loan, '2017-09-05 02:18Z');
      assert.deepEqual(Object.keys(answer.json as object), ['balance']);
      assertBalance(answer, '941.6');
    });

    test("is the whole debt on the loan's own day, at any hour", async () => {
      const loan = await client.loan();
      await assertBalances(loan, {
        '2017-08-05': '1027.2',
        '2017-08-05 00:00Z': '1027.2',
        '2017-08-05T23:59:59+14:00': '1027.2',
      });
    });

    test('counts the payments of the day to its end', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-05T23:59:59Z'));
      await assertBalances(loan, {
        '2017-09-04T23:59:59Z': '1027.2',
        '2017-09-05': '941.6',
        '2017-09-05T00:00:00Z': '941.6',
        '2017-09-06': '941.6',
      });
    });

    test('is asked for the day that is written, whatever the offset', async () => {
      const loan = await client.loan({ date: '"2017-08-05T23:30:00-05:00"' });
      assertPaymentAdded(await client.pay(loan, '2017-09-05T23:30:00-05:00'));
      await assertBalances(loan, {
        '2017-08-05T00:00:00+14:00': '1027.2',
        '2017-09-04T23:59:59-12:00': '1027.2',
        '2017-09-05T00:00:00+14:00': '941.6',
      });
    });

    test('is not changed by a missed payment', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-05', missed));
      await assertBalances(loan, { '2017-09-05': '1027.2', '2017-12-31': '1027.2' });
      assertPaymentAdded(await client.pay(loan, '2017-10-05'));
      assertPaymentAdded(await client.pay(loan, '2017-11-05', missed));
      await assertBalances(loan, { '2017-10-04': '1027.2', '2017-10-05': '941.6', '2017-11-30': '941.6' });
    });

    test('of a date in the future counts what is dated up to it', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2999-01-05'));
      await assertBalances(loan, { '2998-12-31': '1027.2', '2999-01-05': '941.6', '9999-12-31': '941.6' });
    });

    test('takes a backdated payment in on every later day (DOMAIN.md section 7)', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-10-05'));
      assertPaymentAdded(await client.pay(loan, '2017-11-05'));
      await assertBalances(loan, {
        '2017-09-05': '1027.2',
        '2017-10-04': '1027.2',
        '2017-10-05': '941.6',
        '2017-11-04': '941.6',
        '2017-11-05': '856',
      });
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      await assertBalances(loan, {
        '2017-09-04': '1027.2',
        '2017-09-05': '941.6',
        '2017-10-04': '941.6',
        '2017-10-05': '856',
        '2017-11-04': '856',
        '2017-11-05': '770.4',
        '2018-11-05': '770.4',
      });
    });

    test('is the same whatever the order in which payments arrive', async () => {
      const dates = ['2017-08-31', '2017-09-01', '2017-10-15', '2017-12-24', '2018-02-28', '2018-03-31'];
      const orders = [dates, [...dates].reverse(), [3, 0, 5, 1, 4, 2].map((index) => dates[index] ?? '')];
      for (const order of orders) {
        const loan = await client.loan();
        for (const date of order) assertPaymentAdded(await client.pay(loan, date), date);
        await assertBalances(loan, {
          '2017-08-30': '1027.2',
          '2017-08-31': '941.6',
          '2017-09-01': '856',
          '2017-10-14': '856',
          '2017-10-15': '770.4',
          '2017-12-24': '684.8',
          '2018-02-27': '684.8',
          '2018-02-28': '599.2',
          '2018-03-31': '513.6',
          '2030-01-01': '513.6',
        });
      }
    });

    test('still tells of the days before the loan was paid off', async () => {
      const loan = await client.loan({ term: '2' });
      const full = (2n * BigInt(loan.installment.replace('.', ''))).toString();
      assert.match(loan.installment, /^\d+\.\d\d$/);
      const fullDigits = `${full.slice(0, -2)}.${full.slice(-2)}`.replace(/\.?0+$/, '');
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      assertPaymentAdded(await client.pay(loan, '2017-10-05'));
      await assertBalances(loan, {
        '2017-09-04': fullDigits,
        '2017-10-04': loan.installment,
        '2017-10-05': '0',
        '2018-01-01': '0',
      });
    });

    test('is at most the debt and at least zero over a whole life', async () => {
      const loan = await client.loan({ term: '6' });
      assert.equal(loan.installment, '169.1');
      const left = ['1014.6', '845.5', '676.4', '507.3', '338.2', '169.1', '0'];
      for (const [index, digits] of left.entries()) {
        const month = `2018-0${index + 1}`;
        if (index > 0) assertPaymentAdded(await client.pay(loan, `${month}-05`));
        assertBalance(await client.balance(loan, `${month}-05`), digits, month);
      }
    });

    test('changes nothing by being asked', async () => {
      const loan = await client.loan();
      for (let count = 0; count < 3; count += 1) {
        assertBalance(await client.balance(loan, '2017-09-05'), '1027.2');
      }
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
    });

    test('of whole money is printed without decimals', async () => {
      const loan = await client.loan({ amount: '1800', rate: '0.0000000001' });
      assertBalance(await client.balance(loan, '2017-08-05'), '1800');
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      assertBalance(await client.balance(loan, '2017-09-05'), '1650');
    });
  });

  describe('a balance that is refused', () => {
    test("before the loan's day says which day", async () => {
      const loan = await client.loan();
      const refusal = { error: 'Invalid date, must be later than or equal to 2017-08-05.' };
      for (const date of ['2017-08-04', '2017-08-04T23:59:59Z', '2017-08-04T23:59:59-12:00', '0001-01-01']) {
        assertAnswer(await client.balance(loan, date), 400, refusal, date);
      }
    });

    test('has its date required', async () => {
      const loan = await client.loan();
      for (const body of ['{}', '{"date":null}', '{"date":""}', '{"Date":"2017-09-05"}']) {
        const answer = await client.post(`/loans/${loan.id}/balance`, body, { raw: true });
        assertFieldsRefused(answer, { date: 'Required' }, body);
      }
    });

    test('has a date that is a date and a string', async () => {
      const loan = await client.loan();
      for (const date of [
        '20170905',
        '0',
        'true',
        'false',
        '[]',
        '{}',
        '["2017-09-05"]',
        '"2017-02-29"',
        '"never"',
      ]) {
        const answer = await client.post(`/loans/${loan.id}/balance`, `{"date":${date}}`, { raw: true });
        assertFieldsRefused(answer, { date: 'Invalid date' }, date);
      }
    });

    test('is of an unknown loan, even with bad JSON', async () => {
      const path = '/loans/01890a5d-ac96-774b-bcce-b302099a8057/balance';
      for (const body of ['', '{', '[]', '{}', '{"date":"2017-09-05"}']) {
        assertAnswer(await client.post(path, body, { raw: true }), 404, {}, body);
      }
    });

    test('has JSON looked at before its fields', async () => {
      const loan = await client.loan();
      assertInvalidJson(await client.post(`/loans/${loan.id}/balance`, '{"date":"never"', { raw: true }));
    });

    test('ignores unknown keys', async () => {
      const loan = await client.loan();
      const body = '{"amount":-1,"date":"2017-09-05","payment":"paid"}';
      assertBalance(await client.post(`/loans/${loan.id}/balance`, body, { raw: true }), '1027.2');
    });
  });
});
