// The book's rows: money in two columns that add up by themselves, and coarser grains that keep every cent.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addSums, BookChanges, type BookSums, type CausedChange, NO_SUMS } from '../../../src/domain/book.ts';
import { monthOf } from '../../../src/domain/calendar-date.ts';
import { FINEST, GRAINS, grainRows } from '../../../src/store/book-grains.ts';
import { sumsOf, sumValues } from '../../../src/store/sqlite/book-rows.ts';
import { fc } from '../../support/properties.ts';

const cents = fc.oneof(
  fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }),
  fc.bigInt({ min: -3n, max: 3n }).map((times) => times * 10n ** 9n),
  fc.bigInt({ min: -5n, max: 5n }),
);
const RECORDED_ON = 20_000;

/** Changes as a batch has them: one a key, none zero. Dates within a few months, so that coarser keys meet. */
const batches: fc.Arbitrary<CausedChange[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom('issued', 'paid', 'reversed'),
      fc.integer({ min: -45, max: 45 }),
      fc.constantFrom(10, 41, 72),
      cents,
      cents,
      fc.integer({ min: -2, max: 2 }),
    ),
    { maxLength: 25 },
  )
  .map((drawn) => {
    const changes = new BookChanges();
    for (const [cause, effectiveOn, dueOn, valueCents, principalCents, volume] of drawn) {
      changes.add(cause, [{ effectiveOn, dueOn, valueCents, principalCents, volume }]);
    }
    return changes.sorted();
  });

/** What each grain's key is, said once more. */
const KEYS: Record<string, (change: CausedChange) => (number | string)[]> = {
  book_change: ({ effectiveOn, dueOn, cause }) => [RECORDED_ON, effectiveOn, dueOn, cause],
  book_day_by_due: ({ effectiveOn, dueOn }) => [effectiveOn, dueOn],
  book_month_by_due: ({ effectiveOn, dueOn }) => [dueOn, monthOf(effectiveOn)],
  book_day: ({ effectiveOn }) => [effectiveOn],
  book_month: ({ effectiveOn }) => [monthOf(effectiveOn)],
};

function sumsAlone(sums: BookSums | undefined): BookSums | undefined {
  if (sums === undefined) return undefined;
  const { valueCents, principalCents, volume } = sums;
  return { valueCents, principalCents, volume };
}

function isNothing(sums: BookSums): boolean {
  return sums.valueCents === 0n && sums.principalCents === 0n && sums.volume === 0;
}

test('any amount comes back from its two columns, and sums of columns are sums of amounts', () => {
  fc.assert(
    fc.property(batches, (changes) => {
      const columns = grainRows(FINEST, changes, RECORDED_ON).map(({ sums }) => sumValues(sums));
      for (const [index, row] of columns.entries()) {
        const { valueCents, principalCents, volume } = changes[index] as CausedChange;
        assert.deepEqual(sumsOf(row), { valueCents, principalCents, volume });
        // Each column alone stays far from 2^63 in a sum of billions of rows.
        assert.ok([row[1], row[3]].every((low) => low > -(10n ** 9n) && low < 10n ** 9n));
      }
      const added = columns.reduce<bigint[]>(
        (sum, row) => sum.map((value, index) => value + (row[index] as bigint)),
        [0n, 0n, 0n, 0n, 0n],
      );
      assert.deepEqual(sumsOf(added), changes.reduce(addSums, NO_SUMS));
    }),
    { numRuns: 300 },
  );
});

describe('each grain', () => {
  test('has a key that is known here', () => {
    assert.deepEqual(GRAINS.map(({ table }) => table).toSorted(), Object.keys(KEYS).toSorted());
  });

  for (const grain of GRAINS) {
    const { table, key: keyColumns } = grain;
    test(`${table} keeps every cent of a batch under its key, one row each`, () => {
      const keyOf = KEYS[table] as (change: CausedChange) => (number | string)[];
      fc.assert(
        fc.property(batches, (changes) => {
          const expected = new Map<string, BookSums>();
          for (const change of changes) {
            const key = JSON.stringify(keyOf(change));
            expected.set(key, addSums(expected.get(key) ?? NO_SUMS, change));
          }
          const rows = grainRows(grain, changes, RECORDED_ON);
          const actual = new Map(rows.map(({ key, sums }) => [JSON.stringify(key), sums]));
          assert.equal(actual.size, rows.length);
          assert.ok(rows.every(({ key }) => key.length === keyColumns.length));
          for (const [key, sums] of expected) {
            // A key whose changes cancel out may be left out.
            if (!isNothing(sums) || actual.has(key))
              assert.deepEqual(sumsAlone(actual.get(key)), sumsAlone(sums));
          }
          assert.ok([...actual.keys()].every((key) => expected.has(key)));
        }),
        { numRuns: 200 },
      );
    });
  }
});
