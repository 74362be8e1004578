// What a made payment does to the book when it comes or goes, against the difference of the two whole timelines.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { negateSums } from '../../../src/domain/book.ts';
import { DATE_MAX, monthOf } from '../../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../../src/domain/loan.ts';
import { changesOfMadePayment, decidePayment, type MonthRecord } from '../../../src/domain/payment.ts';
import { timelineDifference, timelineOf } from '../../../src/domain/timeline.ts';
import { loansWithRecords, madeDatesOf } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';
import { merged } from '../../support/replayed-timeline.ts';

interface WithAndWithout {
  readonly terms: LoanTerms;
  /** The payment that comes or goes. */
  readonly date: number;
  readonly without: readonly MonthRecord[];
  readonly within: readonly MonthRecord[];
}

/** Records that were reversed, in any months: none of them may count. */
function reversedBeside(records: readonly MonthRecord[]): fc.Arbitrary<MonthRecord[]> {
  const record = fc
    .tuple(fc.constantFrom(...records), fc.integer({ min: 0, max: 70 }), fc.constantFrom('made', 'missed'))
    .map(([{ date }, days, kind]) => ({ kind, date: Math.min(date + days, DATE_MAX) }) as const);
  return fc
    .array(record, { maxLength: 4 })
    .map((drawn) =>
      drawn.map((some, index): MonthRecord => ({ id: `reversed ${index}`, reversed: true, ...some })),
    );
}

/** A history with at least one made payment, and the same without that one. */
const histories: fc.Arbitrary<WithAndWithout> = loansWithRecords()
  .filter(({ records }) => madeDatesOf(records).length > 0)
  .chain(({ terms, records }) =>
    fc.tuple(fc.constantFrom(...madeDatesOf(records)), reversedBeside(records)).map(([date, reversed]) => ({
      terms,
      date,
      within: [...records, ...reversed],
      without: [...records.filter((record) => record.date !== date), ...reversed],
    })),
  );

function slice(terms: LoanTerms, records: readonly MonthRecord[], fromMonth: number) {
  return {
    terms,
    paymentsMade: madeDatesOf(records).length,
    reversed: false,
    records: records.filter(({ date }) => monthOf(date) >= fromMonth),
  };
}

function wholeTimeline(terms: LoanTerms, records: readonly MonthRecord[]) {
  return timelineOf(terms, madeDatesOf(records));
}

describe('a made payment', () => {
  test('that comes changes the book by the difference of the whole timelines', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 12 }), ({ terms, date, without, within }, earlier) => {
        const changes = changesOfMadePayment(slice(terms, without, monthOf(date) - earlier), date, 'comes');
        const expected = timelineDifference(wholeTimeline(terms, without), wholeTimeline(terms, within));
        assert.deepEqual(merged(changes), merged(expected));
        assert.equal(merged(changes).size, changes.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('that goes changes it by the difference the other way', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 12 }), ({ terms, date, without, within }, earlier) => {
        const changes = changesOfMadePayment(slice(terms, within, monthOf(date) - earlier), date, 'goes');
        const expected = timelineDifference(wholeTimeline(terms, within), wholeTimeline(terms, without));
        assert.deepEqual(merged(changes), merged(expected));
        assert.equal(merged(changes).size, changes.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('that goes takes back exactly what it brought when it came', () => {
    fc.assert(
      fc.property(histories, ({ terms, date, without, within }) => {
        const month = monthOf(date);
        const comes = changesOfMadePayment(slice(terms, without, month), date, 'comes');
        const goes = changesOfMadePayment(slice(terms, within, month), date, 'goes');
        assert.deepEqual(merged(goes), merged(comes.map((change) => ({ ...change, ...negateSums(change) }))));
      }),
      { numRuns: 500 },
    );
  });

  test('moves nothing that was effective before it', () => {
    fc.assert(
      fc.property(histories, ({ terms, date, without }) => {
        const changes = changesOfMadePayment(slice(terms, without, monthOf(date)), date, 'comes');
        assert.ok(changes.every(({ effectiveOn }) => effectiveOn >= date));
        assert.ok(changes.some(({ effectiveOn }) => effectiveOn === date));
      }),
      { numRuns: 300 },
    );
  });

  test('of the last installment gone leaves the loan open again', () => {
    fc.assert(
      fc.property(histories, ({ terms, date, within }) => {
        const made = madeDatesOf(within);
        fc.pre(made.length === terms.term);
        const last = made.at(-1) as number;
        const changes = changesOfMadePayment(slice(terms, within, monthOf(date)), date, 'goes');
        const volume = changes
          .filter(({ effectiveOn }) => effectiveOn <= last)
          .reduce((sum, change) => sum + change.volume, 0);
        assert.equal(volume, 1);
      }),
      { numRuns: 50 },
    );
  });
});

test('payments decided one by one, in any order, add up to the whole timeline', () => {
  const shuffled = loansWithRecords().chain(({ terms, records }) =>
    fc.tuple(
      fc.constant(terms),
      fc.shuffledSubarray([...records], { minLength: records.length, maxLength: records.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([terms, records]) => {
      const told: MonthRecord[] = [];
      const changes = timelineOf(terms, []);
      for (const record of records) {
        const decision = decidePayment(slice(terms, told, monthOf(record.date)), record);
        assert.ok(decision.ok);
        changes.push(...decision.changes);
        told.push(record);
        assert.equal(decision.paymentsMade, madeDatesOf(told).length);
      }
      assert.deepEqual(merged(changes), merged(wholeTimeline(terms, records)));
    }),
    { numRuns: 500 },
  );
});
