// Sums over "up to here, and due before there", beside the same counted out point by point.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addSums, type BookSums, NO_SUMS } from '../../../src/domain/book.ts';
import { DATE_MAX, DATE_MIN } from '../../../src/domain/calendar-date.ts';
import { DominanceSums } from '../../../src/domain/dominance-sums.ts';
import { fc } from '../../support/properties.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly sums: BookSums;
}

function counted(points: readonly Point[], upTo: number, edge: number): BookSums {
  return points
    .filter(({ x, y }) => x <= upTo && y < edge)
    .map(({ sums }) => sums)
    .reduce(addSums, NO_SUMS);
}

const cents = fc.oneof(
  fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
  fc.constantFrom(0n, 999_999_999n, 1_000_000_000n, -1n, -1_000_000_000n),
);
const sums: fc.Arbitrary<BookSums> = fc.record({
  valueCents: cents,
  principalCents: cents,
  volume: fc.integer({ min: -5, max: 5 }),
});
const days = fc.oneof(
  { arbitrary: fc.integer({ min: 14_000, max: 14_300 }), weight: 8 },
  { arbitrary: fc.integer({ min: 10_000, max: 20_000 }), weight: 2 },
  { arbitrary: fc.integer({ min: DATE_MIN, max: DATE_MAX }), weight: 1 },
);
const points: fc.Arbitrary<Point> = fc.record({ x: days, y: days, sums });
const edges = fc.array(fc.oneof(days, fc.constant(Number.POSITIVE_INFINITY)), { minLength: 1, maxLength: 5 });

describe('dominance sums', () => {
  test('are none before anything is added', () => {
    assert.deepEqual(new DominanceSums().below(0, [0, Number.POSITIVE_INFINITY]), [NO_SUMS, NO_SUMS]);
  });

  test('of any points are those that are counted out, also while more are added', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(points, { maxLength: 60 }), days, edges), { minLength: 1, maxLength: 6 }),
        (rounds) => {
          const index = new DominanceSums();
          const all: Point[] = [];
          for (const [added, upTo, asked] of rounds) {
            for (const { x, y, sums: some } of added) index.add(x, y, some);
            all.push(...added);
            assert.deepEqual(
              index.below(upTo, asked),
              asked.map((edge) => counted(all, upTo, edge)),
            );
          }
          assert.equal(index.size, new Set(all.map(({ x, y }) => `${x} ${y}`)).size);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are exact beyond 2^63, however often low parts carry', () => {
    const index = new DominanceSums();
    const one: BookSums = { valueCents: 2n ** 53n - 1n, principalCents: 999_999_999n, volume: 1 };
    const count = 30_000;
    for (let number = 0; number < count; number++) index.add(number % 100, number % 70, one);
    const [all] = index.below(1_000, [Number.POSITIVE_INFINITY]);
    assert.deepEqual(all, {
      valueCents: one.valueCents * BigInt(count),
      principalCents: one.principalCents * BigInt(count),
      volume: count,
    });
    assert.ok((all?.valueCents ?? 0n) > 2n ** 63n);
  });

  test('find each of many points again, as their number grows', () => {
    const index = new DominanceSums();
    const all: Point[] = [];
    for (let pass = 0; pass < 2; pass++) {
      for (let number = 0; number < 20_000; number++) {
        const x = 15_000 + (number % 173);
        const y = 15_000 + Math.floor(number / 173) * 31;
        const point = { x, y, sums: { valueCents: BigInt(number), principalCents: 1n, volume: pass } };
        index.add(x, y, point.sums);
        all.push(point);
      }
      assert.equal(index.size, 20_000);
      const asked = [Number.POSITIVE_INFINITY, 16_000, 15_500, 15_001];
      for (const upTo of [14_999, 15_000, 15_100, 15_172]) {
        assert.deepEqual(
          index.below(upTo, asked),
          asked.map((edge) => counted(all, upTo, edge)),
        );
      }
    }
  });

  test('say of themselves when points are too scattered for them', () => {
    const index = new DominanceSums();
    const one: BookSums = { valueCents: 1n, principalCents: 1n, volume: 1 };
    for (let number = 0; number < 1_000; number++) index.add(number * 40, number * 40, one);
    assert.equal(index.isScattered, false);
    for (let number = 1_000; number < 3_000; number++) index.add(number * 40, number * 40, one);
    assert.equal(index.isScattered, true);
  });
});
