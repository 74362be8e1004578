// The schedule: due dates that never drift, and parts that add up to the cent for any loan.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DATE_MAX, DATE_MIN, dateOf, datePartsOf, formatDate } from '../../../src/domain/calendar-date.ts';
import { decideTerms, type LoanTerms } from '../../../src/domain/loan.ts';
import { dueDate, installmentsDueBefore, scheduleOf } from '../../../src/domain/schedule.ts';
import { dates, loanTerms } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const WORKED: LoanTerms = {
  amountCents: 100_000n,
  rate: 500_000_000n,
  term: 12,
  date: dateOf(2017, 8, 5),
  installmentCents: 8_560n,
};

function termsOf(date: number, term: number): LoanTerms {
  return { ...WORKED, date, term };
}

const sum = (cents: readonly bigint[]) => cents.reduce((total, part) => total + part, 0n);

describe('due dates', () => {
  test('of a loan of the 31st come back to the 31st after each short month', () => {
    const terms = termsOf(dateOf(2023, 1, 31), 6);
    assert.deepEqual(
      scheduleOf(terms).map(({ dueOn }) => formatDate(dueOn)),
      ['2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31', '2023-06-30', '2023-07-31'],
    );
  });

  test('of a loan of 29 February fall on the 28th in common years and on the 29th in leap years', () => {
    const terms = termsOf(dateOf(2024, 2, 29), 60);
    assert.equal(formatDate(dueDate(terms, 12)), '2025-02-28');
    assert.equal(formatDate(dueDate(terms, 13)), '2025-03-29');
    assert.equal(formatDate(dueDate(terms, 48)), '2028-02-29');
  });

  test('are counted from the origination date, one a month, on its day or the month’s last', () => {
    fc.assert(
      fc.property(loanTerms(), (terms) => {
        const origin = datePartsOf(terms.date);
        const { number, dueOn } = scheduleOf(terms).at(-1) as { number: number; dueOn: number };
        const expected = Temporal.PlainDate.from(origin).add({ months: number });
        assert.equal(formatDate(dueOn), expected.toString());
        const { day } = datePartsOf(dueOn);
        assert.ok(day === origin.day || (day < origin.day && day === expected.daysInMonth));
      }),
      { numRuns: 200 },
    );
  });
});

describe('installments due before a date', () => {
  /** Section 6 by the letter: the k of 1 … term with d(k) < t. */
  function countDueBefore(terms: LoanTerms, date: number): number {
    let count = 0;
    for (let k = 1; k <= terms.term; k++) if (dueDate(terms, k) < date) count++;
    return count;
  }

  test('on the due date itself it is not yet counted', () => {
    assert.equal(installmentsDueBefore(WORKED, dateOf(2017, 8, 5)), 0);
    assert.equal(installmentsDueBefore(WORKED, dateOf(2017, 9, 5)), 0);
    assert.equal(installmentsDueBefore(WORKED, dateOf(2017, 9, 6)), 1);
    assert.equal(installmentsDueBefore(WORKED, dateOf(2018, 8, 5)), 11);
    assert.equal(installmentsDueBefore(WORKED, dateOf(2018, 8, 6)), 12);
    assert.equal(installmentsDueBefore(WORKED, DATE_MAX), 12);
    assert.equal(installmentsDueBefore(WORKED, DATE_MIN), 0);
  });

  test('is the count of a plain loop, on any date before, within or after the loan’s life', () => {
    const near = loanTerms({ termMax: 120 }).chain((terms) => {
      const around = fc.tuple(fc.nat({ max: terms.term + 2 }), fc.integer({ min: -2, max: 2 }));
      return fc.tuple(
        fc.constant(terms),
        fc.oneof(
          dates,
          around.map(([k, days]) => Math.min(DATE_MAX, Math.max(DATE_MIN, dueDate(terms, k) + days))),
        ),
      );
    });
    fc.assert(
      fc.property(near, ([terms, date]) => {
        assert.equal(installmentsDueBefore(terms, date), countDueBefore(terms, date));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the parts', () => {
  test('of the worked loan', () => {
    const schedule = scheduleOf(WORKED);
    assert.deepEqual(schedule[0], {
      number: 1,
      dueOn: dateOf(2017, 9, 5),
      installmentCents: 8_560n,
      principalCents: 8_144n,
      interestCents: 416n,
      outstandingCents: 94_160n,
      principalOutstandingCents: 91_856n,
    });
    const last = schedule.at(-1);
    assert.equal(last?.outstandingCents, 0n);
    assert.equal(last?.principalOutstandingCents, 0n);
    assert.equal(sum(schedule.map(({ interestCents }) => interestCents)), 2_720n);
  });

  test('of principal add up to the amount and installments to the total, for any loan', () => {
    fc.assert(
      fc.property(loanTerms(), (terms) => {
        const schedule = scheduleOf(terms);
        assert.deepEqual(
          schedule.map(({ number }) => number),
          Array.from({ length: terms.term }, (_, index) => index + 1),
        );
        assert.equal(sum(schedule.map((row) => row.principalCents)), terms.amountCents);
        assert.equal(
          sum(schedule.map((row) => row.installmentCents)),
          terms.installmentCents * BigInt(terms.term),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('of each row add up to the installment, and its balances go on from the row before', () => {
    fc.assert(
      fc.property(loanTerms(), (terms) => {
        let value = terms.installmentCents * BigInt(terms.term);
        let principal = terms.amountCents;
        for (const row of scheduleOf(terms)) {
          value -= row.installmentCents;
          principal -= row.principalCents;
          assert.ok(row.principalCents >= 0n);
          assert.ok(row.principalCents + row.interestCents === terms.installmentCents);
          assert.ok(row.outstandingCents === value && row.principalOutstandingCents === principal);
        }
        assert.equal(value, 0n);
        assert.equal(principal, 0n);
      }),
      { numRuns: 150 },
    );
  });

  test('of interest may be zero or negative by cents: 100.00 at 0 % over 3 months', () => {
    const decision = decideTerms({ amountCents: 10_000n, rate: 0n, term: 3, date: WORKED.date }, 'down');
    assert.ok(decision.ok);
    const schedule = scheduleOf(decision.terms);
    assert.deepEqual(
      schedule.map((row) => [row.installmentCents, row.principalCents, row.interestCents]),
      [
        [3_333n, 3_333n, 0n],
        [3_333n, 3_334n, -1n],
        [3_333n, 3_333n, 0n],
      ],
    );
    // Value below principal: 66.66 still to be paid of 66.67.
    assert.equal(schedule[0]?.outstandingCents, 6_666n);
    assert.equal(schedule[0]?.principalOutstandingCents, 6_667n);
  });
});
