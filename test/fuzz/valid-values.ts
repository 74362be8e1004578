// Values that a schema takes, as JSON texts: those that it suggests itself, those that answers have shown, and others
// made from its type, its bounds and its format.

import { fc } from '../support/properties.ts';
import { type Draft, fixed, type Moment, oftener } from './drafts.ts';
import type { Schema } from './operations.ts';
import { formatText } from './text-forms.ts';

const INTEGER_MAX = 2 ** 31;
const LENGTH_MAX = 200;

function stringText(schema: Schema): fc.Arbitrary<string> {
  const like = formatText(schema);
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? LENGTH_MAX, LENGTH_MAX));
  const anyLength = Math.max(minLength, Math.floor(maxLength / 8));
  const any = fc.string({ unit: 'grapheme', minLength, maxLength: anyLength });
  const longest = fc.constantFrom('x', 'é', '漢').map((letter) => letter.repeat(maxLength));
  const text = like === undefined ? oftener([8, any], [1, longest]) : oftener([20, like], [1, any]);
  return text.map((value) => JSON.stringify(value));
}

function numberText({ type, minimum = -INTEGER_MAX, maximum = INTEGER_MAX }: Schema): fc.Arbitrary<string> {
  const small = fc.integer({ min: Math.max(minimum, 0), max: Math.min(maximum, Math.max(minimum, 60)) });
  const any = fc.integer({ min: minimum, max: maximum });
  const whole = oftener([6, small], [1, any], [1, fc.constantFrom(minimum, maximum)]).map(String);
  return type === 'integer' ? whole : oftener([1, whole], [4, formatText({ format: 'decimal' }) ?? whole]);
}

function madeText(schema: Schema): fc.Arbitrary<Draft<string>> {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map(madeText));
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values !== undefined) return fc.constantFrom(...values).map((value) => fixed(JSON.stringify(value)));
  switch (schema.type) {
    case 'string':
      return stringText(schema).map(fixed);
    case 'integer':
    case 'number':
      return numberText(schema).map(fixed);
    case 'boolean':
      return fc.constantFrom('true', 'false').map(fixed);
    case 'array':
      return listText(schema);
    case 'object':
      return validMembers(schema).map((members) => (moment) => objectOf(members, moment));
    default:
      return fc.constant(fixed('null'));
  }
}

function listText({ items = {}, minItems = 0, maxItems = 20 }: Schema): fc.Arbitrary<Draft<string>> {
  return fc
    .array(validText('', items), { minLength: minItems, maxLength: maxItems })
    .map((drafts) => (moment) => `[${drafts.map((draft) => draft(moment)).join(',')}]`);
}

function suggestions({ examples = [], default: byDefault }: Schema): string[] {
  const values = byDefault === undefined ? examples : [...examples, byDefault];
  return values.map((value) => JSON.stringify(value));
}

function isNumeric({ type, format, anyOf = [] }: Schema): boolean {
  return type === 'number' || format === 'decimal' || anyOf.some(isNumeric);
}

/** A number that the thing has under another name: what a payment calls its amount is the loan's installment. */
function otherNumber({ facts }: Moment, schema: Schema, nth: number): string | undefined {
  if (!isNumeric(schema)) return undefined;
  const numbers = Object.values(facts).filter((text) => /^"?\d+(\.\d+)?"?$/.test(text));
  return numbers[nth % Math.max(1, numbers.length)];
}

/** A value of the schema, for a member or parameter of this name. */
export function validText(name: string, schema: Schema): fc.Arbitrary<Draft<string>> {
  const made = madeText(schema);
  const known = fc.tuple(fc.nat(999), fc.boolean(), made).map(
    ([nth, isOther, otherwise]): Draft<string> =>
      (moment) =>
        (isOther ? otherNumber(moment, schema, nth) : undefined) ??
        moment.facts[name] ??
        moment.known.value(name, nth) ??
        otherwise(moment),
  );
  const suggested = suggestions(schema);
  return suggested.length === 0
    ? oftener([1, known], [2, made])
    : oftener([4, fc.constantFrom(...suggested).map(fixed)], [2, known], [3, made]);
}

/** What a JSON text says, where there is no JSON: a text without its quotes, all else as it is written. */
export function saidBy(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

/** A member of an object, or a parameter; undefined leaves it out. */
export type Member = readonly [name: string, draft: Draft<string> | undefined];

export function validMember(name: string, schema: Schema, isRequired: boolean): fc.Arbitrary<Member> {
  const value = validText(name, schema).map((draft): Member => [name, draft]);
  return isRequired ? value : oftener([1, value], [1, fc.constant<Member>([name, undefined])]);
}

/** All that is required, and of the rest some or nothing. */
export function validMembers({ properties = {}, required = [] }: Schema): fc.Arbitrary<Member[]> {
  const all = Object.entries(properties).map(([name, inner]) =>
    validMember(name, inner, required.includes(name)),
  );
  return fc
    .tuple(fc.tuple(...all), fc.boolean())
    .map(([members, isShort]) =>
      members.map(([name, draft]): Member => [name, isShort && !required.includes(name) ? undefined : draft]),
    );
}

/** The members that are there, in the order given, as one object. */
export function objectOf(members: readonly Member[], moment: Moment): string {
  const texts = members.flatMap(([name, draft]) =>
    draft === undefined ? [] : [`${JSON.stringify(name)}:${draft(moment)}`],
  );
  return `{${texts.join(',')}}`;
}
