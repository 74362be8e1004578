// What a row of an import must say, and what it then stands for. Faults name the field and the reason.

import { type CalendarDate, parseDate } from '../domain/calendar-date.ts';
import { parseDecimal, simpleScaledInteger, toScaledInteger } from '../domain/decimal.ts';
import {
  decideTerms,
  isReference,
  type LoanTerms,
  REFERENCE_LENGTH_MAX,
  TERM_MAX,
  type TermsReason,
} from '../domain/loan.ts';
import type { Cents, Currency } from '../domain/money.ts';
import { PAYMENT_KINDS, type PaymentKind } from '../domain/payment.ts';
import { RATE_DECIMAL_PLACES } from '../domain/rate.ts';
import type { Rounding } from '../domain/rounding.ts';
import type { RowFault } from './source-records.ts';

/** The values of a row, by the place of their column. */
export type Values = readonly (string | undefined)[];

export interface LoanRow {
  readonly reference: string;
  readonly terms: LoanTerms;
}

export interface PaymentRow {
  readonly reference: string;
  readonly payment: PaymentKind;
  readonly date: CalendarDate;
  readonly amountCents: Cents;
}

/** What the bank's own rules say to a row, beside those of its form. */
export interface RowRules {
  readonly currency: Currency;
  readonly rounding: Rounding;
}

/** Thrown by the readers. No Error: there may be one a row, and nobody wants their stacks. */
export class Fault implements RowFault {
  readonly field: string;
  readonly reason: string;

  constructor(field: string, reason: string) {
    this.field = field;
    this.reason = reason;
  }
}

const REASONS: Record<TermsReason, string> = {
  'too-large': 'is too large',
  'too-precise': 'has too many decimal places',
  'other-currency': "is not the bank's currency",
  'not-positive': 'must be greater than zero',
  'too-small-for-term': 'is too small for this term',
  'below-amount': 'is too small: the installments do not add up to the amount',
};

/** A wrong value as a reason quotes it. */
const QUOTED_LENGTH_MAX = 100;

function quoted(written: string): string {
  return written.length <= QUOTED_LENGTH_MAX ? `"${written}"` : `"${written.slice(0, QUOTED_LENGTH_MAX)}…"`;
}

type Places = ReadonlyMap<string, number>;

function placeOf(places: Places, column: string): number {
  return places.get(column) ?? -1;
}

function text(values: Values, place: number, field: string): string {
  const value = values[place]?.trim();
  if (value === undefined || value === '') throw new Fault(field, 'is missing');
  return value;
}

function reference(values: Values, place: number): string {
  const value = text(values, place, 'reference');
  if (!isReference(value)) {
    throw new Fault(
      'reference',
      `must have at most ${REFERENCE_LENGTH_MAX} characters, none of them a control character`,
    );
  }
  return value;
}

function scaled(values: Values, place: number, field: string, decimalPlaces: number): bigint {
  const written = text(values, place, field);
  const simple = simpleScaledInteger(written, decimalPlaces);
  if (simple !== undefined) return simple;
  const decimal = parseDecimal(written);
  if (decimal === undefined) throw new Fault(field, `${quoted(written)} is not a number`);
  const integer = toScaledInteger(decimal, decimalPlaces);
  if (integer.ok) return integer.value;
  if (integer.reason === 'too-large') throw new Fault(field, REASONS['too-large']);
  throw new Fault(
    field,
    decimalPlaces === 0
      ? `${quoted(written)} is not a whole number`
      : `must have at most ${decimalPlaces} decimal places`,
  );
}

function date(values: Values, place: number): CalendarDate {
  const written = text(values, place, 'date');
  const read = parseDate(written);
  if (read === undefined) throw new Fault('date', `${quoted(written)} is not a calendar date (YYYY-MM-DD)`);
  return read;
}

/** Reads rows of loans from a file's columns. */
export function loanReader(places: Places, { currency, rounding }: RowRules): (values: Values) => LoanRow {
  const [byReference, byAmount, byTerm] = [
    placeOf(places, 'reference'),
    placeOf(places, 'amount'),
    placeOf(places, 'term'),
  ];
  const [byRate, byDate, byInstallment] = [
    placeOf(places, 'rate'),
    placeOf(places, 'date'),
    placeOf(places, 'installment'),
  ];
  const { minorDigits } = currency;
  return (values) => {
    const term = scaled(values, byTerm, 'term', 0);
    const isContractual = Boolean(values[byInstallment]?.trim());
    const request = {
      amountCents: scaled(values, byAmount, 'amount', minorDigits),
      rate: scaled(values, byRate, 'rate', RATE_DECIMAL_PLACES),
      // Terms beyond all limits are refused below; a bigint that big would lose digits as a number.
      term: term > BigInt(TERM_MAX) ? TERM_MAX + 1 : Number(term),
      date: date(values, byDate),
      ...(isContractual
        ? { contractualInstallmentCents: scaled(values, byInstallment, 'installment', minorDigits) }
        : {}),
    };
    const decision = decideTerms(request, rounding);
    if (!decision.ok) {
      const { field, reason } = decision.faults[0] as (typeof decision.faults)[number];
      throw new Fault(field, REASONS[reason]);
    }
    return { reference: reference(values, byReference), terms: decision.terms };
  };
}

/** Reads rows of payments from a file's columns. */
export function paymentReader(places: Places, { currency }: RowRules): (values: Values) => PaymentRow {
  const [byReference, byPayment] = [placeOf(places, 'reference'), placeOf(places, 'payment')];
  const [byDate, byAmount] = [placeOf(places, 'date'), placeOf(places, 'amount')];
  return (values) => {
    const loan = reference(values, byReference);
    const written = text(values, byPayment, 'payment');
    const payment = PAYMENT_KINDS.find((kind) => kind === written);
    if (payment === undefined) {
      throw new Fault('payment', `${quoted(written)} is not one of ${PAYMENT_KINDS.join(', ')}`);
    }
    return {
      reference: loan,
      payment,
      date: date(values, byDate),
      amountCents: scaled(values, byAmount, 'amount', currency.minorDigits),
    };
  };
}
