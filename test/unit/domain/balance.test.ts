// One loan as of a date: what is outstanding, what is due next, what is overdue and since when.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { principalAfter } from '../../../src/domain/annuity.ts';
import { balanceOf, nextDueAfter, valueAfter } from '../../../src/domain/balance.ts';
import { DATE_MAX, dateOf } from '../../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../../src/domain/loan.ts';
import { dueDate } from '../../../src/domain/schedule.ts';
import { loanTerms } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const WORKED: LoanTerms = {
  amountCents: 100_000n,
  rate: 500_000_000n,
  term: 12,
  date: dateOf(2017, 8, 5),
  installmentCents: 8_560n,
};

test('the worked loan on its first day: everything outstanding, nothing overdue', () => {
  assert.deepEqual(balanceOf(WORKED, 0, WORKED.date), {
    valueCents: 102_720n,
    principalCents: 100_000n,
    paymentsMade: 0,
    paymentsLeft: 12,
    nextDueOn: dateOf(2017, 9, 5),
    daysPastDue: 0,
    overdueInstallments: 0,
    overdueCents: 0n,
    status: 'active',
  });
});

test('the worked loan after one payment', () => {
  const balance = balanceOf(WORKED, 1, dateOf(2017, 9, 5));
  assert.equal(balance.valueCents, 94_160n);
  assert.equal(balance.principalCents, 91_856n);
  assert.equal(balance.nextDueOn, dateOf(2017, 10, 5));
});

test('a loan that is paid off owes nothing, has no next due date and is never overdue', () => {
  assert.deepEqual(balanceOf(WORKED, 12, DATE_MAX), {
    valueCents: 0n,
    principalCents: 0n,
    paymentsMade: 12,
    paymentsLeft: 0,
    nextDueOn: null,
    daysPastDue: 0,
    overdueInstallments: 0,
    overdueCents: 0n,
    status: 'paid_off',
  });
});

describe('overdue', () => {
  test('nothing is on the due date itself; the day after, one installment by one day', () => {
    const onTheDay = balanceOf(WORKED, 0, dateOf(2017, 9, 5));
    assert.equal(onTheDay.daysPastDue, 0);
    assert.equal(onTheDay.overdueInstallments, 0);
    assert.equal(onTheDay.overdueCents, 0n);
    const dayAfter = balanceOf(WORKED, 0, dateOf(2017, 9, 6));
    assert.equal(dayAfter.daysPastDue, 1);
    assert.equal(dayAfter.overdueInstallments, 1);
    assert.equal(dayAfter.overdueCents, 8_560n);
  });

  test('a second missed installment adds to the money, and days count from the first', () => {
    const balance = balanceOf(WORKED, 0, dateOf(2017, 10, 6));
    assert.equal(balance.daysPastDue, 31);
    assert.equal(balance.overdueInstallments, 2);
    assert.equal(balance.overdueCents, 17_120n);
  });

  test('a loan paid ahead is not overdue and falls due later', () => {
    const balance = balanceOf(WORKED, 4, dateOf(2017, 10, 6));
    assert.equal(balance.nextDueOn, dateOf(2018, 1, 5));
    assert.equal(balance.daysPastDue, 0);
    assert.equal(balance.overdueInstallments, 0);
  });

  test('long after its end a loan owes every installment that is left', () => {
    const balance = balanceOf(WORKED, 9, dateOf(2020, 1, 1));
    assert.equal(balance.overdueInstallments, 3);
    assert.equal(balance.overdueCents, balance.valueCents);
    assert.equal(balance.daysPastDue, dateOf(2020, 1, 1) - dateOf(2018, 6, 5));
  });
});

test('any balance is what section 6 says of it', () => {
  const cases = loanTerms({ termMax: 120 }).chain((terms) =>
    fc.tuple(
      fc.constant(terms),
      fc.integer({ min: 0, max: terms.term }),
      fc.oneof(
        fc.integer({ min: terms.date, max: DATE_MAX }),
        fc
          .tuple(fc.nat({ max: terms.term }), fc.integer({ min: -1, max: 1 }))
          .map(([k, days]) => Math.min(DATE_MAX, Math.max(terms.date, dueDate(terms, k) + days))),
      ),
    ),
  );
  fc.assert(
    fc.property(cases, ([terms, made, asOf]) => {
      const balance = balanceOf(terms, made, asOf);
      const left = terms.term - made;
      const value = terms.installmentCents * BigInt(left);
      const nextDueOn = left === 0 ? null : dueDate(terms, made + 1);
      let overdue = 0;
      for (let k = made + 1; k <= terms.term; k++) if (dueDate(terms, k) < asOf) overdue++;
      assert.deepEqual(balance, {
        valueCents: value,
        principalCents: principalAfter(terms.amountCents, terms.rate, terms.term, made),
        paymentsMade: made,
        paymentsLeft: left,
        nextDueOn,
        daysPastDue: nextDueOn === null ? 0 : Math.max(0, asOf - nextDueOn),
        overdueInstallments: overdue,
        overdueCents: terms.installmentCents * BigInt(overdue),
        status: left === 0 ? 'paid_off' : 'active',
      });
      assert.equal(balance.daysPastDue > 0, balance.overdueInstallments > 0);
      assert.equal(valueAfter(terms, made), value);
      assert.equal(nextDueAfter(terms, made), nextDueOn);
    }),
    { numRuns: 500 },
  );
});
