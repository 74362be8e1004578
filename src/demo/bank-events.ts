// What happens in a made-up bank, in the order in which the bank learns of it. No ids: those are given when an event is
// recorded, so what an event points at is named by loan and month.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { LoanRequest } from '../domain/loan.ts';
import type { PaymentKind } from '../domain/payment.ts';

export interface Issue {
  readonly kind: 'issue';
  readonly reference: string;
  readonly request: LoanRequest;
  /** Whether a later event takes the loan back. */
  readonly isMistake: boolean;
}

export interface Payment {
  readonly kind: 'payment';
  readonly reference: string;
  readonly payment: PaymentKind;
  readonly date: CalendarDate;
  /** What becomes of the record: it stands, or a later event of the same month takes it back, or it takes that one back. */
  readonly fate: 'stands' | 'goes' | 'replaces';
}

/** Takes back the payment of a loan in the month of a date. */
export interface PaymentReversal {
  readonly kind: 'payment-reversal';
  readonly reference: string;
  readonly date: CalendarDate;
  readonly reason: string;
}

export interface LoanReversal {
  readonly kind: 'loan-reversal';
  readonly reference: string;
  readonly reason: string;
}

export type BankEvent = Issue | Payment | PaymentReversal | LoanReversal;

/** All that the bank records on one day. */
export interface BankDay {
  readonly date: CalendarDate;
  readonly events: readonly BankEvent[];
}
