// The oracle's loan mathematics: the formulas of DOMAIN.md sections 3 and 4 as exact fractions of whole numbers.
// Nothing is approximated and nothing is summed up row by row; whole powers are kept only so as to end in time.

/** A rate p/q: 0.05 is 5/100. */
export interface ExactRate {
  readonly p: bigint;
  readonly q: bigint;
}

/** A fraction; the denominator is positive. */
export interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** Reads a plain decimal such as `0.1122` or `20000` as a fraction over a power of ten. */
export function readRatio(text: string): ExactRate {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a plain decimal: ${text}`);
  const places = match[2] ?? '';
  return { p: BigInt(`${match[1]}${places}`), q: 10n ** BigInt(places.length) };
}

/** Reads an amount of money as a whole number of cents. */
export function readCents(text: string): bigint {
  const { p, q } = readRatio(text);
  if ((p * 100n) % q !== 0n) throw new Error(`parts of a cent: ${text}`);
  return (p * 100n) / q;
}

/** Writes cents with two places: 8560 is `85.60`. */
export function writeCents(cents: bigint): string {
  const sign = cents < 0n ? '-' : '';
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** To the nearest whole number, a half upward. For fractions that are not negative. */
export function roundHalfUp({ over, under }: Ratio): bigint {
  const whole = over / under;
  const rest = over % under;
  return rest * 2n >= under ? whole + 1n : whole;
}

export function roundDown({ over, under }: Ratio): bigint {
  return over / under;
}

const POWERS = new Map<string, bigint>();

function power(base: bigint, exponent: number): bigint {
  const key = `${base}^${exponent}`;
  const known = POWERS.get(key);
  if (known !== undefined) return known;
  const result = base ** BigInt(exponent);
  POWERS.set(key, result);
  return result;
}

/** [ r + r / ((1 + r)^n − 1) ] × amount, with r = p / 12q; at rate 0 amount / n. */
export function installmentExactly(amountCents: bigint, { p, q }: ExactRate, term: number): Ratio {
  if (p === 0n) return { over: amountCents, under: BigInt(term) };
  const grown = power(12n * q + p, term);
  const base = power(12n * q, term);
  return { over: amountCents * p * grown, under: 12n * q * (grown - base) };
}

/** B(k) = amount × ((1 + r)^n − (1 + r)^k) / ((1 + r)^n − 1), with r = p / 12q; at rate 0 amount × (n − k) / n. */
export function principalLeftExactly(
  amountCents: bigint,
  { p, q }: ExactRate,
  term: number,
  k: number,
): Ratio {
  if (p === 0n) return { over: amountCents * BigInt(term - k), under: BigInt(term) };
  // Numerator and denominator of the formula, both times (12q)^n.
  const grownToTerm = power(12n * q + p, term);
  const grownToK = power(12n * q + p, k) * power(12n * q, term - k);
  return { over: amountCents * (grownToTerm - grownToK), under: grownToTerm - power(12n * q, term) };
}

/** B(k) rounded half up to the cent. */
export function principalLeft(amountCents: bigint, rate: ExactRate, term: number, k: number): bigint {
  return roundHalfUp(principalLeftExactly(amountCents, rate, term, k));
}
