// What a caller may ask the ledger to record, and what it may hear back. Plain values: they cross threads.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { LoanTerms, TermsFault } from '../domain/loan.ts';
import type { Cents } from '../domain/money.ts';
import type { PaymentKind, PaymentRefusal } from '../domain/payment.ts';
import type { ReversalRefusal } from '../domain/reversal.ts';
import type { Lane } from '../store/lanes.ts';
import type { LoanKey, LoanRecord, Origin, PaymentRecord, RecordId, ReversalRecord } from '../store/store.ts';

/** What happens to a command that says what is recorded already: refuse it, or skip it (an import run again). */
export type IfRecorded = 'refuse' | 'skip';

/** An idempotency key that came with a command: its answer is kept, and given again to the same request. */
export interface IdempotencyKey {
  readonly key: string;
  /** Of the request's method, path and body; another one under the same key is refused. */
  readonly fingerprint: string;
  /** Which refusals are kept beside successes: all, or those only that the James surface answers with a conflict. */
  readonly keeps: 'refusals' | 'conflicts';
}

interface Commanded {
  readonly origin: Origin;
  readonly idempotency?: IdempotencyKey;
}

export interface IssueLoan extends Commanded {
  readonly kind: 'issue-loan';
  readonly terms: LoanTerms;
  readonly reference: string | null;
  readonly ifRecorded: IfRecorded;
}

/** A refusal by rule that was found before the ledger was asked. */
export type EarlyRefusal =
  | { readonly kind: 'terms-refused'; readonly faults: readonly TermsFault[] }
  | { readonly kind: 'payment-refused'; readonly refusal: PaymentRefusal };

/** Only keeps such a refusal under its key. */
export interface Refuse extends Commanded {
  readonly kind: 'refuse';
  readonly refusal: EarlyRefusal;
}

export interface RecordPayment extends Commanded {
  readonly kind: 'record-payment';
  readonly loan: LoanKey;
  readonly payment: PaymentKind;
  readonly date: CalendarDate;
  /** Omitted: the installment. */
  readonly amountCents?: Cents;
  /** A record of the same loan that is taken back in the same breath. */
  readonly replaces?: RecordId;
  readonly ifRecorded: IfRecorded;
}

export interface ReversePayment extends Commanded {
  readonly kind: 'reverse-payment';
  readonly paymentId: RecordId;
  readonly reason: string | null;
}

export interface ReverseLoan extends Commanded {
  readonly kind: 'reverse-loan';
  readonly loanId: RecordId;
  readonly reason: string | null;
}

/** Sees to it that nothing is recorded before a date any more (DOMAIN.md section 6, the book day). */
export interface PassBookDay {
  readonly kind: 'pass-book-day';
  readonly date: CalendarDate;
}

export type Command = IssueLoan | Refuse | RecordPayment | ReversePayment | ReverseLoan | PassBookDay;

export type IssueOutcome =
  | { readonly kind: 'issued'; readonly loan: LoanRecord }
  | { readonly kind: 'already-recorded' }
  | { readonly kind: 'reference-taken'; readonly by: RecordId }
  | { readonly kind: 'terms-refused'; readonly faults: readonly TermsFault[] };

export type PaymentOutcome =
  | { readonly kind: 'recorded'; readonly payment: PaymentRecord; readonly amountCents: Cents }
  | { readonly kind: 'already-recorded' }
  | { readonly kind: 'unknown-loan' }
  | { readonly kind: 'unknown-payment' }
  | { readonly kind: 'payment-refused'; readonly refusal: PaymentRefusal }
  | { readonly kind: 'reversal-refused'; readonly refusal: ReversalRefusal };

export type PaymentReversalOutcome =
  | { readonly kind: 'payment-reversed'; readonly reversal: ReversalRecord }
  | { readonly kind: 'unknown-payment' }
  | { readonly kind: 'reversal-refused'; readonly refusal: ReversalRefusal };

export type LoanReversalOutcome =
  | { readonly kind: 'loan-reversed'; readonly reversal: ReversalRecord }
  | { readonly kind: 'unknown-loan' }
  | { readonly kind: 'reversal-refused'; readonly refusal: ReversalRefusal };

/** The key was sent before with another request. */
export interface KeyUsed {
  readonly kind: 'key-used';
}

export interface Passed {
  readonly kind: 'passed';
}

export type Outcome =
  | IssueOutcome
  | PaymentOutcome
  | PaymentReversalOutcome
  | LoanReversalOutcome
  | KeyUsed
  | Passed;

/** What a command came to: its outcome, or that of the same request before. */
export interface Answer<O extends Outcome = Outcome> {
  readonly outcome: O;
  /** The request that was answered first, where this is its answer again. */
  readonly replayOf: string | null;
}

export type OutcomeOf<C extends Command> = C extends IssueLoan
  ? IssueOutcome | KeyUsed
  : C extends Refuse
    ? EarlyRefusal | KeyUsed
    : C extends RecordPayment
      ? PaymentOutcome | KeyUsed
      : C extends ReversePayment
        ? PaymentReversalOutcome | KeyUsed
        : C extends ReverseLoan
          ? LoanReversalOutcome | KeyUsed
          : Passed;

/** Commands that one transaction takes: all of one lane, and their idempotency keys of one lane too. */
export interface LaneBatch {
  readonly lane: Lane;
  readonly keyLane: Lane;
  readonly commands: readonly Command[];
}

/** Records a batch durably, all of it in one transaction, and answers each command, in order. */
export type LaneExecutor = (batch: LaneBatch) => Promise<Answer[]>;

/** Records commands of any lanes durably and answers each, in order; rejects where the store is unavailable. */
export type BatchExecutor = (commands: readonly Command[]) => Promise<Answer[]>;
