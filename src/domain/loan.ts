// What a loan is, and which loans a bank can issue: the limits of DOMAIN.md section 2.

import { installmentOf } from './annuity.ts';
import { addMonths, type CalendarDate, DATE_MAX } from './calendar-date.ts';
import { AMOUNT_CENTS_MAX, type Cents, TOTAL_CENTS_MAX } from './money.ts';
import { RATE_MAX, type Rate } from './rate.ts';
import type { Rounding } from './rounding.ts';

/** The longest loan, in months. */
export const TERM_MAX = 1200;

/** The longest reference of a loan, in characters (code points). */
export const REFERENCE_LENGTH_MAX = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** What most references are: known at a glance. */
const PLAIN_REFERENCE = /^[\x20-\x7e]{1,100}$/;

/** Whether a text can be a loan's reference: 1 to 100 characters that a database gives back as they were. */
export function isReference(text: string): boolean {
  if (PLAIN_REFERENCE.test(text)) return true;
  const { length } = [...text];
  return (
    length >= 1 && length <= REFERENCE_LENGTH_MAX && !CONTROL_CHARACTER.test(text) && text.isWellFormed()
  );
}

/** The terms of an issued loan; none of them ever changes. */
export interface LoanTerms {
  readonly amountCents: Cents;
  readonly rate: Rate;
  /** Months, 1 to 1,200. */
  readonly term: number;
  /** The origination date. */
  readonly date: CalendarDate;
  /** The fixed monthly payment, stored for good when the loan is issued. */
  readonly installmentCents: Cents;
}

export interface LoanRequest {
  readonly amountCents: Cents;
  readonly rate: Rate;
  readonly term: number;
  readonly date: CalendarDate;
  /** The installment that a contract made elsewhere states; without it the bank's own rounding decides. */
  readonly contractualInstallmentCents?: Cents;
}

export type TermsField = 'amount' | 'rate' | 'term' | 'installment' | 'currency';

export type TermsReason =
  | 'too-large'
  /** More decimal places than the field has. */
  | 'too-precise'
  | 'not-positive'
  | 'too-small-for-term'
  /** The contractual installments do not even add up to the amount. */
  | 'below-amount'
  | 'other-currency';

export interface TermsFault {
  readonly field: TermsField;
  readonly reason: TermsReason;
}

export type TermsDecision =
  | { readonly ok: true; readonly terms: LoanTerms }
  | { readonly ok: false; readonly faults: readonly TermsFault[] };

/**
 * The terms of the loan that is asked for, with its installment, or every field that stands against it.
 * Rate 0 is taken here; the James surface refuses it by itself.
 */
export function decideTerms(request: LoanRequest, rounding: Rounding): TermsDecision {
  const faults: TermsFault[] = [];
  const { amountCents, rate, term, date } = request;
  if (amountCents <= 0n) faults.push({ field: 'amount', reason: 'not-positive' });
  if (amountCents > AMOUNT_CENTS_MAX) faults.push({ field: 'amount', reason: 'too-large' });
  if (rate < 0n) faults.push({ field: 'rate', reason: 'not-positive' });
  if (rate > RATE_MAX) faults.push({ field: 'rate', reason: 'too-large' });
  if (term < 1) faults.push({ field: 'term', reason: 'not-positive' });
  if (term > TERM_MAX || (term >= 1 && addMonths(date, term) > DATE_MAX)) {
    faults.push({ field: 'term', reason: 'too-large' });
  }
  if (faults.length > 0) return { ok: false, faults };

  const contractual = request.contractualInstallmentCents;
  const field = contractual === undefined ? 'amount' : 'installment';
  const installmentCents = contractual ?? installmentOf(amountCents, rate, term, rounding);
  const totalCents = installmentCents * BigInt(term);
  if (installmentCents <= 0n) {
    const reason = contractual === undefined ? 'too-small-for-term' : 'not-positive';
    return { ok: false, faults: [{ field, reason }] };
  }
  if (totalCents > TOTAL_CENTS_MAX) return { ok: false, faults: [{ field, reason: 'too-large' }] };
  if (contractual !== undefined && totalCents < amountCents) {
    return { ok: false, faults: [{ field, reason: 'below-amount' }] };
  }
  return { ok: true, terms: { amountCents, rate, term, date, installmentCents } };
}

/** installment × term: all that the borrower pays. */
export function totalOf(terms: LoanTerms): Cents {
  return terms.installmentCents * BigInt(terms.term);
}
