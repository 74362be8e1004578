// Values that a schema almost takes, as JSON texts: its bounds and one beyond, another type, a form that is nearly right.
// And values that have nothing to do with it.

import { fc } from '../support/properties.ts';
import { jsonText } from '../support/wild-requests.ts';
import { type Draft, fixed, mapped, oftener } from './drafts.ts';
import type { Schema } from './operations.ts';
import { validText } from './valid-values.ts';

/** At the bounds of a schema, and one beyond. */
function boundaryTexts(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, anyOf = [] } = schema;
  const bounds = (values: readonly (number | undefined)[]) =>
    values.flatMap((bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1]));
  const lengths = bounds([minLength, maxLength]).map((length) => Math.max(0, length));
  return [
    ...bounds([minimum, maximum]).map(String),
    ...lengths.flatMap((length) => ['x', '7', '🏦'].map((letter) => JSON.stringify(letter.repeat(length)))),
    ...anyOf.flatMap(boundaryTexts),
  ];
}

/** A text without its quotes; what is no text as it is. */
function inner(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1) : text;
}

/** What is nearly a value: each makes something else of one. */
const CHANGES: readonly ((text: string) => string)[] = [
  () => 'null',
  () => '""',
  () => '{}',
  () => '[]',
  (text) => `[${text}]`,
  (text) => `{"value":${text}}`,
  // The other type.
  (text) => (text.startsWith('"') ? inner(text) || '0' : `"${text}"`),
  (text) => `" ${inner(text)}"`,
  (text) => `"${inner(text)}\\n"`,
  (text) => `"${inner(text)}\\u0000"`,
  (text) => `"${inner(text)}\\ud83c"`,
  (text) => `"+${inner(text)}"`,
  (text) => `"-${inner(text)}"`,
  (text) => `"0${inner(text)}"`,
  (text) => `"${inner(text)}0"`,
  (text) => `"${inner(text)}e2"`,
  (text) => `"${inner(text)}.000000000000000000000"`,
  (text) => `"${inner(text)}T23:59:59.999999999+14:00"`,
  (text) => `"${inner(text)},${inner(text)}"`,
  (text) => `"${inner(text).repeat(500)}"`,
  (text) => text.toUpperCase(),
  (text) => text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
  (text) => text.replace(/\d\d(?="?$)/, '31'),
  (text) => text.replace(/\d/, '٣'),
  (text) => text.replace(/.(?="?$)/s, ''),
];

export function nearText(name: string, schema: Schema): fc.Arbitrary<Draft<string>> {
  const changed = fc
    .tuple(validText(name, schema), fc.constantFrom(...CHANGES))
    .map(([draft, change]) => mapped(draft, change));
  const known = fc.nat(9_999).map(
    (nth): Draft<string> =>
      ({ known: things }) =>
        things.anyValue(nth) ?? 'null',
  );
  const bounds = boundaryTexts(schema);
  return bounds.length === 0
    ? oftener([4, changed], [1, known])
    : oftener([4, changed], [1, known], [3, fc.constantFrom(...bounds).map(fixed)]);
}

/** Of any kind, some of them large or deep. */
export const wildText: fc.Arbitrary<Draft<string>> = oftener(
  [20, jsonText],
  [1, fc.nat(5_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth))],
  [1, fc.nat(3_000).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)],
  [1, fc.nat(30_000).map((length) => `1${'0'.repeat(length)}`)],
  [1, fc.nat(30_000).map((length) => `"${'7'.repeat(length)}"`)],
  [1, fc.nat(9_999).map((length) => `"${'\\ud800'.repeat(length)}"`)],
).map(fixed);
