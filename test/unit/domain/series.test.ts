// The dates of a series, and sweeps over the book: one pass gives what a plain sum gives at each date.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bucketEdges } from '../../../src/domain/arrears.ts';
import { addSums, type BookChange, type BookSums, NO_SUMS } from '../../../src/domain/book.ts';
import {
  type CalendarDate,
  DATE_MAX,
  DATE_MIN,
  dateOf,
  formatDate,
  monthEnd,
  monthOf,
  parseDate,
} from '../../../src/domain/calendar-date.ts';
import {
  SERIES_POINTS_MAX,
  STEPS,
  type Step,
  seriesDates,
  sweepByDueDate,
  sweepOutstanding,
} from '../../../src/domain/series.ts';
import { dates } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

function datesBetween(from: string, to: string, step: Step): string[] | undefined {
  return seriesDates(parseDate(from) as number, parseDate(to) as number, step)?.map(formatDate);
}

describe('the dates of a series', () => {
  test('by day are all days, both ends included', () => {
    assert.deepEqual(datesBetween('2024-02-28', '2024-03-01', 'day'), [
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
  });

  test('by week step from the first and leave out an end that is no whole week away', () => {
    assert.deepEqual(datesBetween('2024-02-28', '2024-03-13', 'week'), [
      '2024-02-28',
      '2024-03-06',
      '2024-03-13',
    ]);
    assert.deepEqual(datesBetween('2024-02-28', '2024-03-12', 'week'), ['2024-02-28', '2024-03-06']);
  });

  const ENDS: readonly (readonly [step: Step, from: string, to: string, expected: readonly string[]])[] = [
    ['month', '2024-01-31', '2024-04-30', ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']],
    ['month', '2024-01-15', '2024-03-15', ['2024-01-31', '2024-02-29', '2024-03-15']],
    ['month', '2024-01-01', '2024-01-02', ['2024-01-02']],
    ['quarter', '2024-01-01', '2024-12-31', ['2024-03-31', '2024-06-30', '2024-09-30', '2024-12-31']],
    ['quarter', '2024-03-31', '2024-10-01', ['2024-03-31', '2024-06-30', '2024-09-30', '2024-10-01']],
    ['quarter', '2024-04-01', '2024-05-01', ['2024-05-01']],
    ['year', '2023-06-01', '2025-06-01', ['2023-12-31', '2024-12-31', '2025-06-01']],
    ['year', '2023-12-31', '2024-12-31', ['2023-12-31', '2024-12-31']],
    ['year', '2024-01-01', '2024-12-30', ['2024-12-30']],
    ['year', '9998-02-03', '9999-12-31', ['9998-12-31', '9999-12-31']],
    ['quarter', '0001-01-01', '0001-07-01', ['0001-03-31', '0001-06-30', '0001-07-01']],
  ];
  for (const [step, from, to, expected] of ENDS) {
    test(`by ${step} from ${from} to ${to} are the period ends between and the end itself`, () => {
      assert.deepEqual(datesBetween(from, to, step), expected);
    });
  }

  test('from a date to itself are that date, by any step', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom(...STEPS), (date, step) => {
        assert.deepEqual(seriesDates(date, date, step), [date]);
      }),
      { numRuns: 300 },
    );
  });

  test('by period are exactly the days that end one, in their order, and then the last day', () => {
    const months = { month: 1, quarter: 3, year: 12 } as const;
    const spans = fc.record({
      from: dates,
      days: fc.nat({ max: 2_000 }),
      step: fc.constantFrom('month', 'quarter', 'year'),
    });
    fc.assert(
      fc.property(spans, ({ from, days, step }) => {
        const to = Math.min(from + days, DATE_MAX);
        const expected: CalendarDate[] = [];
        for (let date = from; date < to; date++) {
          const month = monthOf(date);
          if (date === monthEnd(month) && (month + 1) % months[step] === 0) expected.push(date);
        }
        assert.deepEqual(seriesDates(from, to, step), [...expected, to]);
      }),
      { numRuns: 200 },
    );
  });

  test('are at most 5,000', () => {
    assert.equal(SERIES_POINTS_MAX, 5_000);
    const from = dateOf(2000, 1, 1);
    for (const [step, days] of [
      ['day', 1],
      ['week', 7],
    ] as const) {
      assert.equal(seriesDates(from, from + 4_999 * days, step)?.length, 5_000);
      assert.equal(seriesDates(from, from + 5_000 * days - 1, step)?.length, 5_000);
      assert.equal(seriesDates(from, from + 5_000 * days, step), undefined);
    }
    const first = monthOf(from);
    for (const [step, months] of [
      ['month', 1],
      ['quarter', 3],
    ] as const) {
      const last = monthEnd(first + 5_000 * months - 1);
      assert.equal(seriesDates(from, last, step)?.length, 5_000);
      assert.equal(seriesDates(from, last + 1, step), undefined);
    }
    assert.equal(seriesDates(DATE_MIN, DATE_MAX, 'year'), undefined);
    assert.equal(seriesDates(dateOf(5000, 1, 1), DATE_MAX, 'year')?.length, 5_000);
    assert.equal(seriesDates(DATE_MIN, DATE_MAX, 'day'), undefined);
  });
});

const cents = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }));
const CLOSE = 60;
const days = fc.oneof(
  { arbitrary: fc.integer({ min: -CLOSE, max: CLOSE }), weight: 8 },
  { arbitrary: fc.integer({ min: -800, max: 800 }), weight: 2 },
  { arbitrary: fc.constantFrom(DATE_MIN, DATE_MAX), weight: 1 },
);

/** In ascending order of their effective dates, as a sweep has them; due dates as they come. */
const changes: fc.Arbitrary<BookChange[]> = fc
  .array(
    fc.record({
      effectiveOn: days,
      dueOn: days,
      valueCents: cents,
      principalCents: cents,
      volume: fc.integer({ min: -2, max: 2 }),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.toSorted((a, b) => a.effectiveOn - b.effectiveOn));

/** Ascending, with gaps of any size. */
const asOfDates = fc.uniqueArray(days, { maxLength: 25 }).map((all) => all.toSorted((a, b) => a - b));

const bounds = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 36_500 })), {
    maxLength: 5,
  })
  .map((all) => all.toSorted((a, b) => a - b));

function sumsWhere(all: readonly BookChange[], where: (change: BookChange) => boolean): BookSums {
  return all.filter(where).reduce(addSums, NO_SUMS);
}

/** Each bucket summed by itself. */
function bucketsOf(all: readonly BookChange[], asOf: CalendarDate, limits: readonly number[]): BookSums[] {
  const edges = bucketEdges(asOf, limits);
  const standing = all.filter(({ effectiveOn }) => effectiveOn <= asOf);
  return [...edges, Number.NEGATIVE_INFINITY].map((edge, index) => {
    const before = index === 0 ? Number.POSITIVE_INFINITY : (edges[index - 1] as number);
    return sumsWhere(standing, ({ dueOn }) => dueOn >= edge && dueOn < before);
  });
}

/** As rows come from a database: once, one after the other, and with someone who waits for the end of it. */
function* rowsOf(all: readonly BookChange[], closed: () => void): Generator<BookChange> {
  try {
    yield* all;
  } finally {
    closed();
  }
}

describe('a sweep over the book', () => {
  test('gives at each date the sum of everything effective by then', () => {
    fc.assert(
      fc.property(changes, asOfDates, (all, asOfs) => {
        const expected = asOfs.map((asOf) => sumsWhere(all, ({ effectiveOn }) => effectiveOn <= asOf));
        assert.deepEqual(sweepOutstanding(all, asOfs), expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test('by due date gives at each date what stands in each bucket', () => {
    fc.assert(
      fc.property(changes, asOfDates, bounds, (all, asOfs, limits) => {
        const expected = asOfs.map((asOf) => bucketsOf(all, asOf, limits));
        assert.deepEqual(sweepByDueDate(all, asOfs, limits), expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test('by due date is right day by day, where every edge moves by one', () => {
    const run = Array.from({ length: 2 * CLOSE + 1 }, (_, index) => index - CLOSE);
    fc.assert(
      fc.property(changes, bounds, (all, limits) => {
        const expected = run.map((asOf) => bucketsOf(all, asOf, limits));
        assert.deepEqual(sweepByDueDate(all, run, limits), expected);
      }),
      { numRuns: 60 },
    );
  });

  test('lets go of its rows, read to the end or not', () => {
    fc.assert(
      fc.property(changes, asOfDates, bounds, (all, asOfs, limits) => {
        fc.pre(all.length > 0 && asOfs.length > 0);
        let closed = 0;
        sweepOutstanding(
          rowsOf(all, () => closed++),
          asOfs,
        );
        sweepByDueDate(
          rowsOf(all, () => closed++),
          asOfs,
          limits,
        );
        assert.equal(closed, 2);
      }),
      { numRuns: 200 },
    );
  });

  test('of an empty book is nothing at every date, and of no dates no points', () => {
    assert.deepEqual(sweepOutstanding([], [1, 5]), [NO_SUMS, NO_SUMS]);
    assert.deepEqual(
      sweepByDueDate([], [1, 5], [30]),
      [1, 5].map(() => [NO_SUMS, NO_SUMS, NO_SUMS]),
    );
    assert.deepEqual(sweepOutstanding([], []), []);
    assert.deepEqual(sweepByDueDate([], [], [30]), []);
  });
});
