// POST /loans/:id/payments: fields, the order of the checks, one record a calendar month, missed
// records, and the end of a loan.

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
import { type JamesClient, jamesClient, type Loan, objectText } from '../support/james-client.ts';
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

  const duplicated = { error: 'Duplicated payment.' };
  const paidOff = { error: 'Loan is already paid off.' };
  const beforeLoan = { error: 'Invalid payment date, must be later than or equal to 2017-08-05.' };
  const wrongAmount = { error: 'Invalid amount, must be $85.6.' };
  const missed = { payment: '"missed"' };

  /** A loan over two months of 1000 at 5 %, both installments paid in September and October 2017. */
  async function paidOffLoan(): Promise<Loan> {
    const loan = await client.loan({ term: '2' });
    assertPaymentAdded(await client.pay(loan, '2017-09-05'));
    assertPaymentAdded(await client.pay(loan, '2017-10-05'));
    return loan;
  }

  describe('an accepted payment', () => {
    test('answers exactly one key', async () => {
      const loan = await client.loan();
      const answer = await client.post(`/loans/${loan.id}/payments`, {
        payment: 'made',
        date: '2017-09-05 02:18Z',
        amount: 85.6,
      });
      assert.deepEqual(Object.keys(answer.json as object), ['success']);
      assertPaymentAdded(answer);
    });

    for (const amount of [
      '85.6',
      '85.60',
      '"85.6"',
      '"85.60"',
      '8.56e1',
      '8560e-2',
      '85.600000000000000000000',
    ]) {
      test(`may write the installment as ${amount}`, async () => {
        const loan = await client.loan();
        assertPaymentAdded(await client.pay(loan, '2017-09-05', { amount }));
      });
    }

    test("may lie on the loan's day at an earlier hour", async () => {
      const loan = await client.loan({ date: '"2017-08-05T23:30:00Z"' });
      assertPaymentAdded(await client.pay(loan, '2017-08-05T00:00:00Z'));
    });

    test('ignores unknown keys', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-05', { note: '"x"', term: '-1', error: '[]' }));
    });

    test('on one loan leaves other loans as they are', async () => {
      const [one, other] = [await client.loan(), await client.loan()];
      assertPaymentAdded(await client.pay(one, '2017-09-05'));
      assertBalance(await client.balance(other, '2017-09-05'), '1027.2');
      assertPaymentAdded(await client.pay(other, '2017-09-05'));
      assertBalance(await client.balance(other, '2017-09-05'), '941.6');
    });

    test('may be dated in the far future', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2999-12-31'));
      assertBalance(await client.balance(loan, '2999-12-30'), '1027.2');
      assertBalance(await client.balance(loan, '2999-12-31'), '941.6');
    });
  });

  describe('a payment with wrong fields', () => {
    for (const [what, text] of Object.entries({ missing: undefined, null: 'null', empty: '""' })) {
      for (const field of ['payment', 'date', 'amount']) {
        test(`is refused with ${field} required when it is ${what}`, async () => {
          const loan = await client.loan();
          assertFieldsRefused(await client.pay(loan, '2017-09-05', { [field]: text }), {
            [field]: 'Required',
          });
        });
      }
      test(`is refused with all three named when all are ${what}`, async () => {
        const loan = await client.loan();
        const answer = await client.pay(loan, '2017-09-05', { payment: text, date: text, amount: text });
        assertFieldsRefused(answer, { payment: 'Required', date: 'Required', amount: 'Required' });
      });
    }

    for (const kind of ['paid', 'Made', 'MISSED', 'Missed', ' made', 'made ', 'mad', 'made, missed', 'é']) {
      test(`is refused when it is "${kind}"`, async () => {
        const loan = await client.loan();
        const answer = await client.pay(loan, '2017-09-05', { payment: JSON.stringify(kind) });
        assertFieldsRefused(answer, { payment: `"${kind}" is not one of made, missed` });
      });
    }

    for (const kind of ['1', 'true', 'false', '0', '["made"]', '{"made":1}', '"\\ud800"', '"a\\"b"']) {
      test(`is refused when its kind is ${kind}`, async () => {
        const loan = await client.loan();
        const answer = await client.pay(loan, '2017-09-05', { payment: kind });
        assertFieldsRefused(answer, { payment: / is not one of made, missed$/ });
      });
    }

    test('is refused with the text of each field, all at once', async () => {
      const loan = await client.loan();
      const answer = await client.pay(loan, '05/09/2017', { payment: '"paid"', amount: '"text"' });
      assertFieldsRefused(answer, {
        payment: '"paid" is not one of made, missed',
        date: 'Invalid date',
        amount: '"text" is not a number',
      });
    });

    for (const amount of ['0', '-0', '-85.6', '"0"', '"-85.6"']) {
      test(`is refused with an amount of ${amount}`, async () => {
        const loan = await client.loan();
        const answer = await client.pay(loan, '2017-09-05', { amount });
        assertFieldsRefused(answer, { amount: 'Value must be greater than zero' });
      });
    }

    for (const amount of ['true', '[85.6]', '{"amount":85.6}']) {
      test(`is refused with the amount ${amount}, which is no number`, async () => {
        const loan = await client.loan();
        assertFieldsRefused(await client.pay(loan, '2017-09-05', { amount }), {
          amount: / is not a number$/,
        });
      });
    }

    for (const amount of ['NaN', 'Infinity', '-Infinity', '"NaN"', '"Infinity"', '"-Infinity"']) {
      test(`is refused with the amount ${amount}, by the name of the field`, async () => {
        const loan = await client.loan();
        assertFieldsRefused(await client.pay(loan, '2017-09-05', { amount }), { amount: /./ });
      });
    }

    for (const amount of ['1e300', '1e400', '1e1000000000', '"1e300"']) {
      test(`is refused with the amount ${amount}`, async () => {
        const loan = await client.loan();
        const answer = await client.pay(loan, '2017-09-05', { amount });
        assert.equal(answer.status, 400, answer.text);
        assertBalance(await client.balance(loan, '2017-09-05'), '1027.2');
      });
    }

    for (const date of ['20170905', 'true', '[]', '{}', '"2017-09-31"']) {
      test(`is refused with the date ${date}`, async () => {
        const loan = await client.loan();
        assertFieldsRefused(await client.pay(loan, '', { date }), { date: 'Invalid date' });
      });
    }
  });

  describe("a payment's date and amount", () => {
    test("a payment before the loan's day is refused with the day", async () => {
      const loan = await client.loan();
      for (const date of ['2017-08-04', '2017-08-04T23:59:59Z', '2017-08-04T23:59:59-12:00', '0001-01-01']) {
        assertAnswer(await client.pay(loan, date), 400, beforeLoan, date);
        assertAnswer(await client.pay(loan, date, missed), 400, beforeLoan, date);
      }
    });

    const unequal = [
      '85.61',
      '85.59',
      '85',
      '86',
      '0.01',
      '1027.2',
      '85.601',
      '85.6000000000000000001',
      '"85.61"',
    ];
    for (const amount of unequal) {
      test(`an amount of ${amount} instead of 85.6 is refused, made or missed`, async () => {
        const loan = await client.loan();
        assertAnswer(await client.pay(loan, '2017-09-05', { amount }), 400, wrongAmount);
        assertAnswer(await client.pay(loan, '2017-09-05', { amount, ...missed }), 400, wrongAmount);
        assertBalance(await client.balance(loan, '2017-09-05'), '1027.2');
      });
    }

    test('a whole installment is printed without decimals in the refusal', async () => {
      const loan = await client.loan({ amount: '1800', rate: '0.0000000001' });
      const answer = await client.pay(loan, '2017-09-05', { amount: '150.01' });
      assertAnswer(answer, 400, { error: 'Invalid amount, must be $150.' });
      assertPaymentAdded(await client.pay(loan, '2017-09-05', { amount: '150.00' }));
    });
  });

  describe('the order of the checks', () => {
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

    test('an unknown loan comes before the JSON', async () => {
      for (const body of ['', '{', '[]', '{}', '{"payment":"paid"}']) {
        const answer = await client.post(`/loans/${unknown}/payments`, body, { raw: true });
        assertAnswer(answer, 404, {}, body);
      }
    });

    test('the JSON comes before the fields', async () => {
      const loan = await client.loan();
      assertInvalidJson(await client.post(`/loans/${loan.id}/payments`, '{"payment":"paid"', { raw: true }));
    });

    test('the fields come before the date', async () => {
      const loan = await client.loan();
      const answer = await client.pay(loan, '2016-01-01', { amount: undefined });
      assertFieldsRefused(answer, { amount: 'Required' });
      const second = await client.pay(loan, '2016-01-01', { payment: '"paid"' });
      assertFieldsRefused(second, { payment: '"paid" is not one of made, missed' });
    });

    test('the date comes before the amount', async () => {
      const loan = await client.loan();
      assertAnswer(await client.pay(loan, '2017-08-04', { amount: '1' }), 400, beforeLoan);
    });

    test('the date comes before the duplicate', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-08-20'));
      assertAnswer(await client.pay(loan, '2017-08-04'), 400, beforeLoan);
    });

    test('the amount comes before the duplicate', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      assertAnswer(await client.pay(loan, '2017-09-06', { amount: '1' }), 400, wrongAmount);
    });

    test('on a loan that is paid off, date, amount and duplicate still come first', async () => {
      const loan = await paidOffLoan();
      assertAnswer(await client.pay(loan, '2017-08-04'), 400, beforeLoan);
      const amount = { error: `Invalid amount, must be $${loan.installment}.` };
      assertAnswer(await client.pay(loan, '2017-11-05', { amount: '1' }), 400, amount);
      assertAnswer(await client.pay(loan, '2017-10-06'), 409, duplicated);
      assertAnswer(await client.pay(loan, '2017-11-05'), 409, paidOff);
    });
  });

  describe('one record a calendar month', () => {
    for (const first of ['made', 'missed']) {
      for (const second of ['made', 'missed']) {
        test(`a ${second} payment in the month of a ${first} one is refused`, async () => {
          const loan = await client.loan();
          const kind = (payment: string) => ({ payment: JSON.stringify(payment) });
          assertPaymentAdded(await client.pay(loan, '2017-09-05', kind(first)));
          for (const date of ['2017-09-05', '2017-09-01', '2017-09-30T23:59:59Z']) {
            assertAnswer(await client.pay(loan, date, kind(second)), 409, duplicated, date);
          }
          assertPaymentAdded(await client.pay(loan, '2017-10-01', kind(second)));
        });
      }
    }

    test('the month is the one that is written, whatever the offset', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-30T23:59:59-12:00'));
      assertPaymentAdded(await client.pay(loan, '2017-10-01T00:00:00+14:00'));
      assertAnswer(await client.pay(loan, '2017-09-01T00:00:00+14:00'), 409, duplicated);
      assertAnswer(await client.pay(loan, '2017-10-31T23:59:59-12:00'), 409, duplicated);
    });

    test('the same month of another year is another month', async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      assertPaymentAdded(await client.pay(loan, '2018-09-05'));
      assertAnswer(await client.pay(loan, '2018-09-06'), 409, duplicated);
    });

    test('the last and the first day of neighbouring months are two months', async () => {
      const loan = await client.loan({ date: '"2015-12-31"' });
      for (const date of [
        '2015-12-31',
        '2016-01-31',
        '2016-02-29',
        '2016-03-31',
        '2016-04-30',
        '2016-05-01',
      ]) {
        assertPaymentAdded(await client.pay(loan, date), date);
      }
      assertAnswer(await client.pay(loan, '2016-02-01'), 409, duplicated);
    });

    test("the loan's own month takes one record as well", async () => {
      const loan = await client.loan();
      assertPaymentAdded(await client.pay(loan, '2017-08-05'));
      assertAnswer(await client.pay(loan, '2017-08-31'), 409, duplicated);
    });

    test('a refused payment does not take the month', async () => {
      const loan = await client.loan();
      assertAnswer(await client.pay(loan, '2017-09-05', { amount: '1' }), 400, wrongAmount);
      assertFieldsRefused(await client.pay(loan, '2017-09-05', { payment: '"paid"' }), { payment: /./ });
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
    });
  });

  describe('a loan that is paid off', () => {
    test('takes no more made payments, before, between or after', async () => {
      const loan = await client.loan({ term: '2' });
      assertPaymentAdded(await client.pay(loan, '2017-10-05'));
      assertPaymentAdded(await client.pay(loan, '2017-12-05'));
      for (const date of ['2017-08-05', '2017-09-05', '2017-11-05', '2018-01-05', '2999-01-01']) {
        assertAnswer(await client.pay(loan, date), 409, paidOff, date);
      }
      assertBalance(await client.balance(loan, '2999-01-01'), '0');
    });

    test('still takes a missed record, and then that month is taken', async () => {
      const loan = await paidOffLoan();
      assertPaymentAdded(await client.pay(loan, '2017-11-05', missed));
      assertAnswer(await client.pay(loan, '2017-11-06'), 409, duplicated);
      assertAnswer(await client.pay(loan, '2017-12-05'), 409, paidOff);
      assertBalance(await client.balance(loan, '2017-12-31'), '0');
    });

    test('of one month is paid off by one payment', async () => {
      const loan = await client.loan({ term: '1' });
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      assertBalance(await client.balance(loan, '2017-09-05'), '0');
      assertAnswer(await client.pay(loan, '2017-10-05'), 409, paidOff);
    });

    test('counts made payments only: after a missed month the loan runs one month longer', async () => {
      const loan = await client.loan({ term: '2' });
      assertPaymentAdded(await client.pay(loan, '2017-09-05', missed));
      assertPaymentAdded(await client.pay(loan, '2017-10-05'));
      assertPaymentAdded(await client.pay(loan, '2017-11-05'));
      assertAnswer(await client.pay(loan, '2017-12-05'), 409, paidOff);
    });

    test('is so after the last of all its installments and not before', async () => {
      const loan = await client.loan();
      const months = ['08', '09', '10', '11', '12'].map((month) => `2017-${month}-05`);
      const next = ['01', '02', '03', '04', '05', '06', '07'].map((month) => `2018-${month}-05`);
      for (const date of [...months, ...next]) assertPaymentAdded(await client.pay(loan, date), date);
      assertAnswer(await client.pay(loan, '2018-08-05'), 409, paidOff);
      assertBalance(await client.balance(loan, '2018-06-30'), '85.6');
      assertBalance(await client.balance(loan, '2018-07-05'), '0');
    });
  });

  describe('a body for payments', () => {
    test('has its members read in any order', async () => {
      const loan = await client.loan();
      const text = objectText({ amount: '85.6', date: '"2017-09-05"', payment: '"made"' });
      assertPaymentAdded(await client.post(`/loans/${loan.id}/payments`, text, { raw: true }));
    });
  });
});
