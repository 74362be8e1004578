// GET /v1/loans/:id/balance: one loan as of any date: value and principal, what is due next and what is overdue, on
// and after due dates, at the ends of months, with missed, late and backdated payments, and after the last one.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { principalLeft, readCents, readRatio, writeCents } from '../oracle/annuity.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, plainDate, textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

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

  const nothingOverdue = { installments: 0, value: '0.00' };

  /** What a balance says of lateness, in short. */
  function late(nextDueOn: string | null, days: number, installments: number, value: string): object {
    return { next_due_on: nextDueOn, days_past_due: days, overdue: { installments, value } };
  }

  async function assertBalances(id: string, balances: readonly [string, object][]): Promise<void> {
    for (const [asOf, members] of balances) {
      assertMembers(await client.balance(id, asOf), 200, { as_of: asOf, ...members }, asOf);
    }
  }

  describe('a balance', () => {
    test('has all its members', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05', '2017-10-05', '2017-11-05');
      const answer = await client.balance(loan.id, '2017-11-30');
      assertMembers(answer, 200, {
        loan_id: loan.id,
        as_of: '2017-11-30',
        currency: 'USD',
        value: '770.40',
        principal: writeCents(principalLeft(100000n, readRatio('0.05'), 12, 3)),
        payments_made: 3,
        payments_left: 9,
        next_due_on: '2017-12-05',
        days_past_due: 0,
        overdue: nothingOverdue,
        status: 'active',
      });
      assert.match(textOf(answer, 'known_at'), plainDate);
    });

    test('is of today, which is known now, unless a date is given', async () => {
      const loan = await client.loan();
      const answer = await client.balance(loan.id);
      assert.equal(textOf(answer, 'as_of'), textOf(answer, 'known_at'));
      assertMembers(answer, 200, { value: '1027.20', payments_made: 0 });
    });

    test('counts the payments made up to the end of its day, and none after', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05', '2017-10-05');
      await assertBalances(loan.id, [
        ['2017-08-05', { value: '1027.20', principal: '1000.00', payments_made: 0, payments_left: 12 }],
        ['2017-09-04', { value: '1027.20', principal: '1000.00', payments_made: 0, payments_left: 12 }],
        ['2017-09-05', { value: '941.60', principal: '918.56', payments_made: 1, payments_left: 11 }],
        ['2017-10-04', { value: '941.60', principal: '918.56', payments_made: 1, payments_left: 11 }],
        ['2017-10-05', { value: '856.00', payments_made: 2, payments_left: 10 }],
        ['9999-12-31', { value: '856.00', payments_made: 2, payments_left: 10 }],
      ]);
    });

    test('follows the whole life of a loan, exact to the cent', async () => {
      const amount = '123456789012.34';
      const loan = await client.loan({ amount, term: 6, rate: '0.0729', date: '2017-08-05' });
      for (let made = 0; made <= 6; made += 1) {
        const date = `20${made < 5 ? 17 : 18}-${['08', '09', '10', '11', '12', '01', '02'][made]}-05`;
        if (made > 0) await client.paid(loan.id, date);
        assertMembers(await client.balance(loan.id, date), 200, {
          value: writeCents(readCents(loan.installment) * BigInt(6 - made)),
          principal: writeCents(principalLeft(readCents(amount), readRatio('0.0729'), 6, made)),
          payments_made: made,
          payments_left: 6 - made,
        });
      }
    });

    test('at rate 0 has a principal that may be above its value', async () => {
      const loan = await client.loan({ amount: '100.00', term: 3, rate: '0' });
      await client.paid(loan.id, '2017-09-05');
      await assertBalances(loan.id, [
        ['2017-08-05', { value: '99.99', principal: '100.00' }],
        ['2017-09-05', { value: '66.66', principal: '66.67' }],
      ]);
    });

    test('may be asked for a date with a time and an offset: it is the date as written', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05');
      for (const asOf of ['2017-09-04T23:30:00-05:00', '2017-09-04 23:59Z']) {
        assertMembers(await client.balance(loan.id, asOf), 200, { as_of: '2017-09-04', value: '1027.20' });
      }
    });
  });

  describe('what is overdue', () => {
    test('is nothing on the due date itself, and an installment from the day after', async () => {
      const loan = await client.loan();
      await assertBalances(loan.id, [
        ['2017-08-05', late('2017-09-05', 0, 0, '0.00')],
        ['2017-09-05', late('2017-09-05', 0, 0, '0.00')],
        ['2017-09-06', late('2017-09-05', 1, 1, '85.60')],
        ['2017-10-05', late('2017-09-05', 30, 1, '85.60')],
        ['2017-10-06', late('2017-09-05', 31, 2, '171.20')],
        ['2018-08-05', late('2017-09-05', 334, 11, '941.60')],
        ['2018-08-06', late('2017-09-05', 335, 12, '1027.20')],
        ['2027-08-06', late('2017-09-05', 3622, 12, '1027.20')],
      ]);
    });

    test('counts from the last day of the months that are shorter', async () => {
      const loan = await client.loan({ date: '2017-01-31' });
      await assertBalances(loan.id, [
        ['2017-02-28', late('2017-02-28', 0, 0, '0.00')],
        ['2017-03-01', late('2017-02-28', 1, 1, '85.60')],
        ['2017-03-31', late('2017-02-28', 31, 1, '85.60')],
        ['2017-04-01', late('2017-02-28', 32, 2, '171.20')],
        ['2017-04-30', late('2017-02-28', 61, 2, '171.20')],
        ['2017-05-01', late('2017-02-28', 62, 3, '256.80')],
      ]);
      await client.paid(loan.id, '2017-02-28');
      assertMembers(await client.balance(loan.id, '2017-02-28'), 200, late('2017-03-31', 0, 0, '0.00'));
      await client.paid(loan.id, '2017-03-31');
      assertMembers(await client.balance(loan.id, '2017-05-01'), 200, late('2017-04-30', 1, 1, '85.60'));
    });

    test('knows leap years', async () => {
      const loan = await client.loan({ date: '2024-01-31' });
      await assertBalances(loan.id, [
        ['2024-02-29', late('2024-02-29', 0, 0, '0.00')],
        ['2024-03-01', late('2024-02-29', 1, 1, '85.60')],
      ]);
    });

    test('stays behind by a month after a missed one', async () => {
      const loan = await client.loan();
      await client.pay(loan.id, '2017-09-05', { payment: 'missed' });
      await assertBalances(loan.id, [['2017-10-04', late('2017-09-05', 29, 1, '85.60')]]);
      await client.paid(loan.id, '2017-10-05');
      await assertBalances(loan.id, [
        ['2017-10-05', late('2017-10-05', 0, 0, '0.00')],
        ['2017-10-06', late('2017-10-05', 1, 1, '85.60')],
      ]);
      assertMembers(await client.balance(loan.id, '2017-10-06'), 200, { value: '941.60', payments_made: 1 });
    });

    test('is known for a past date, also when it has been paid since', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-11-20', '2017-12-20', '2018-01-20');
      await assertBalances(loan.id, [
        ['2017-11-19', late('2017-09-05', 75, 3, '256.80')],
        ['2017-11-20', late('2017-10-05', 46, 2, '171.20')],
        ['2018-01-20', late('2017-12-05', 46, 2, '171.20')],
      ]);
    });

    test('is nothing of a loan that is paid ahead', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-08-05', '2017-09-01', '2017-10-01');
      await assertBalances(loan.id, [
        ['2017-11-05', late('2017-12-05', 0, 0, '0.00')],
        ['2017-12-05', late('2017-12-05', 0, 0, '0.00')],
        ['2017-12-06', late('2017-12-05', 1, 1, '85.60')],
      ]);
    });
  });

  describe('a backdated payment', () => {
    test('counts from its own date on, and every later date takes it in', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-10-05', '2017-11-05');
      await assertBalances(loan.id, [
        ['2017-09-30', { value: '1027.20', ...late('2017-09-05', 25, 1, '85.60') }],
        ['2017-10-31', { value: '941.60', ...late('2017-10-05', 26, 1, '85.60') }],
        ['2017-11-30', { value: '856.00', ...late('2017-11-05', 25, 1, '85.60') }],
      ]);
      await client.paid(loan.id, '2017-09-05');
      await assertBalances(loan.id, [
        ['2017-09-04', { value: '1027.20', ...late('2017-09-05', 0, 0, '0.00') }],
        ['2017-09-30', { value: '941.60', ...late('2017-10-05', 0, 0, '0.00') }],
        ['2017-10-31', { value: '856.00', ...late('2017-11-05', 0, 0, '0.00') }],
        ['2017-11-30', { value: '770.40', ...late('2017-12-05', 0, 0, '0.00') }],
      ]);
    });
  });

  describe('a loan that is paid off', () => {
    test('has nothing outstanding, nothing due and its status from its last payment on', async () => {
      const loan = await client.loan({ term: 2 });
      await client.paid(loan.id, '2017-09-05', '2017-12-24');
      const active = { value: loan.installment, payments_left: 1, status: 'active' };
      const paidOff = {
        value: '0.00',
        principal: '0.00',
        payments_made: 2,
        payments_left: 0,
        status: 'paid_off',
      };
      await assertBalances(loan.id, [
        ['2017-12-23', { ...active, ...late('2017-10-05', 79, 1, loan.installment) }],
        ['2017-12-24', { ...paidOff, ...late(null, 0, 0, '0.00') }],
        ['9999-12-31', { ...paidOff, ...late(null, 0, 0, '0.00') }],
      ]);
    });
  });

  describe('a question that has no balance', () => {
    test('is one for a date before that of the loan', async () => {
      const loan = await client.loan();
      for (const asOf of ['2017-08-04', '2017-08-04T23:59:59-11:00', '0001-01-01']) {
        assertProblem(await client.balance(loan.id, asOf), 422, 'before-loan', ['as_of'], asOf);
      }
    });

    test('is one for an unknown loan', async () => {
      const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
      assertProblem(await client.balance(unknown, '2017-08-05'), 404, 'loan-not-found');
      assertProblem(await client.balance('none'), 404, 'loan-not-found');
    });

    test('is one for a date that is none', async () => {
      const loan = await client.loan();
      const wrong = [
        '',
        'today',
        '2017-02-29',
        '2017-13-01',
        '05/08/2017',
        '20170805',
        '2017-08',
        ' 2017-08-05',
      ];
      for (const asOf of wrong) {
        assertProblem(await client.balance(loan.id, asOf), 400, 'invalid-request', ['as_of'], asOf);
      }
    });

    test('is one with a parameter twice or an unknown one', async () => {
      const loan = await client.loan();
      const path = `/v1/loans/${loan.id}/balance`;
      const twice = await client.get(`${path}?as_of=2017-09-05&as_of=2017-10-05`);
      assertProblem(twice, 400, 'invalid-request', ['as_of']);
      const unknown = await client.get(`${path}?as_of=2017-09-05&asof=2017-10-05&As_Of=2017-10-05`);
      assertProblem(unknown, 400, 'invalid-request', ['asof', 'As_Of']);
    });
  });
});
