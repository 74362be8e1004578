// Reads money, rates and dates of /v1 requests exactly, and names every field that is out of range.
// Their form has been checked by the schemas before; here it is what they say that counts.

import { type CalendarDate, parseDate } from '../../domain/calendar-date.ts';
import { parseDecimal, toScaledInteger } from '../../domain/decimal.ts';
import type { TermsFault, TermsReason } from '../../domain/loan.ts';
import type { Currency } from '../../domain/money.ts';
import { RATE_DECIMAL_PLACES } from '../../domain/rate.ts';
import type { FieldError } from '../problem.ts';

export const TERMS_DETAILS: Record<TermsReason, string> = {
  'too-large': 'is too large',
  'not-positive': 'must be greater than zero',
  'too-small-for-term': 'is too small for this term: the installment would be zero',
  'below-amount': 'is too small: the installments would not add up to the amount',
};

/** Field errors as one sentence, for logs and for people. */
export function describe(errors: readonly FieldError[]): string {
  return `${errors.map(({ pointer, detail }) => `${pointer.replace(/^\//, '')} ${detail}`).join('; ')}.`;
}

export function termsErrors(faults: readonly TermsFault[]): FieldError[] {
  return faults.map(({ field, reason }) => ({ pointer: `/${field}`, detail: TERMS_DETAILS[reason] }));
}

/** Collects what is out of range while it reads. */
export class V1Fields {
  readonly errors: FieldError[] = [];
  readonly #currency: Currency;

  constructor(currency: Currency) {
    this.#currency = currency;
  }

  money(member: string, value: string | number): bigint {
    return this.#scaled(member, value, this.#currency.minorDigits);
  }

  rate(member: string, value: string | number): bigint {
    return this.#scaled(member, value, RATE_DECIMAL_PLACES);
  }

  currency(value: string | undefined): void {
    const { code } = this.#currency;
    if (value === undefined || value === code) return;
    this.errors.push({ pointer: '/currency', detail: `is not the bank's currency, ${code}` });
  }

  #scaled(member: string, value: string | number, decimalPlaces: number): bigint {
    const decimal = parseDecimal(String(value));
    const scaled = decimal === undefined ? undefined : toScaledInteger(decimal, decimalPlaces);
    if (scaled?.ok === true) return scaled.value;
    const detail =
      scaled?.reason === 'too-precise'
        ? `must have at most ${decimalPlaces} decimal places`
        : TERMS_DETAILS['too-large'];
    this.errors.push({ pointer: `/${member}`, detail });
    return 0n;
  }
}

/** A date that its schema has let through. */
export function dateField(text: string): CalendarDate {
  const date = parseDate(text);
  if (date === undefined) throw new Error(`the schema let a date through that is none: ${text}`);
  return date;
}
