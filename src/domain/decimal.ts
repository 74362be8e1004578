// Exact decimals: reads the text of a number as digits and a power of ten.
// Money and rates enter James through here, so nothing in this file may touch floating point,
// and no input, however many digits it has, may cost more than one pass over its characters.

/** A number as written: sign × digits × 10^exponent; digits carry neither leading nor trailing zeros. */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

export type ScaledInteger =
  | { readonly ok: true; readonly value: bigint }
  | { readonly ok: false; readonly reason: 'too-large' | 'too-precise' };

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const DIGITS_MAX = 40;
const EXPONENT_MAX = 1_000_000_000;

/**
 * Reads a decimal number: an optional sign, digits with at most one point, an optional exponent.
 * Returns undefined for anything else (also for NaN, infinity, hexadecimal and an empty text).
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText] = match;
  if (whole === '' && fraction === '') return undefined;

  const all = whole + fraction;
  let start = 0;
  while (start < all.length && all.charCodeAt(start) === 48) start++;
  let end = all.length;
  while (end > start && all.charCodeAt(end - 1) === 48) end--;
  if (start === end) return { sign: 0, digits: '', exponent: 0 };

  const written = exponentText === undefined ? 0 : Number(exponentText);
  const bounded = Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, written));
  return {
    sign: sign === '-' ? -1 : 1,
    digits: all.slice(start, end),
    exponent: bounded - fraction.length + (all.length - end),
  };
}

/**
 * The decimal as an integer count of 10^-scale: 85.6 at scale 2 is 8560.
 * Refused where it has more than `scale` decimal places ('too-precise') or more than 40 digits ('too-large').
 */
export function toScaledInteger(decimal: Decimal, scale: number): ScaledInteger {
  if (decimal.sign === 0) return { ok: true, value: 0n };
  const zeros = decimal.exponent + scale;
  if (decimal.digits.length + zeros > DIGITS_MAX) return { ok: false, reason: 'too-large' };
  if (zeros < 0) return { ok: false, reason: 'too-precise' };
  const magnitude = BigInt(decimal.digits + '0'.repeat(zeros));
  return { ok: true, value: decimal.sign < 0 ? -magnitude : magnitude };
}

const SIMPLE_DIGITS_MAX = 15;

/**
 * The same of a text that is nothing but a few digits with at most one point, in a fraction of the time; undefined for
 * whatever else it is, which says nothing about it.
 */
export function simpleScaledInteger(text: string, scale: number): bigint | undefined {
  const { length } = text;
  if (length > SIMPLE_DIGITS_MAX) return undefined;
  // Below 10^15 a double counts exactly.
  let value = 0;
  let places = -1;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46 && places === -1) places = 0;
    else if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      if (places >= 0) places++;
    } else return undefined;
  }
  const zeros = scale - Math.max(places, 0);
  const digits = places === -1 ? length : length - 1;
  if (digits === 0 || zeros < 0 || digits + zeros > SIMPLE_DIGITS_MAX) return undefined;
  return BigInt(value * 10 ** zeros);
}

/** An integer count of 10^-scale written with exactly `scale` decimal places: 8560 at scale 2 is "85.60". */
export function formatScaled(value: bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The same without needless zeros: 8560 at scale 2 is "85.6", 15000 is "150". */
export function formatScaledShort(value: bigint, scale: number): string {
  const full = formatScaled(value, scale);
  if (scale === 0) return full;
  let end = full.length;
  while (full.charCodeAt(end - 1) === 48) end--;
  if (full.charCodeAt(end - 1) === 46) end--;
  return full.slice(0, end);
}
