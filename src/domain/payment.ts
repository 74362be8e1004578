// Whether a payment record is taken, and what it does to the book (DOMAIN.md section 5).

import type { BookChange } from './book.ts';
import { type CalendarDate, type CalendarMonth, monthOf } from './calendar-date.ts';
import type { LoanTerms } from './loan.ts';
import type { Cents } from './money.ts';
import { paymentChanges, timelineDifference } from './timeline.ts';

export type PaymentKind = 'made' | 'missed';

export const PAYMENT_KINDS: readonly PaymentKind[] = ['made', 'missed'];

/** One month's record of a loan, as far as decisions need it. */
export interface MonthRecord {
  readonly id: string;
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
  /** A reversed record no longer counts. */
  readonly reversed: boolean;
}

/**
 * A loan's history from a month on: what deciding about that month and later ones needs. How many payments were
 * made before is all that matters of the rest, since a month holds one record and so months order payments.
 */
export interface HistorySlice {
  readonly terms: LoanTerms;
  /** Made payments that count, of the whole loan. */
  readonly paymentsMade: number;
  /** A loan that was issued by mistake and taken back takes no payments. */
  readonly reversed: boolean;
  /** All records of `fromMonth` and later months, by month; reversed ones included. */
  readonly records: readonly MonthRecord[];
}

export interface PaymentRequest {
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
  /** Omitted: the installment. */
  readonly amountCents?: Cents;
}

export type PaymentRefusal =
  /** Not the bank's currency; a caller finds this before it asks. */
  | { readonly reason: 'other-currency' }
  | { readonly reason: 'loan-reversed' }
  | { readonly reason: 'before-loan'; readonly loanDate: CalendarDate }
  | { readonly reason: 'wrong-amount'; readonly installmentCents: Cents }
  | { readonly reason: 'duplicate'; readonly month: CalendarMonth }
  | { readonly reason: 'paid-off' };

export type PaymentDecision =
  | { readonly ok: true; readonly paymentsMade: number; readonly changes: readonly BookChange[] }
  | { readonly ok: false; readonly refusal: PaymentRefusal };

/** The effective dates of the made payments of a slice that count, ascending. */
function madeDates(records: readonly MonthRecord[]): CalendarDate[] {
  return records
    .filter((record) => record.kind === 'made' && !record.reversed)
    .map((record) => record.date)
    .sort((a, b) => a - b);
}

/**
 * The change of a loan's timeline when a made payment comes in on a date or is taken back from it. Only what is
 * effective on or after that date moves: a payment in the past makes each later one pay the next installment.
 */
export function changesOfMadePayment(
  history: HistorySlice,
  date: CalendarDate,
  direction: 'comes' | 'goes',
): BookChange[] {
  const others = madeDates(history.records);
  if (direction === 'goes') {
    const place = others.indexOf(date);
    if (place === -1) throw new Error('a payment goes that is not there');
    others.splice(place, 1);
  }
  const later = others.filter((other) => other > date);
  const madeBefore = history.paymentsMade - (direction === 'goes' ? 1 : 0) - later.length;
  const without = paymentChanges(history.terms, madeBefore, later);
  const within = paymentChanges(history.terms, madeBefore, [date, ...later]);
  // Most payments come in order: nothing was there before, and one payment's two changes have two due dates.
  if (direction === 'comes' && later.length === 0) return within;
  return direction === 'comes' ? timelineDifference(without, within) : timelineDifference(within, without);
}

/**
 * Decides a payment record against a loan's history, whose slice begins at the payment's month or earlier.
 * Checks run: date, amount, duplicate, paid off.
 */
export function decidePayment(history: HistorySlice, request: PaymentRequest): PaymentDecision {
  const { terms, paymentsMade } = history;
  if (history.reversed) return { ok: false, refusal: { reason: 'loan-reversed' } };
  if (request.date < terms.date) {
    return { ok: false, refusal: { reason: 'before-loan', loanDate: terms.date } };
  }
  if (request.amountCents !== undefined && request.amountCents !== terms.installmentCents) {
    return {
      ok: false,
      refusal: { reason: 'wrong-amount', installmentCents: terms.installmentCents },
    };
  }
  const month = monthOf(request.date);
  if (history.records.some((record) => !record.reversed && monthOf(record.date) === month)) {
    return { ok: false, refusal: { reason: 'duplicate', month } };
  }
  if (request.kind === 'missed') return { ok: true, paymentsMade, changes: [] };
  if (paymentsMade >= terms.term) return { ok: false, refusal: { reason: 'paid-off' } };
  const changes = changesOfMadePayment(history, request.date, 'comes');
  return { ok: true, paymentsMade: paymentsMade + 1, changes };
}
