// Texts of the forms that a document names, or that its examples show: dates, decimals, instants and the like. A form that
// is not here is any text.

import { fc } from '../support/properties.ts';
import { oftener } from './drafts.ts';
import type { Schema } from './operations.ts';

const DAY_MS = 86_400_000;

function datesBetween(from: string, to: string): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
}

function daysFromToday(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Dates as a bank has them; seldom far ones. */
const dateText = oftener(
  [3, datesBetween('2017-01-01', '2019-12-31')],
  [3, fc.integer({ min: -400, max: 2 }).map(daysFromToday)],
  [2, datesBetween('1970-01-01', '2100-12-31')],
  [1, datesBetween('0001-01-01', '9999-12-31')],
);

const wholeText = oftener([3, fc.constant(0)], [3, fc.nat(100_000)], [1, fc.maxSafeNat()]);
const decimalText = fc
  .tuple(wholeText, fc.stringMatching(/^\d{0,4}$/))
  .map(([whole, places]) => (places === '' ? `${whole}` : `${whole}.${places}`));

const ahead = { min: new Date('2030-01-01'), max: new Date('2100-01-01'), noInvalidDate: true } as const;
const instantText = oftener(
  [4, fc.date(ahead).map((date) => date.toISOString())],
  [1, fc.date({ min: new Date('0001-01-01'), noInvalidDate: true }).map((date) => date.toISOString())],
  [1, dateText.map((date) => `${date}T00:00+14:00`)],
);

const bucketBounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 20 })
  .map((bounds) => bounds.toSorted((a, b) => a - b).join(','));

const FORMS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'calendar-date': dateText,
  date: dateText,
  decimal: decimalText,
  instant: instantText,
  'date-time': instantText,
  reference: fc.stringMatching(/^[A-Z]{1,3}-[0-9]{1,6}$/),
  'key-name': fc.stringMatching(/^[a-z][a-z0-9]{2,12}([._@-][a-z0-9]{1,5})?$/),
  'bucket-bounds': bucketBounds,
  uuid: fc.uuid(),
};

/** Texts of a schema's format; of one without a format the example shows what it is. Undefined: any text. */
export function formatText({ format, examples = [] }: Schema): fc.Arbitrary<string> | undefined {
  if (format !== undefined && FORMS[format] !== undefined) return FORMS[format];
  const [example] = examples;
  if (typeof example !== 'string') return undefined;
  if (/^\d{4}-\d{2}-\d{2}/.test(example)) return dateText;
  return /^\d+(\.\d+)?$/.test(example) ? decimalText : undefined;
}
