// Thirty published worked examples (numpy-financial, LibreOffice, CFPB, Fineract …) against the domain's mathematics.
// A printed figure must be the exact figure rounded to the places that are printed. Where its source did not compute
// exactly, that is said below, figure by figure, and nothing more is allowed. Skipped without ../shared/data.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  exactInstallment,
  exactPrincipalAfter,
  type Fraction,
  installmentOf,
} from '../../../src/domain/annuity.ts';
import { parseDate } from '../../../src/domain/calendar-date.ts';
import { parseDecimal, toScaledInteger } from '../../../src/domain/decimal.ts';
import { RATE_DECIMAL_PLACES } from '../../../src/domain/rate.ts';
import { type ScheduledInstallment, scheduleOf } from '../../../src/domain/schedule.ts';

interface ExampleRow {
  readonly n: number;
  readonly principal?: string;
  readonly interest?: string;
  readonly balance?: string;
  /** The library rounds every row to the cent and goes on with the rounded balance. */
  readonly rounded?: boolean;
}

interface ExampleTotal {
  readonly what: 'principal' | 'interest';
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

interface Example {
  readonly id: string;
  readonly source: string;
  readonly amount: string;
  readonly term: number;
  readonly annual_rate: string;
  readonly installment_exact: string | null;
  readonly rounding: 'none' | 'cent' | 'ceil';
  /** Computed with 50 digits, cut to 25 places. */
  readonly installment_50d: string;
  readonly rows?: readonly ExampleRow[];
  readonly totals?: readonly ExampleTotal[];
}

const EXAMPLES_COUNT = 30;
const EXAMPLES_FILE = join(import.meta.dirname, '../../../../shared/data/loan-maths-examples.json');

/**
 * Sources that computed with limited digits and printed all of them, so that the last ones are noise: how far they
 * may be from the exact figure, relative to it, as one part in so many. Python's Decimal carries 28 digits, a double
 * about 16, of which (1 + r)^n − 1 loses up to three.
 */
const DECIMAL_28 = 10n ** 25n;
const DOUBLE = 10n ** 13n;
const LIMITED_DIGITS: ReadonlyMap<string, bigint> = new Map([
  ['O01', DECIMAL_28],
  ['O08', DECIMAL_28],
  ['O11', DOUBLE],
  ['O12', DOUBLE],
  ['O13', DOUBLE],
  ['O15', DOUBLE],
  ['O17', DOUBLE],
  ['O19', DOUBLE],
]);

/**
 * Figures that may be off by one in the last printed place: O09's installment is the sum of two figures printed with
 * 8 and 6 places, O30's a 480th of a total rounded to the cent; O32's balances go on from rows rounded to the cent
 * (its table ends a cent short, as its note says).
 */
const ONE_OFF = new Set(['O09 installment', 'O30 installment', 'O32 row 3 balance', 'O32 row 4 balance']);

function scaled(text: string, places: number): bigint {
  const decimal = parseDecimal(text);
  assert.ok(decimal !== undefined, text);
  const integer = toScaledInteger(decimal, places);
  assert.ok(integer.ok, text);
  return integer.value;
}

function placesOf(printed: string): number {
  return printed.split('.')[1]?.length ?? 0;
}

function minus(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator - b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function times(a: Fraction, factor: number): Fraction {
  return { numerator: a.numerator * BigInt(factor), denominator: a.denominator };
}

/** Minor units to units, then to the nearest of `places` decimal places, a half upward. */
function roundedTo(places: number, { numerator, denominator }: Fraction): bigint {
  const under = denominator * 100n;
  return (2n * numerator * 10n ** BigInt(places) + under) / (2n * under);
}

const magnitude = (value: bigint) => (value < 0n ? -value : value);

/** That the printed figure is the exact one (in minor units), as nearly as its source allows. */
function assertPrinted(id: string, what: string, exact: Fraction, printed: string): void {
  const places = placesOf(printed);
  const figure = scaled(printed, places);
  const name = `${id} ${what}`;
  const parts = LIMITED_DIGITS.get(id);
  if (parts !== undefined) {
    const unit = exact.denominator * 100n;
    const error = magnitude(figure * unit - exact.numerator * 10n ** BigInt(places));
    assert.ok(error * parts <= figure * unit, `${name}: ${printed} is too far from the exact figure`);
    return;
  }
  const off = magnitude(roundedTo(places, exact) - figure);
  assert.ok(off <= (ONE_OFF.has(name) ? 1n : 0n), `${name}: ${printed} is off by ${off} of its last place`);
}

function termsOf({ amount, term, annual_rate }: Example) {
  return { amountCents: scaled(amount, 2), rate: scaled(annual_rate, RATE_DECIMAL_PLACES), term };
}

/** The exact principal that installments from … to pay back, and the interest beside it. */
function partsOf(example: Example, from: number, to: number): Record<'principal' | 'interest', Fraction> {
  const { amountCents, rate, term } = termsOf(example);
  const before = exactPrincipalAfter(amountCents, rate, term, from - 1);
  const principal = minus(before, exactPrincipalAfter(amountCents, rate, term, to));
  const paid = times(exactInstallment(amountCents, rate, term), to - from + 1);
  return { principal, interest: minus(paid, principal) };
}

function assertInstallment(example: Example): void {
  const { amountCents, rate, term } = termsOf(example);
  const { id, installment_exact: printed, installment_50d: reference, rounding } = example;
  const exact = exactInstallment(amountCents, rate, term);
  assert.equal(roundedTo(placesOf(reference), exact), scaled(reference, placesOf(reference)), id);
  if (printed === null) return;
  if (rounding === 'none') assertPrinted(id, 'installment', exact, printed);
  if (rounding === 'cent')
    assert.equal(installmentOf(amountCents, rate, term, 'half-up'), scaled(printed, 2));
  if (rounding === 'ceil') assertRoundedUp(example, printed);
}

/** Rounded up to the unit printed: a cent, or a whole unit. */
function assertRoundedUp(example: Example, printed: string): void {
  const { amountCents, rate, term } = termsOf(example);
  const cents = installmentOf(amountCents, rate, term, 'up');
  const unitCents = placesOf(printed) === 0 ? 100n : 1n;
  assert.equal(((cents + unitCents - 1n) / unitCents) * unitCents, scaled(printed, 2));
}

function assertRow(example: Example, row: ExampleRow): void {
  const { amountCents, rate, term } = termsOf(example);
  const { principal, interest } = partsOf(example, row.n, row.n);
  const what = (name: string) => `row ${row.n} ${name}`;
  if (row.principal !== undefined) assertPrinted(example.id, what('principal'), principal, row.principal);
  if (row.interest !== undefined) assertPrinted(example.id, what('interest'), interest, row.interest);
  if (row.balance !== undefined) {
    const left = exactPrincipalAfter(amountCents, rate, term, row.n);
    assertPrinted(example.id, what('balance'), left, row.balance);
  }
}

function assertWithinACent(what: string, cents: bigint, printed: string | undefined): void {
  if (printed === undefined) return;
  const places = Math.max(2, placesOf(printed));
  const cent = 10n ** BigInt(places - 2);
  const off = magnitude(cents * cent - scaled(printed, places));
  assert.ok(off <= cent, `${what}: ${printed} is more than a cent off`);
}

/** James rounds each principal left, a table of cents each row by itself: here they never part by more than a cent. */
function assertScheduleRow(scheduled: ScheduledInstallment, row: ExampleRow): void {
  assertWithinACent(`principal ${row.n}`, scheduled.principalCents, row.principal);
  assertWithinACent(`interest ${row.n}`, scheduled.interestCents, row.interest);
  assertWithinACent(`balance ${row.n}`, scheduled.principalOutstandingCents, row.balance);
}

function assertSchedule(example: Example): void {
  const { amountCents, rate, term } = termsOf(example);
  const installmentCents = installmentOf(amountCents, rate, term, 'half-up');
  const date = parseDate('2020-01-31');
  assert.ok(date !== undefined);
  const schedule = scheduleOf({ amountCents, rate, term, date, installmentCents });
  for (const row of example.rows ?? []) {
    const scheduled = schedule[row.n - 1];
    assert.equal(scheduled?.number, row.n);
    assertScheduleRow(scheduled, row);
  }
}

function readExamples(): readonly Example[] {
  return JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Example[];
}

function describeExamples(examples: readonly Example[]): void {
  test(`has ${EXAMPLES_COUNT} examples`, () => {
    assert.equal(examples.length, EXAMPLES_COUNT);
  });

  for (const example of examples) {
    const { id, source, amount, annual_rate, term } = example;
    test(`${id} agrees: ${amount} at ${annual_rate} over ${term} (${source.split(' ')[0]})`, () => {
      assertInstallment(example);
      for (const row of example.rows ?? []) assertRow(example, row);
      for (const total of example.totals ?? []) {
        const parts = partsOf(example, total.from, total.to);
        assertPrinted(example.id, `${total.what} ${total.from}–${total.to}`, parts[total.what], total.value);
      }
      assertSchedule(example);
    });
  }
}

if (existsSync(EXAMPLES_FILE)) {
  describe('published loan maths', () => describeExamples(readExamples()));
} else {
  // As a test: the runner counts no skipped suite, and a file without a test fails.
  test('published loan maths', { skip: 'the examples are not at ../shared/data' });
}
