// JSON, exact: a number that a double can't hold arrives as the text that was sent, never as its neighbour.

import { type Decimal, parseDecimal } from '../domain/decimal.ts';

export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Any run that could be a number that a double does not hold; dates and texts may match too. */
const MAYBE_INEXACT = /[0-9.eE+-]{16}|\d[eE]/;

type Reviver = (key: string, value: unknown, context: { source: string }) => unknown;

/** JSON.parse as ECMAScript 2026 has it: the reviver also gets the source text of each primitive value. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** Keeps the source of a number whose double is another number. */
const exactNumber: Reviver = (_key, value, { source }) => {
  if (typeof value !== 'number' || source === String(value)) return value;
  return sameDecimal(parseDecimal(source), parseDecimal(String(value))) ? value : source;
};

function sameDecimal(a: Decimal | undefined, b: Decimal | undefined): boolean {
  return a?.sign === b?.sign && a?.digits === b?.digits && a?.exponent === b?.exponent;
}

/**
 * Reads a JSON text. Numbers of up to 15 digits are exact as doubles; of others, each whose double is another number
 * becomes a string of its source, so nothing is rounded on the way in.
 */
export function parseExactJson(text: string): JsonReading {
  try {
    const value: unknown = MAYBE_INEXACT.test(text) ? parseWithSource(text, exactNumber) : JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
