// Timelines: replayed to any date they give the balance of that date, and their differences are exact.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { principalAfter } from '../../../src/domain/annuity.ts';
import { addSums, type BookChange, type BookSums, isZero, NO_SUMS } from '../../../src/domain/book.ts';
import { dateOf } from '../../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../../src/domain/loan.ts';
import { dueDate } from '../../../src/domain/schedule.ts';
import {
  originationOf,
  paymentChanges,
  timelineDifference,
  timelineOf,
} from '../../../src/domain/timeline.ts';
import { datesAround, loansWithRecords, loanTerms, madeDatesOf } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';
import { byDueDate, merged, replayed } from '../../support/replayed-timeline.ts';

/** Section 6 in closed form: what stands outstanding with M made payments, and under which due date. */
function standing(terms: LoanTerms, made: number): { sums: BookSums; dueOn: number } | undefined {
  if (made === terms.term) return undefined;
  return {
    sums: {
      valueCents: terms.installmentCents * BigInt(terms.term - made),
      principalCents: principalAfter(terms.amountCents, terms.rate, terms.term, made),
      volume: 1,
    },
    dueOn: dueDate(terms, made + 1),
  };
}

describe('a timeline replayed to a date', () => {
  test('is the closed-form balance, all of it under the next due date', () => {
    const cases = loansWithRecords().chain((loan) => fc.tuple(fc.constant(loan), datesAround(loan)));
    fc.assert(
      fc.property(cases, ([{ terms, records }, asOf]) => {
        const made = madeDatesOf(records);
        const timeline = timelineOf(terms, made);
        const expected =
          asOf < terms.date ? undefined : standing(terms, made.filter((date) => date <= asOf).length);
        assert.deepEqual(replayed(timeline, asOf), expected?.sums ?? NO_SUMS);
        assert.deepEqual(
          byDueDate(timeline, asOf),
          expected === undefined ? [] : [[expected.dueOn, expected.sums]],
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('of a loan that is paid off is nothing', () => {
    fc.assert(
      fc.property(loanTerms({ termMax: 40 }), (terms) => {
        const made = Array.from({ length: terms.term }, (_, index) => dueDate(terms, index + 1));
        assert.deepEqual(replayed(timelineOf(terms, made), dueDate(terms, terms.term)), NO_SUMS);
        const oneLess = standing(terms, terms.term - 1)?.sums;
        assert.deepEqual(replayed(timelineOf(terms, made), dueDate(terms, terms.term) - 1), oneLess);
      }),
      { numRuns: 100 },
    );
  });
});

test('the origination puts everything under the first due date', () => {
  fc.assert(
    fc.property(loanTerms(), (terms) => {
      assert.deepEqual(originationOf(terms), [
        {
          effectiveOn: terms.date,
          dueOn: dueDate(terms, 1),
          valueCents: terms.installmentCents * BigInt(terms.term),
          principalCents: terms.amountCents,
          volume: 1,
        },
      ]);
    }),
  );
});

test('payments from the middle of a loan are the tail of its whole timeline', () => {
  fc.assert(
    fc.property(loansWithRecords(), fc.nat({ max: 30 }), ({ terms, records }, cutAt) => {
      const made = madeDatesOf(records);
      const before = Math.min(cutAt, made.length);
      assert.deepEqual(
        paymentChanges(terms, before, made.slice(before)),
        timelineOf(terms, made).slice(1 + 2 * before),
      );
    }),
    { numRuns: 300 },
  );
});

test('payments change no effective and due date twice, and none by zero', () => {
  fc.assert(
    fc.property(loansWithRecords(), ({ terms, records }) => {
      const changes = paymentChanges(terms, 0, madeDatesOf(records));
      assert.equal(merged(changes).size, changes.length);
      assert.ok(changes.every((change) => !isZero(change)));
    }),
    { numRuns: 300 },
  );
});

describe('the difference of two timelines', () => {
  test('added to the first gives the second, with no zero and no key twice', () => {
    const two = loansWithRecords().chain(({ terms, records }) => {
      const made = madeDatesOf(records);
      return fc.tuple(fc.constant(terms), fc.constant(made), fc.subarray(made));
    });
    fc.assert(
      fc.property(two, fc.boolean(), fc.boolean(), ([terms, many, few], swap, whole) => {
        const from = swap ? few : many;
        const to = swap ? many : few;
        const before = whole ? timelineOf(terms, from) : paymentChanges(terms, 0, from);
        const after = whole ? timelineOf(terms, to) : paymentChanges(terms, 0, to);
        const difference = timelineDifference(before, after);
        assert.deepEqual(merged([...before, ...difference]), merged(after));
        assert.equal(merged(difference).size, difference.length);
        assert.ok(difference.every((change) => !isZero(change)));
      }),
      { numRuns: 500 },
    );
  });

  test('of a timeline and itself is nothing; from nothing it is the timeline, to nothing its negative', () => {
    fc.assert(
      fc.property(loansWithRecords(), ({ terms, records }) => {
        const timeline = timelineOf(terms, madeDatesOf(records));
        assert.deepEqual(timelineDifference(timeline, timeline), []);
        const come = timelineDifference([], timeline);
        assert.deepEqual(merged(come), merged(timeline));
        assert.equal(merged(come).size, come.length);
        const gone = timelineDifference(timeline, []);
        assert.equal(merged([...timeline, ...gone]).size, 0);
      }),
    );
  });
});

describe('the worked example: 1000 at 5 % over 12 from 2017-08-05, made on 10-05 and 11-05', () => {
  const terms: LoanTerms = {
    amountCents: 100_000n,
    rate: 500_000_000n,
    term: 12,
    date: dateOf(2017, 8, 5),
    installmentCents: 8_560n,
  };
  const september = dateOf(2017, 9, 5);
  const october = dateOf(2017, 10, 5);
  const november = dateOf(2017, 11, 5);
  const late = timelineOf(terms, [october, november]);
  const inTime = timelineOf(terms, [september, october, november]);

  const on = (changes: readonly BookChange[], effectiveOn: number) =>
    changes.filter((change) => change.effectiveOn === effectiveOn);
  const value = (changes: readonly BookChange[]) => changes.reduce(addSums, NO_SUMS).valueCents;
  const values = (changes: readonly BookChange[]) =>
    changes.map(({ dueOn, valueCents }) => [dueOn, valueCents]).toSorted(([a], [b]) => Number(a) - Number(b));

  test('backdating a payment to 09-05 changes the value by −85.60 in September and by 0 after', () => {
    const difference = timelineDifference(late, inTime);
    assert.equal(value(on(difference, september)), -8_560n);
    assert.equal(value(on(difference, october)), 0n);
    assert.equal(value(on(difference, november)), 0n);
    assert.equal(
      difference.length,
      on(difference, september).length + on(difference, october).length + on(difference, november).length,
    );
  });

  test('but it moves due dates on all three', () => {
    const difference = timelineDifference(late, inTime);
    assert.deepEqual(values(on(difference, september)), [
      [september, -102_720n],
      [october, 94_160n],
    ]);
    // October: the first payment's +1027.20 − 941.60 goes, the second's −941.60 + 856.00 comes.
    assert.deepEqual(values(on(difference, october)), [
      [september, 102_720n],
      [october, -188_320n],
      [november, 85_600n],
    ]);
    assert.deepEqual(values(on(difference, november)), [
      [october, 94_160n],
      [november, -171_200n],
      [dateOf(2017, 12, 5), 77_040n],
    ]);
  });

  test('reversing 10-05 then adds 85.60 in October and 0 in November', () => {
    const difference = timelineDifference(inTime, timelineOf(terms, [september, november]));
    assert.equal(value(on(difference, september)), 0n);
    assert.equal(value(on(difference, october)), 8_560n);
    assert.equal(value(on(difference, november)), 0n);
  });

  test('principal and volume move as the value does', () => {
    const difference = timelineDifference(late, inTime);
    const sums = on(difference, september).reduce(addSums, NO_SUMS);
    assert.equal(sums.principalCents, -8_144n);
    assert.equal(sums.volume, 0);
  });
});
