// Division with a named rounding, against what each name says: which neighbours there are and which one it takes.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  divideDown,
  divideHalfEven,
  divideHalfUp,
  divideRounded,
  divideUp,
  ROUNDINGS,
} from '../../../src/domain/rounding.ts';
import { roundings } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const numerators = fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: 10n ** 40n }));
const denominators = fc.oneof(fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 1n, max: 10n ** 40n }));

test('the four roundings by example', () => {
  //        n,  d, down, half-up, half-even, up
  const cases = [
    [0n, 7n, 0n, 0n, 0n, 0n],
    [14n, 7n, 2n, 2n, 2n, 2n],
    [1n, 4n, 0n, 0n, 0n, 1n],
    [1n, 2n, 0n, 1n, 0n, 1n],
    [3n, 4n, 0n, 1n, 1n, 1n],
    [3n, 2n, 1n, 2n, 2n, 2n],
    [5n, 2n, 2n, 3n, 2n, 3n],
    [7n, 2n, 3n, 4n, 4n, 4n],
    [499n, 1000n, 0n, 0n, 0n, 1n],
    [501n, 1000n, 0n, 1n, 1n, 1n],
  ] as const;
  for (const [numerator, denominator, ...expected] of cases) {
    const actual = ROUNDINGS.map((rounding) => divideRounded(numerator, denominator, rounding));
    assert.deepEqual(actual, expected, `${numerator}/${denominator}`);
  }
});

test('each name is its division', () => {
  fc.assert(
    fc.property(numerators, denominators, (numerator, denominator) => {
      assert.equal(divideRounded(numerator, denominator, 'down'), divideDown(numerator, denominator));
      assert.equal(divideRounded(numerator, denominator, 'half-up'), divideHalfUp(numerator, denominator));
      assert.equal(
        divideRounded(numerator, denominator, 'half-even'),
        divideHalfEven(numerator, denominator),
      );
      assert.equal(divideRounded(numerator, denominator, 'up'), divideUp(numerator, denominator));
    }),
  );
});

describe('for any quotient', () => {
  test('down is the largest integer that is not above it, up the smallest that is not below', () => {
    fc.assert(
      fc.property(numerators, denominators, (numerator, denominator) => {
        const down = divideDown(numerator, denominator);
        assert.ok(down * denominator <= numerator && numerator < (down + 1n) * denominator);
        const up = divideUp(numerator, denominator);
        assert.ok((up - 1n) * denominator < numerator && numerator <= up * denominator);
      }),
    );
  });

  test('both halves take the nearer neighbour; at the middle one goes up and the other to the even', () => {
    const halves = fc.tuple(numerators, denominators).map(([a, b]) => [(2n * a + 1n) * b, 2n * b] as const);
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(numerators, denominators), halves),
        ([numerator, denominator]: readonly [bigint, bigint]) => {
          const down = numerator / denominator;
          const above = 2n * (numerator - down * denominator) - denominator;
          const halfUp = divideHalfUp(numerator, denominator);
          const halfEven = divideHalfEven(numerator, denominator);
          assert.equal(halfUp, above >= 0n ? down + 1n : down);
          if (above === 0n) assert.equal(halfEven, down % 2n === 0n ? down : down + 1n);
          else assert.equal(halfEven, halfUp);
        },
      ),
    );
  });

  test('every rounding is monotonic', () => {
    fc.assert(
      fc.property(numerators, numerators, denominators, roundings, (a, b, denominator, rounding) => {
        const [low, high] = a <= b ? [a, b] : [b, a];
        assert.ok(divideRounded(low, denominator, rounding) <= divideRounded(high, denominator, rounding));
      }),
    );
  });
});
