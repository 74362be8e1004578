// JSON, exact: a number that a double can't hold arrives as the text that was sent, never as its neighbour.

import { type Decimal, parseDecimal } from './decimal.ts';

export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Any run that could be a number that a double does not hold; dates and texts may match too. */
const MAYBE_INEXACT = /[0-9.eE+-]{16}|\d[eE]/;

/** What becomes of a number that no double holds: the text of its source, or an empty list, which no field takes. */
export type Inexact = 'as text' | 'as nothing';

type Reviver = (key: string, value: unknown, context: { source: string }) => unknown;

/** JSON.parse as ECMAScript 2026 has it: the reviver also gets the source text of each primitive value. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** Replaces each number whose double is another number. */
function exactNumbers(inexact: Inexact): Reviver {
  return (_key, value, { source }) => {
    if (typeof value !== 'number' || source === String(value)) return value;
    if (sameDecimal(parseDecimal(source), parseDecimal(String(value)))) return value;
    return inexact === 'as text' ? source : [];
  };
}

function sameDecimal(a: Decimal | undefined, b: Decimal | undefined): boolean {
  return a?.sign === b?.sign && a?.digits === b?.digits && a?.exponent === b?.exponent;
}

/**
 * Reads a JSON text. Numbers of up to 15 digits are exact as doubles; of others, each whose double is another number
 * is replaced, so nothing is rounded on the way in.
 */
export function parseExactJson(text: string, inexact: Inexact): JsonReading {
  try {
    const value: unknown = MAYBE_INEXACT.test(text)
      ? parseWithSource(text, exactNumbers(inexact))
      : JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
