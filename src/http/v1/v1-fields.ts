// Reads money, rates and dates of /v1 requests exactly, and names every field that is out of range.
// Their form has been checked by the schemas before; here it is what they say that counts.

import { type CalendarDate, parseDate } from '../../domain/calendar-date.ts';
import { parseDecimal, toScaledInteger } from '../../domain/decimal.ts';
import type { TermsDecision, TermsFault, TermsField, TermsReason } from '../../domain/loan.ts';
import type { Currency } from '../../domain/money.ts';
import { RATE_DECIMAL_PLACES } from '../../domain/rate.ts';
import type { FieldError } from '../problem.ts';

const DETAILS: Record<TermsReason, string> = {
  'too-large': 'is too large',
  'too-precise': 'has too many decimal places',
  'not-positive': 'must be greater than zero',
  'too-small-for-term': 'is too small for this term: the installment would be zero',
  'below-amount': 'is too small: the installments would not add up to the amount',
  'other-currency': "is not the bank's currency",
};

/** Field errors as one sentence, for logs and for people. */
export function describe(errors: readonly FieldError[]): string {
  return `${errors.map(({ pointer, detail }) => `${pointer.replace(/^\//, '')} ${detail}`).join('; ')}.`;
}

function detailOf({ field, reason }: TermsFault, currency: Currency): string {
  if (reason === 'other-currency') return `${DETAILS[reason]}, ${currency.code}`;
  if (reason === 'not-positive' && field === 'rate') return 'must not be negative';
  if (reason !== 'too-precise') return DETAILS[reason];
  return `must have at most ${field === 'rate' ? RATE_DECIMAL_PLACES : currency.minorDigits} decimal places`;
}

export function termsErrors(faults: readonly TermsFault[], currency: Currency): FieldError[] {
  return faults.map((fault) => ({ pointer: `/${fault.field}`, detail: detailOf(fault, currency) }));
}

/** Collects what breaks a rule while it reads; such a value reads as 0. */
export class V1Fields {
  readonly faults: TermsFault[] = [];
  readonly #currency: Currency;

  constructor(currency: Currency) {
    this.#currency = currency;
  }

  money(field: TermsField, value: string | number): bigint {
    return this.#scaled(field, value, this.#currency.minorDigits);
  }

  rate(field: TermsField, value: string | number): bigint {
    return this.#scaled(field, value, RATE_DECIMAL_PLACES);
  }

  currency(value: string | undefined): void {
    if (value === undefined || value === this.#currency.code) return;
    this.faults.push({ field: 'currency', reason: 'other-currency' });
  }

  #scaled(field: TermsField, value: string | number, decimalPlaces: number): bigint {
    const decimal = parseDecimal(String(value));
    if (decimal === undefined) throw new Error(`the schema let a number through that is none: ${value}`);
    const scaled = toScaledInteger(decimal, decimalPlaces);
    if (scaled.ok) return scaled.value;
    this.faults.push({ field, reason: scaled.reason });
    return 0n;
  }
}

/** The faults of the fields, and those of others that the terms have. */
export function mergedFaults(fields: V1Fields, terms: TermsDecision): TermsFault[] {
  const named = new Set(fields.faults.map(({ field }) => field));
  const others = terms.ok ? [] : terms.faults.filter(({ field }) => !named.has(field));
  return [...fields.faults, ...others];
}

/** A date that its schema has let through. */
export function dateField(text: string): CalendarDate {
  const date = parseDate(text);
  if (date === undefined) throw new Error(`the schema let a date through that is none: ${text}`);
  return date;
}
