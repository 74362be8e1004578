// Ageing and portfolio at risk: every loan in one bucket, PAR over the whole principal of those that are late.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arrearsOf, BUCKET_BOUNDS_DEFAULT, bucketEdges } from '../../../src/domain/arrears.ts';
import { addSums, type BookSums, NO_SUMS } from '../../../src/domain/book.ts';
import { dateOf } from '../../../src/domain/calendar-date.ts';
import { fc } from '../../support/properties.ts';

const AS_OF = dateOf(2017, 12, 31);

interface Standing {
  readonly dueOn: number;
  readonly sums: BookSums;
}

/** What a store answers: loans due on or after the first edge, between the first and the second, …, before the last. */
function cut(loans: readonly Standing[], edges: readonly number[]): BookSums[] {
  return [...edges, Number.NEGATIVE_INFINITY].map((edge, index) => {
    const before = index === 0 ? Number.POSITIVE_INFINITY : (edges[index - 1] as number);
    return loans
      .filter(({ dueOn }) => dueOn >= edge && dueOn < before)
      .reduce((total, { sums }) => addSums(total, sums), NO_SUMS);
  });
}

function arrears(loans: readonly Standing[], bounds = BUCKET_BOUNDS_DEFAULT) {
  return arrearsOf(cut(loans, bucketEdges(AS_OF, bounds)), bounds);
}

function loanLateBy(days: number, principalCents: bigint): Standing {
  return { dueOn: AS_OF - days, sums: { valueCents: principalCents + 7n, principalCents, volume: 1 } };
}

describe('buckets', () => {
  test('are current, 1–30, 31–60, 61–90 and over 90 days unless the question names others', () => {
    const bounds = (result: ReturnType<typeof arrears>) =>
      result.buckets.map(({ daysFrom, daysTo }) => [daysFrom, daysTo]);
    assert.deepEqual(bounds(arrears([])), [
      [0, 0],
      [1, 30],
      [31, 60],
      [61, 90],
      [91, null],
    ]);
    assert.deepEqual(bounds(arrears([], [1])), [
      [0, 0],
      [1, 1],
      [2, null],
    ]);
    assert.deepEqual(bounds(arrears([], [7, 8])), [
      [0, 0],
      [1, 7],
      [8, 8],
      [9, null],
    ]);
    assert.deepEqual(bounds(arrears([], [])), [
      [0, 0],
      [1, null],
    ]);
  });

  test('take a loan by its days past due, at each bound and beside it', () => {
    const bucketOf = (days: number) =>
      arrears([loanLateBy(days, 1n)]).buckets.findIndex(({ volume }) => volume === 1);
    const expected = [
      [-40, 0],
      [0, 0],
      [1, 1],
      [30, 1],
      [31, 2],
      [60, 2],
      [61, 3],
      [90, 3],
      [91, 4],
      [5_000, 4],
    ];
    for (const [days, bucket] of expected) assert.equal(bucketOf(days as number), bucket, `${days} days`);
  });
});

describe('PAR', () => {
  test('counts the whole principal of loans more than x days late, over the principal of the book', () => {
    const { par, total } = arrears([
      loanLateBy(0, 600n),
      loanLateBy(30, 200n),
      loanLateBy(31, 100n),
      loanLateBy(61, 60n),
      loanLateBy(400, 40n),
    ]);
    assert.equal(total.principalCents, 1_000n);
    assert.deepEqual(par, [
      { days: 30, principalCents: 200n, ofCents: 1_000n, ratioMillionths: 200_000n },
      { days: 60, principalCents: 100n, ofCents: 1_000n, ratioMillionths: 100_000n },
      { days: 90, principalCents: 40n, ofCents: 1_000n, ratioMillionths: 40_000n },
    ]);
  });

  test('leaves out loans exactly x days late, also where a bucket begins on that day', () => {
    const loans = [loanLateBy(1, 1n), loanLateBy(7, 10n), loanLateBy(8, 100n), loanLateBy(9, 1_000n)];
    const late = arrears(loans, [1, 7, 8]).par.map(({ principalCents }) => principalCents);
    assert.deepEqual(late, [1_110n, 1_100n, 1_000n]);
  });

  test('rounds its ratio half up to six places', () => {
    const ratio = (late: bigint, current: bigint) =>
      arrears([loanLateBy(31, late), loanLateBy(0, current)]).par[0]?.ratioMillionths;
    assert.equal(ratio(1n, 2n), 333_333n);
    assert.equal(ratio(2n, 1n), 666_667n);
    assert.equal(ratio(1n, 1_999_999n), 1n);
    assert.equal(ratio(1n, 2_000_000n), 0n);
    assert.equal(ratio(3n, 1_999_997n), 2n);
  });

  test('is null where the book has no principal, and 1 where all of it is late', () => {
    assert.deepEqual(arrears([]).par[0], {
      days: 30,
      principalCents: 0n,
      ofCents: 0n,
      ratioMillionths: null,
    });
    // The last cents of a loan may be value without principal.
    assert.equal(arrears([loanLateBy(91, 0n)]).par[0]?.ratioMillionths, null);
    assert.equal(arrears([loanLateBy(91, 5n)]).par[2]?.ratioMillionths, 1_000_000n);
  });

  test('stays exact for a book beyond 2^63', () => {
    const huge = 2n ** 63n * 3n;
    const { par } = arrears([loanLateBy(31, huge), loanLateBy(0, huge * 2n)]);
    assert.deepEqual(par[0], {
      days: 30,
      principalCents: huge,
      ofCents: huge * 3n,
      ratioMillionths: 333_333n,
    });
  });
});

test('any book is partitioned by any bounds, and each PAR is the plain count', () => {
  const loans = fc.array(
    fc.record({
      dueOn: fc.integer({ min: AS_OF - 200, max: AS_OF + 40 }),
      sums: fc.record({
        valueCents: fc.bigInt({ min: 0n, max: 10n ** 15n }),
        principalCents: fc.bigInt({ min: 0n, max: 10n ** 15n }),
        volume: fc.constant(1),
      }),
    }),
    { maxLength: 30 },
  );
  const bounds = fc
    .uniqueArray(fc.integer({ min: 1, max: 220 }), { maxLength: 6 })
    .map((days) => days.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(loans, bounds, (book, days) => {
      const { total, buckets, par } = arrears(book, days);
      assert.equal(buckets.length, days.length + 2);
      assert.deepEqual(
        buckets
          .map(({ valueCents, principalCents, volume }) => ({ valueCents, principalCents, volume }))
          .reduce(addSums, NO_SUMS),
        total,
      );
      assert.deepEqual(
        total,
        book.reduce((all, { sums }) => addSums(all, sums), NO_SUMS),
      );
      for (const { daysFrom, daysTo, volume, principalCents } of buckets) {
        const inside = book.filter(({ dueOn }) => {
          const late = Math.max(0, AS_OF - dueOn);
          return late >= daysFrom && (daysTo === null || late <= daysTo);
        });
        assert.equal(volume, inside.length);
        assert.equal(
          principalCents,
          inside.reduce((all, { sums }) => all + sums.principalCents, 0n),
        );
      }
      for (const { days: x, principalCents, ofCents } of par) {
        const late = book.filter(({ dueOn }) => AS_OF - dueOn > x);
        assert.equal(
          principalCents,
          late.reduce((all, { sums }) => all + sums.principalCents, 0n),
        );
        assert.equal(ofCents, total.principalCents);
      }
    }),
    { numRuns: 300 },
  );
});
