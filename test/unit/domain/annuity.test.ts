// The installment and the principal left, against DOMAIN.md's formulas in whole powers, written out here once more.
// Random loans of every size, and loans whose exact figure lies on a rounding boundary or beside it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  exactInstallment,
  exactPrincipalAfter,
  type Fraction,
  installmentOf,
  principalAfter,
  principalsOf,
} from '../../../src/domain/annuity.ts';
import { AMOUNT_CENTS_MAX } from '../../../src/domain/money.ts';
import { RATE_MAX } from '../../../src/domain/rate.ts';
import { ROUNDINGS, type Rounding } from '../../../src/domain/rounding.ts';
import { amounts, rates, termLengths } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

/** A rate is p / q. */
const q = 10n ** 10n;

/** Section 3: cents · p · (12q + p)^n / (12q · ((12q + p)^n − (12q)^n)); at rate 0 amount / term. */
function installmentByFormula(cents: bigint, p: bigint, n: number): Fraction {
  if (p === 0n) return { numerator: cents, denominator: BigInt(n) };
  const grown = (12n * q + p) ** BigInt(n);
  return {
    numerator: cents * p * grown,
    denominator: 12n * q * (grown - (12n * q) ** BigInt(n)),
  };
}

/** Section 4: amount × ((1 + r)^n − (1 + r)^k) / ((1 + r)^n − 1), both parts times (12q)^n. */
function principalByFormula(cents: bigint, p: bigint, n: number, k: number): Fraction {
  if (p === 0n) return { numerator: cents * BigInt(n - k), denominator: BigInt(n) };
  const grown = (12n * q + p) ** BigInt(n);
  return {
    numerator: cents * (grown - (12n * q + p) ** BigInt(k) * (12n * q) ** BigInt(n - k)),
    denominator: grown - (12n * q) ** BigInt(n),
  };
}

/** What a rounding makes of a fraction, told by where the fraction lies between its two neighbours. */
function rounded({ numerator, denominator }: Fraction, rounding: Rounding): bigint {
  const below = numerator / denominator;
  const over = numerator - below * denominator;
  if (over === 0n) return below;
  if (rounding === 'down') return below;
  if (rounding === 'up') return below + 1n;
  if (2n * over !== denominator) return 2n * over < denominator ? below : below + 1n;
  return rounding === 'half-even' && below % 2n === 0n ? below : below + 1n;
}

function assertInstallments(cents: bigint, rate: bigint, term: number): void {
  const exact = installmentByFormula(cents, rate, term);
  for (const rounding of ROUNDINGS) {
    const what = `${cents} cents at ${rate}e-10 over ${term}, ${rounding}`;
    assert.equal(installmentOf(cents, rate, term, rounding), rounded(exact, rounding), what);
  }
}

const terms = { amount: amounts, rate: rates, term: termLengths };

describe('the installment', () => {
  test('of the worked figures', () => {
    assert.equal(installmentOf(100_000n, 500_000_000n, 12, 'down'), 8_560n);
    assert.equal(installmentOf(100_000n, 500_000_000n, 24, 'down'), 4_387n);
    assert.equal(installmentOf(100_000n, 500_000_000n, 6, 'down'), 16_910n);
    assert.equal(installmentOf(12_345_678_901_234n, 500_000_000n, 12, 'down'), 1_056_882_481_703n);
    assert.equal(installmentOf(10_000n, 0n, 3, 'down'), 3_333n);
  });

  test('of the worked figure differs by its rounding: 85.607… is 85.60 or 85.61', () => {
    const rates5 = ROUNDINGS.map((rounding) => installmentOf(100_000n, 500_000_000n, 12, rounding));
    assert.deepEqual(rates5, [8_560n, 8_561n, 8_561n, 8_561n]);
  });

  test('is the formula rounded, for any amount, rate and term', () => {
    fc.assert(
      fc.property(terms.amount, terms.rate, terms.term, (amount, rate, term) => {
        assertInstallments(amount, rate, term);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the formula rounded at the corners of every range', () => {
    for (const amount of [1n, 2n, 99n, 100_000n, AMOUNT_CENTS_MAX]) {
      for (const rate of [0n, 1n, 2n, q / 20n, q, RATE_MAX - 1n, RATE_MAX]) {
        for (const term of [1, 2, 3, 360, 1_199, 1_200]) assertInstallments(amount, rate, term);
      }
    }
  });

  test('is ordered by rounding: down ≤ half even, half up ≤ up, at most a cent apart', () => {
    fc.assert(
      fc.property(terms.amount, terms.rate, terms.term, (amount, rate, term) => {
        const [down, halfUp, halfEven, up] = ROUNDINGS.map((rounding) =>
          installmentOf(amount, rate, term, rounding),
        ) as [bigint, bigint, bigint, bigint];
        assert.ok(down <= halfEven && halfEven <= halfUp && halfUp <= up && up <= down + 1n);
      }),
      { numRuns: 1_000 },
    );
  });
});

// On a boundary the enclosure of the exact figure always straddles it, so these go through the whole powers.
describe('an exact figure on a rounding boundary', () => {
  test('a whole number of cents is the installment under every rounding', () => {
    // r = 1: amount × 2^n / (2^n − 1).
    for (let term = 1; term <= 46; term++) {
      const amount = (2n ** BigInt(term) - 1n) * 7n;
      for (const rounding of ROUNDINGS) {
        assert.equal(installmentOf(amount, 12n * q, term, rounding), 7n * 2n ** BigInt(term));
      }
    }
  });

  test('half a cent goes up, to the even cent, or off', () => {
    // r = 2: amount × 2 × 3^n / (3^n − 1), and 3^n − 1 is a multiple of 4 for even n: with a quarter of it, 3^n / 2.
    for (let term = 2; term <= 30; term += 2) {
      const power = 3n ** BigInt(term);
      for (const times of [1n, 3n]) {
        const amount = ((power - 1n) / 4n) * times;
        const below = (power * times) / 2n;
        const even = below % 2n === 0n ? below : below + 1n;
        const figures = ROUNDINGS.map((rounding) => installmentOf(amount, 24n * q, term, rounding));
        assert.deepEqual(figures, [below, below + 1n, even, below + 1n], `term ${term}`);
      }
    }
  });

  test('over one month amount × (1 + r) is exact at every multiple', () => {
    // r = 1 %: multiples of 100 cents are whole, multiples of 50 end on half a cent.
    const rate = 1_200_000_000n;
    for (const amount of [100n, 10_000n, 999_999_999_999_900n]) {
      for (const rounding of ROUNDINGS) {
        assert.equal(installmentOf(amount, rate, 1, rounding), amount + amount / 100n);
      }
    }
    for (const amount of [50n, 150n, 250n, 999_999_999_999_950n]) assertInstallments(amount, rate, 1);
    assert.deepEqual(
      ROUNDINGS.map((rounding) => installmentOf(50n, rate, 1, rounding)),
      [50n, 51n, 50n, 51n],
    );
    assert.deepEqual(
      ROUNDINGS.map((rounding) => installmentOf(150n, rate, 1, rounding)),
      [151n, 152n, 152n, 152n],
    );
  });

  test('at rate 0 the installment is amount / term', () => {
    fc.assert(
      fc.property(terms.amount, terms.term, (amount, term) => assertInstallments(amount, 0n, term)),
      { numRuns: 200 },
    );
    assert.deepEqual(
      ROUNDINGS.map((rounding) => installmentOf(5n, 0n, 2, rounding)),
      [2n, 3n, 2n, 3n],
    );
  });

  test('one cent beside the boundary decides as the formula does', () => {
    const beside = fc.record({
      term: fc.integer({ min: 1, max: 30 }),
      ratio: fc.constantFrom(1n, 2n, 3n, 4n, 5n, 8n),
      times: fc.bigInt({ min: 1n, max: 5n }),
      off: fc.constantFrom(-1n, 0n, 1n),
      rateOff: fc.constantFrom(-1n, 0n, 1n),
    });
    fc.assert(
      fc.property(beside, ({ term, ratio, times, off, rateOff }) => {
        const amount = ((1n + ratio) ** BigInt(term) - 1n) * times + off;
        fc.pre(amount > 0n && amount <= AMOUNT_CENTS_MAX);
        assertInstallments(amount, 12n * q * ratio + rateOff, term);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a rate so small that the interest is far below a cent still counts', () => {
    // The exact figure is a hair above amount / term: rounded up it is a cent more.
    for (const term of [1, 7, 1_000, 1_200]) {
      const amount = 1_000n * BigInt(term);
      assert.equal(installmentOf(amount, 1n, term, 'down'), 1_000n);
      assert.equal(installmentOf(amount, 1n, term, 'half-up'), 1_000n);
      assert.equal(installmentOf(amount, 1n, term, 'up'), 1_001n);
    }
  });
});

describe('the principal left', () => {
  test('of the worked figures: 1000 at 5 % over 12', () => {
    assert.equal(principalAfter(100_000n, 500_000_000n, 12, 1), 91_856n);
    assert.deepEqual(
      [0, 1, 2, 3].map((k) => principalAfter(10_000n, 0n, 3, k)),
      [10_000n, 6_667n, 3_333n, 0n],
    );
  });

  test('is the formula rounded half up, for any loan and any number of payments', () => {
    const k = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(terms.amount, terms.rate, terms.term, k, (amount, rate, term, part) => {
        const paid = Math.round(part * term);
        const exact = principalByFormula(amount, rate, term, paid);
        assert.equal(principalAfter(amount, rate, term, paid), rounded(exact, 'half-up'));
      }),
      { numRuns: 2_000 },
    );
  });

  test('on half a cent goes up', () => {
    // r = 2: amount × (3^n − 3^k) / (3^n − 1) with amount = (3^n − 1) / 4: (3^n − 3^k) / 4, a half for odd n − k.
    for (let term = 2; term <= 20; term += 2) {
      const amount = (3n ** BigInt(term) - 1n) / 4n;
      for (let k = 1; k < term; k++) {
        const four = 3n ** BigInt(term) - 3n ** BigInt(k);
        assert.equal(principalAfter(amount, 24n * q, term, k), (four + 2n) / 4n, `${k} of ${term}`);
      }
    }
  });

  test('is the amount at first and 0 at last', () => {
    fc.assert(
      fc.property(terms.amount, terms.rate, terms.term, (amount, rate, term) => {
        assert.equal(principalAfter(amount, rate, term, 0), amount);
        assert.equal(principalAfter(amount, rate, term, term), 0n);
      }),
    );
  });

  test('never grows from one payment to the next', () => {
    fc.assert(
      fc.property(terms.amount, terms.rate, terms.term, (amount, rate, term) => {
        const principals = principalsOf(amount, rate, term);
        assert.ok(principals.every((principal, k) => k === 0 || principal <= (principals[k - 1] as bigint)));
      }),
      { numRuns: 50 },
    );
  });

  test('of all payments at once is that of each', () => {
    fc.assert(
      fc.property(terms.amount, terms.rate, terms.term, (amount, rate, term) => {
        const each = Array.from({ length: term + 1 }, (_, k) => principalAfter(amount, rate, term, k));
        assert.deepEqual(principalsOf(amount, rate, term), each);
      }),
      { numRuns: 40 },
    );
    for (let term = 2; term <= 20; term += 2) {
      const amount = (3n ** BigInt(term) - 1n) / 4n;
      const each = Array.from({ length: term + 1 }, (_, k) => principalAfter(amount, 24n * q, term, k));
      assert.deepEqual(principalsOf(amount, 24n * q, term), each);
    }
  });
});

test('the exact fractions are the formulas’', () => {
  const equal = (a: Fraction, b: Fraction) =>
    assert.ok(a.numerator * b.denominator === b.numerator * a.denominator);
  fc.assert(
    fc.property(
      terms.amount,
      terms.rate,
      fc.integer({ min: 1, max: 200 }),
      fc.nat({ max: 200 }),
      (amount, rate, term, k) => {
        equal(exactInstallment(amount, rate, term), installmentByFormula(amount, rate, term));
        const paid = Math.min(k, term);
        equal(exactPrincipalAfter(amount, rate, term, paid), principalByFormula(amount, rate, term, paid));
      },
    ),
  );
});
