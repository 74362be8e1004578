// The book's rows: money in two columns that add up by themselves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSums, BookChanges, type CausedChange, NO_SUMS } from '../../../../src/domain/book.ts';
import { sumsOf, sumValues } from '../../../../src/store/sqlite/book-rows.ts';
import { fc } from '../../../support/properties.ts';

const cents = fc.oneof(
  fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }),
  fc.bigInt({ min: -3n, max: 3n }).map((times) => times * 10n ** 9n),
  fc.bigInt({ min: -5n, max: 5n }),
);

/** Changes as a batch has them: one a key, none zero. */
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

test('any amount comes back from its two columns, and sums of columns are sums of amounts', () => {
  fc.assert(
    fc.property(batches, (changes) => {
      const columns = changes.map(sumValues);
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
