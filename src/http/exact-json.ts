// JSON, exact: a number that a double can't hold arrives as the text that was sent, never as its neighbour.

export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Any run that could be a number of more digits than a double surely holds; dates and texts may match too. */
const LONG_NUMBER = /[0-9.eE+-]{16}/;

type Reviver = (key: string, value: unknown, context: { source: string }) => unknown;

/** JSON.parse as ECMAScript 2026 has it: the reviver also gets the source text of each primitive value. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** Keeps a number as it was written unless writing the double gives the same number back. */
const exactNumber: Reviver = (_key, value, { source }) => {
  if (typeof value !== 'number') return value;
  return source.length <= 15 || String(value) === source ? value : source;
};

/**
 * Reads a JSON text. Numbers of up to 15 characters are exact as doubles; of longer ones each that its double does
 * not write back as it stood becomes a string of its source, so nothing is rounded on the way in.
 */
export function parseExactJson(text: string): JsonReading {
  try {
    const value: unknown = LONG_NUMBER.test(text) ? parseWithSource(text, exactNumber) : JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
