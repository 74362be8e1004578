// Taking back what was recorded: a payment, or a loan that was issued by mistake (DOMAIN.md section 5).
// Nothing is deleted: a reversal is a record of its own, and the book changes by the timeline's difference.

import type { BookChange } from './book.ts';
import { negateSums } from './book.ts';
import { changesOfMadePayment, type HistorySlice, type MonthRecord } from './payment.ts';
import { originationOf } from './timeline.ts';

export type ReversalRefusal =
  | { readonly reason: 'already-reversed' }
  /** A loan can be taken back only while no live payment stands against it. */
  | { readonly reason: 'has-payments' };

export type PaymentReversal =
  | { readonly ok: true; readonly after: HistorySlice; readonly changes: readonly BookChange[] }
  | { readonly ok: false; readonly refusal: ReversalRefusal };

/** Takes back one record of a loan whose slice begins at the record's month or earlier. The month is free again. */
export function decidePaymentReversal(history: HistorySlice, record: MonthRecord): PaymentReversal {
  if (record.reversed) return { ok: false, refusal: { reason: 'already-reversed' } };
  const made = record.kind === 'made';
  const after: HistorySlice = {
    ...history,
    paymentsMade: history.paymentsMade - (made ? 1 : 0),
    records: history.records.map((other) => (other.id === record.id ? { ...other, reversed: true } : other)),
  };
  return { ok: true, after, changes: made ? changesOfMadePayment(history, record.date, 'goes') : [] };
}

export type LoanReversal =
  | { readonly ok: true; readonly changes: readonly BookChange[] }
  | { readonly ok: false; readonly refusal: ReversalRefusal };

/** Takes back a loan; its slice must be its whole history. Its timeline becomes empty. */
export function decideLoanReversal(history: HistorySlice): LoanReversal {
  if (history.reversed) return { ok: false, refusal: { reason: 'already-reversed' } };
  if (history.records.some((record) => !record.reversed)) {
    return { ok: false, refusal: { reason: 'has-payments' } };
  }
  const changes = originationOf(history.terms).map((change) => ({ ...change, ...negateSums(change) }));
  return { ok: true, changes };
}
