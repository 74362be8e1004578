// The mathematics of a loan of equal installments, exact to the minor unit (DOMAIN.md sections 3 and 4).
//
// With r = rate / 12, v = 1 / (1 + r) and n months:
//     installment = amount × r / (1 − v^n)                      (rate 0: amount / n)
//     B(k) = amount × (1 − v^(n−k)) / (1 − v^n)                 (rate 0: amount × (n − k) / n)
// which are the formulas of DOMAIN.md divided through by (1 + r)^n.
//
// An exact power of a long loan has tens of thousands of digits, so each figure is first enclosed between two
// fractions: powers of v are cut to 192 binary places, and after k factors v^k lies within 2k units of the last
// place above the cut figure (each product of two cut factors ≤ 1 adds their errors and at most one unit).
// Rounding is monotonic: where both ends of the enclosure round to the same figure, that figure is the exact one.
// Where they don't (the exact figure lies on or next to a rounding boundary), the whole powers decide.

import type { Cents } from './money.ts';
import { MONTHLY_RATE_DENOMINATOR, type Rate } from './rate.ts';
import { divideHalfUp, divideRounded, type Rounding } from './rounding.ts';

/** A non-negative fraction; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

interface Enclosure {
  readonly low: bigint;
  readonly high: bigint;
}

const BITS = 192n;
const ONE = 1n << BITS;

/** v cut to 192 binary places. */
function discountFactor(rate: Rate): bigint {
  return (MONTHLY_RATE_DENOMINATOR << BITS) / (MONTHLY_RATE_DENOMINATOR + rate);
}

/** v^k between its cut figure and that figure plus 2k units of the last place. */
function discountPower(factor: bigint, k: number): Enclosure {
  let power = ONE;
  let square = factor;
  for (let left = k; left > 0; left >>= 1) {
    if ((left & 1) === 1) power = (power * square) >> BITS;
    if (left > 1) square = (square * square) >> BITS;
  }
  return enclose(power, k);
}

function enclose(cutPower: bigint, k: number): Enclosure {
  return { low: cutPower, high: cutPower + 2n * BigInt(k) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** 1 + r in lowest terms, so that whole powers stay as short as they can be. */
function growth(rate: Rate): Fraction {
  const numerator = MONTHLY_RATE_DENOMINATOR + rate;
  const divisor = greatestCommonDivisor(numerator, MONTHLY_RATE_DENOMINATOR);
  return { numerator: numerator / divisor, denominator: MONTHLY_RATE_DENOMINATOR / divisor };
}

/** The exact installment before any rounding, as a fraction of minor units. Slow for long terms (whole powers). */
export function exactInstallment(amountCents: Cents, rate: Rate, term: number): Fraction {
  if (rate === 0n) return { numerator: amountCents, denominator: BigInt(term) };
  const { numerator: grown, denominator: base } = growth(rate);
  const grownPower = grown ** BigInt(term);
  const basePower = base ** BigInt(term);
  return {
    numerator: amountCents * rate * grownPower,
    denominator: MONTHLY_RATE_DENOMINATOR * (grownPower - basePower),
  };
}

/** The exact principal left after k installments before rounding. Slow for long terms (whole powers). */
export function exactPrincipalAfter(amountCents: Cents, rate: Rate, term: number, k: number): Fraction {
  if (rate === 0n) return { numerator: amountCents * BigInt(term - k), denominator: BigInt(term) };
  const { numerator: grown, denominator: base } = growth(rate);
  const grownPower = grown ** BigInt(term);
  return {
    numerator: amountCents * (grownPower - grown ** BigInt(k) * base ** BigInt(term - k)),
    denominator: grownPower - base ** BigInt(term),
  };
}

/**
 * The monthly installment of a loan of `amountCents` at an annual `rate` over `term` months, in minor units.
 * amount × r / (1 − v^n), rounded as the bank rounds. Exact for any amount > 0, rate ≥ 0, term ≥ 1.
 */
export function installmentOf(amountCents: Cents, rate: Rate, term: number, rounding: Rounding): Cents {
  if (rate === 0n) return divideRounded(amountCents, BigInt(term), rounding);
  const power = discountPower(discountFactor(rate), term);
  const numerator = (amountCents * rate) << BITS;
  const low = divideRounded(numerator, MONTHLY_RATE_DENOMINATOR * (ONE - power.low), rounding);
  const high = divideRounded(numerator, MONTHLY_RATE_DENOMINATOR * (ONE - power.high), rounding);
  if (low === high) return low;
  const exact = exactInstallment(amountCents, rate, term);
  return divideRounded(exact.numerator, exact.denominator, rounding);
}

function enclosedPrincipal(
  amountCents: Cents,
  powerLeft: Enclosure,
  powerTerm: Enclosure,
): Cents | undefined {
  const low = divideHalfUp(amountCents * (ONE - powerLeft.high), ONE - powerTerm.low);
  const high = divideHalfUp(amountCents * (ONE - powerLeft.low), ONE - powerTerm.high);
  return low === high ? low : undefined;
}

function wholePrincipalAfter(amountCents: Cents, rate: Rate, term: number, k: number): Cents {
  const exact = exactPrincipalAfter(amountCents, rate, term, k);
  return divideHalfUp(exact.numerator, exact.denominator);
}

/**
 * B(k): the principal left after k of `term` installments, in minor units, rounded half up (DOMAIN.md section 4).
 * B(0) is the amount and B(term) is 0. Range of k: 0 to term.
 */
export function principalAfter(amountCents: Cents, rate: Rate, term: number, k: number): Cents {
  if (k === 0) return amountCents;
  if (k === term) return 0n;
  if (rate === 0n) return divideHalfUp(amountCents * BigInt(term - k), BigInt(term));
  const factor = discountFactor(rate);
  const enclosed = enclosedPrincipal(
    amountCents,
    discountPower(factor, term - k),
    discountPower(factor, term),
  );
  return enclosed ?? wholePrincipalAfter(amountCents, rate, term, k);
}

/** B(0) … B(term), each equal to principalAfter, computed in one pass over the powers. */
export function principalsOf(amountCents: Cents, rate: Rate, term: number): Cents[] {
  const powers: Enclosure[] = [];
  const factor = discountFactor(rate);
  let power = ONE;
  for (let k = 0; k <= term; k++) {
    powers.push(enclose(power, k));
    power = (power * factor) >> BITS;
  }
  const powerTerm = powers[term] as Enclosure;
  const principals: Cents[] = [];
  for (let k = 0; k <= term; k++) {
    if (rate === 0n || k === 0 || k === term) {
      principals.push(principalAfter(amountCents, rate, term, k));
    } else {
      const enclosed = enclosedPrincipal(amountCents, powers[term - k] as Enclosure, powerTerm);
      principals.push(enclosed ?? wholePrincipalAfter(amountCents, rate, term, k));
    }
  }
  return principals;
}
