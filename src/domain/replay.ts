// A loan's records played again from the first: what its state must be and what it must have done to the book.
// An audit compares this with what is stored; it trusts nothing but the records themselves.

import type { BookChange, Cause } from './book.ts';
import { type CalendarDate, formatDate, formatMonth, monthOf } from './calendar-date.ts';
import type { LoanTerms } from './loan.ts';
import { decidePayment, type HistorySlice, type PaymentKind } from './payment.ts';
import { decideLoanReversal, decidePaymentReversal } from './reversal.ts';
import { originationOf } from './timeline.ts';

interface Sequenced {
  readonly sequence: number;
  readonly recordedOn: CalendarDate;
}

export interface ReplayedPayment extends Sequenced {
  readonly id: string;
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
}

export interface ReplayedReversal extends Sequenced {
  /** Null: the loan. */
  readonly paymentId: string | null;
}

export interface RecordedChange extends BookChange {
  readonly recordedOn: CalendarDate;
  readonly cause: Cause;
}

export interface Replay {
  readonly changes: readonly RecordedChange[];
  readonly paymentsMade: number;
  readonly recordCount: number;
  readonly reversed: boolean;
  /** Ids of the payments that were taken back. */
  readonly reversedPayments: ReadonlySet<string>;
  /** What can't have happened as recorded; such a record is left out of the rest. */
  readonly faults: readonly string[];
}

type Entry =
  | (ReplayedPayment & { readonly type: 'payment' })
  | (ReplayedReversal & { readonly type: 'reversal' });

/** Plays the issue of a loan and then its records in the order of their sequence. */
export function replayLoan(
  terms: LoanTerms,
  issuedOn: CalendarDate,
  payments: readonly ReplayedPayment[],
  reversals: readonly ReplayedReversal[],
): Replay {
  const faults: string[] = [];
  const changes: RecordedChange[] = [];
  const reversedPayments = new Set<string>();
  let slice: HistorySlice = { terms, paymentsMade: 0, reversed: false, records: [] };
  let recordedOn = issuedOn;
  let sequence = 1;

  const add = (cause: Cause, on: CalendarDate, added: readonly BookChange[]): void => {
    for (const change of added) changes.push({ ...change, recordedOn: on, cause });
  };

  const play = (entry: Entry): void => {
    if (entry.type === 'payment') {
      const decision = decidePayment(slice, entry);
      if (!decision.ok) {
        const month = formatMonth(monthOf(entry.date));
        faults.push(`payment ${entry.id} of ${month} cannot have been taken: ${decision.refusal.reason}`);
        return;
      }
      const { id, kind, date } = entry;
      const records = [...slice.records, { id, kind, date, reversed: false }];
      slice = { ...slice, paymentsMade: decision.paymentsMade, records };
      add('paid', entry.recordedOn, decision.changes);
      return;
    }
    if (entry.paymentId === null) {
      const decision = decideLoanReversal(slice);
      if (!decision.ok) {
        faults.push(`the loan's reversal cannot have been taken: ${decision.refusal.reason}`);
        return;
      }
      slice = { ...slice, reversed: true };
      add('reversed', entry.recordedOn, decision.changes);
      return;
    }
    const record = slice.records.find(({ id }) => id === entry.paymentId);
    const decision = record === undefined ? undefined : decidePaymentReversal(slice, record);
    if (!decision?.ok) {
      const reason = decision === undefined ? 'there is no such payment before it' : decision.refusal.reason;
      faults.push(`the reversal of payment ${entry.paymentId} cannot have been taken: ${reason}`);
      return;
    }
    slice = decision.after;
    reversedPayments.add(entry.paymentId);
    add('reversed', entry.recordedOn, decision.changes);
  };

  add('issued', issuedOn, originationOf(terms));
  const entries: Entry[] = [
    ...payments.map((payment) => ({ ...payment, type: 'payment' as const })),
    ...reversals.map((reversal) => ({ ...reversal, type: 'reversal' as const })),
  ].sort((a, b) => a.sequence - b.sequence);
  for (const entry of entries) {
    sequence++;
    if (entry.sequence !== sequence) {
      faults.push(`record ${sequence} is missing or stands twice: the next one is number ${entry.sequence}`);
      sequence = entry.sequence;
    }
    if (entry.recordedOn < recordedOn) {
      const dates = `${formatDate(entry.recordedOn)} after ${formatDate(recordedOn)}`;
      faults.push(`record ${entry.sequence} was recorded on ${dates}: recorded dates only move forward`);
    }
    recordedOn = Math.max(recordedOn, entry.recordedOn);
    play(entry);
  }
  const { paymentsMade, reversed } = slice;
  return { changes, paymentsMade, recordCount: sequence, reversed, reversedPayments, faults };
}
