// Sums of the book and the changes that one batch makes to it: added by key, zeros dropped, in one order.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addSums,
  BookChanges,
  type BookSums,
  type CausedChange,
  isZero,
  NO_SUMS,
  negateSums,
} from '../../../src/domain/book.ts';
import { DATE_MAX, DATE_MIN } from '../../../src/domain/calendar-date.ts';
import { fc } from '../../support/properties.ts';

const cents = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }));
const sums: fc.Arbitrary<BookSums> = fc
  .tuple(cents, cents, fc.integer({ min: -2, max: 2 }))
  .map(([valueCents, principalCents, volume]) => ({ valueCents, principalCents, volume }));
// Few days, so that keys meet.
const days = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(DATE_MIN, DATE_MAX));
const causes = fc.constantFrom('issued', 'paid', 'reversed');
const changes: fc.Arbitrary<CausedChange> = fc
  .tuple(causes, days, days, sums)
  .map(([cause, effectiveOn, dueOn, rest]) => ({ cause, effectiveOn, dueOn, ...rest }));

function collected(all: readonly CausedChange[]): CausedChange[] {
  const book = new BookChanges();
  for (const change of all) book.add(change.cause, [change]);
  return book.sorted();
}

describe('sums', () => {
  test('add and negate member by member', () => {
    const a = { valueCents: 1n, principalCents: 2n, volume: 3 };
    const b = { valueCents: 10n, principalCents: -20n, volume: -3 };
    assert.deepEqual(addSums(a, b), { valueCents: 11n, principalCents: -18n, volume: 0 });
    assert.deepEqual(negateSums(b), { valueCents: -10n, principalCents: 20n, volume: 3 });
  });

  test('with their negative are zero, and nothing adds nothing', () => {
    fc.assert(
      fc.property(sums, (some) => {
        assert.ok(isZero(addSums(some, negateSums(some))));
        assert.deepEqual(addSums(some, NO_SUMS), some);
        assert.equal(isZero(some), some.valueCents === 0n && some.principalCents === 0n && some.volume === 0);
      }),
    );
  });

  test('are zero only if all three members are', () => {
    assert.ok(isZero(NO_SUMS));
    assert.ok(!isZero({ ...NO_SUMS, valueCents: 1n }));
    assert.ok(!isZero({ ...NO_SUMS, principalCents: -1n }));
    assert.ok(!isZero({ ...NO_SUMS, volume: 1 }));
  });
});

describe('the changes of a batch', () => {
  test('of equal cause, effective date and due date are one', () => {
    const change = { effectiveOn: 1, dueOn: 2, valueCents: 5n, principalCents: 4n, volume: 1 };
    const book = new BookChanges();
    book.add('issued', [change, { ...change, dueOn: 3 }]);
    book.add('issued', [change]);
    book.add('paid', [change]);
    assert.deepEqual(book.sorted(), [
      { ...change, cause: 'issued', valueCents: 10n, principalCents: 8n, volume: 2 },
      { ...change, cause: 'paid' },
      { ...change, cause: 'issued', dueOn: 3 },
    ]);
  });

  test('that cancel each other out leave no row', () => {
    const change = { effectiveOn: 1, dueOn: 2, valueCents: 5n, principalCents: 4n, volume: 1 };
    const book = new BookChanges();
    book.add('paid', [change]);
    book.add('paid', [{ ...change, ...negateSums(change) }]);
    assert.deepEqual(book.sorted(), []);
    book.add('reversed', [change]);
    assert.deepEqual(book.sorted(), [{ ...change, cause: 'reversed' }]);
  });

  test('are the sums of a plain count by key, without zeros', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 40 }), (all) => {
        const expected = new Map<string, BookSums>();
        for (const change of all) {
          const key = JSON.stringify([change.cause, change.effectiveOn, change.dueOn]);
          expected.set(key, addSums(expected.get(key) ?? NO_SUMS, change));
        }
        const actual = collected(all);
        const nonzero = [...expected.values()].filter((some) => !isZero(some));
        assert.equal(actual.length, nonzero.length);
        for (const { cause, effectiveOn, dueOn, ...rest } of actual) {
          assert.deepEqual(rest, expected.get(JSON.stringify([cause, effectiveOn, dueOn])));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('stand in the order of effective date, due date and cause, however they came', () => {
    const rank = ['issued', 'paid', 'reversed'];
    const compare = (a: CausedChange, b: CausedChange) =>
      a.effectiveOn - b.effectiveOn || a.dueOn - b.dueOn || rank.indexOf(a.cause) - rank.indexOf(b.cause);
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 40 }), (all) => {
        const actual = collected(all);
        assert.deepEqual(actual, actual.toSorted(compare));
        assert.deepEqual(collected(all.toReversed()), actual);
      }),
      { numRuns: 300 },
    );
  });
});
