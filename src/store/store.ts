// What the ledger asks of a database: one way to write, a few ways to read. Both engines offer exactly this.
// Nothing here knows SQL, HTTP or a clock; decisions are made by the caller, inside the write.

import type { BookSums, CausedChange } from '../domain/book.ts';
import type { CalendarDate, CalendarMonth } from '../domain/calendar-date.ts';
import type { LoanTerms } from '../domain/loan.ts';
import type { Currency } from '../domain/money.ts';
import type { HistorySlice, MonthRecord, PaymentKind } from '../domain/payment.ts';

/** A UUID version 7 in its canonical form: lower case, with hyphens. */
export type RecordId = string;

/** Who caused a record: the request that brought it and the name of the key that it carried. */
export interface Origin {
  readonly requestId: string;
  readonly recordedBy: string;
}

/** When the bank learned of something. */
export interface Recording {
  /** The instant, in milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** The bank's calendar date then, never earlier than the book day. */
  readonly on: CalendarDate;
}

export interface LoanRecord {
  readonly id: RecordId;
  /** The bank's own number for the loan; unique, compared byte by byte. */
  readonly reference: string | null;
  readonly terms: LoanTerms;
  readonly recording: Recording;
  readonly origin: Origin;
  /** State, derived from the payments that count. */
  readonly paymentsMade: number;
}

export interface NewPayment {
  readonly id: RecordId;
  readonly loanId: RecordId;
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
  readonly recording: Recording;
  readonly origin: Origin;
}

/** Which loan: by the id that James gave it, or by the bank's own reference. */
export type LoanKey =
  | { readonly by: 'id'; readonly id: RecordId }
  | { readonly by: 'reference'; readonly reference: string };

/** A loan as a write sees it: its record, and its payments from a month on. */
export interface LoanHistory extends HistorySlice {
  readonly loan: LoanRecord;
  readonly records: readonly MonthRecord[];
}

/** What a batch must know before it can decide: loans, each with its payments from a month on. */
export interface WriteNeed {
  readonly loan: LoanKey;
  /** Undefined: the loan's record alone. */
  readonly fromMonth: CalendarMonth | undefined;
}

/** What a batch finds, locked until it commits. Histories stand in the order of the needs. */
export interface WriteState {
  /** Before this date nothing may be recorded any more (DOMAIN.md section 6). */
  readonly bookDay: CalendarDate;
  readonly histories: readonly (LoanHistory | undefined)[];
}

/** What a batch writes, all of it or nothing. */
export interface Writes {
  readonly recording: Recording;
  readonly loans: readonly LoanRecord[];
  readonly payments: readonly NewPayment[];
  /** Made payments that count, of each loan on which that number has changed. */
  readonly paymentsMade: ReadonlyMap<RecordId, { readonly terms: LoanTerms; readonly paymentsMade: number }>;
  /** In key order, none of them zero. */
  readonly changes: readonly CausedChange[];
}

export interface Decided<Result> {
  readonly writes: Writes;
  readonly result: Result;
}

/** A loan with M(asOf), as known on a date. */
export interface LoanAsOf {
  readonly loan: LoanRecord;
  /** Made payments effective on or before the as-of date. */
  readonly paymentsMade: number;
}

/** What is fixed for good when a database is created. */
export interface Bank {
  readonly currency: Currency;
  /** IANA name of the time zone in which the bank's days begin. */
  readonly timeZone: string;
}

/**
 * A database with one bank's loans, payments and book.
 *
 * Every method rejects with StoreUnavailable where the database can't be reached, is full, locked for too long or
 * read-only; the caller may try again later. After a rejected write nothing of it is there — save where the
 * error says that the outcome is unknown.
 */
export interface Store {
  readonly bank: Bank;

  /**
   * One transaction: locks and loads what is needed, asks `decide` — once or, where a race with another writer
   * made the state stale, again on fresh state — writes what it decided together with the book, and commits durably.
   * Resolves after the commit. `decide` must be pure but for its clock and ids.
   */
  write<Result>(needs: readonly WriteNeed[], decide: (state: WriteState) => Decided<Result>): Promise<Result>;

  loanById(id: RecordId): Promise<LoanRecord | undefined>;
  loanByReference(reference: string): Promise<LoanRecord | undefined>;

  /** The loan with its payments as of a date; `knownAt` undefined: everything known now. */
  loanAsOf(
    id: RecordId,
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<LoanAsOf | undefined>;

  /** The book as of a date; `knownAt` undefined: everything known now. */
  bookAsOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): Promise<BookSums>;

  /**
   * The book as of a date, cut by due date at descending edges (arrears.ts: bucketEdges): due on or after the first,
   * between the first and the second, …, before the last. All from one snapshot.
   */
  bookByDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): Promise<BookSums[]>;

  /** Resolves if the database answers. */
  ping(): Promise<void>;

  close(): Promise<void>;
}
