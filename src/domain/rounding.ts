// Division of non-negative integers with a named rounding. Every division of money goes through one of these.
// Each is monotonic: a ≤ b implies round(a) ≤ round(b); the annuity's proven bounds rest on that.

/** How a bank rounds an installment to its minor unit (DOMAIN.md section 3). */
export type Rounding = 'down' | 'half-up' | 'half-even' | 'up';

export const ROUNDINGS: readonly Rounding[] = ['down', 'half-up', 'half-even', 'up'];

/** Quotient rounded toward zero. Numerator ≥ 0, denominator > 0. */
export function divideDown(numerator: bigint, denominator: bigint): bigint {
  return numerator / denominator;
}

/** Quotient rounded away from zero. Numerator ≥ 0, denominator > 0. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

/** Quotient to the nearest integer, a half upward. Numerator ≥ 0, denominator > 0. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Quotient to the nearest integer, a half to the even neighbour. Numerator ≥ 0, denominator > 0. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  if (twice < denominator) return quotient;
  if (twice > denominator) return quotient + 1n;
  return quotient % 2n === 0n ? quotient : quotient + 1n;
}

const DIVISIONS: Record<Rounding, (numerator: bigint, denominator: bigint) => bigint> = {
  down: divideDown,
  'half-up': divideHalfUp,
  'half-even': divideHalfEven,
  up: divideUp,
};

/** Quotient with the given rounding. Numerator ≥ 0, denominator > 0. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  return DIVISIONS[rounding](numerator, denominator);
}
