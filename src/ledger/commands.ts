// What a caller may ask the ledger to record, and what it may hear back. Plain values: they cross threads.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { LoanTerms } from '../domain/loan.ts';
import type { Cents } from '../domain/money.ts';
import type { PaymentKind, PaymentRefusal } from '../domain/payment.ts';
import type { LoanKey, LoanRecord, Origin, RecordId, Recording } from '../store/store.ts';

/** What happens to a command that says what is recorded already: refuse it, or skip it (an import run again). */
export type IfRecorded = 'refuse' | 'skip';

export interface IssueLoan {
  readonly kind: 'issue-loan';
  readonly terms: LoanTerms;
  readonly reference: string | null;
  readonly ifRecorded: IfRecorded;
  readonly origin: Origin;
}

export interface RecordPayment {
  readonly kind: 'record-payment';
  readonly loan: LoanKey;
  readonly payment: PaymentKind;
  readonly date: CalendarDate;
  /** Omitted: the installment. */
  readonly amountCents?: Cents;
  readonly ifRecorded: IfRecorded;
  readonly origin: Origin;
}

export type Command = IssueLoan | RecordPayment;

/** A payment as it was just recorded. */
export interface RecordedPayment {
  readonly id: RecordId;
  readonly loanId: RecordId;
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
  readonly amountCents: Cents;
  readonly recording: Recording;
}

export type IssueOutcome =
  | { readonly kind: 'issued'; readonly loan: LoanRecord }
  | { readonly kind: 'already-recorded' }
  | { readonly kind: 'reference-taken'; readonly by: RecordId };

export type PaymentOutcome =
  | { readonly kind: 'recorded'; readonly payment: RecordedPayment }
  | { readonly kind: 'already-recorded' }
  | { readonly kind: 'unknown-loan' }
  | { readonly kind: 'refused'; readonly refusal: PaymentRefusal };

export type Outcome = IssueOutcome | PaymentOutcome;

export type OutcomeOf<C extends Command> = C extends IssueLoan ? IssueOutcome : PaymentOutcome;

/** Records a batch durably and answers each command, in order; rejects where the store is unavailable. */
export type BatchExecutor = (commands: readonly Command[]) => Promise<Outcome[]>;
