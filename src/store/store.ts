// What the ledger asks of a database: one way to write, a few ways to read. Both engines offer exactly this.
// Nothing here knows SQL, HTTP or a clock; decisions are made by the caller, inside the write.

import type { BookSums, CausedChange } from '../domain/book.ts';
import type { CalendarDate, CalendarMonth } from '../domain/calendar-date.ts';
import type { LoanTerms } from '../domain/loan.ts';
import type { Currency } from '../domain/money.ts';
import type { HistorySlice, PaymentKind } from '../domain/payment.ts';
import type { ImportPlace, ImportStep } from './import-store.ts';
import type { Lane } from './lanes.ts';
import type { RecordId } from './record-id.ts';

export type { RecordId } from './record-id.ts';

/** Hexadecimal SHA-256, of 64 characters (record-chain.ts). */
export type RecordHash = string;

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

/** A loan's state: it follows from the loan's records and changes with each of them. */
export interface LoanState {
  /** Made payments that count. */
  readonly paymentsMade: number;
  /** Records so far, the issue itself included: the next one's place in the loan's history. */
  readonly recordCount: number;
  /** When the loan was taken back, if it was. */
  readonly reversed: Recording | null;
  /** The hash of its last record, which covers all before (record-chain.ts). */
  readonly head: RecordHash;
}

export interface LoanRecord extends LoanState {
  readonly id: RecordId;
  /** The bank's own number for the loan; unique, compared byte by byte. */
  readonly reference: string | null;
  readonly terms: LoanTerms;
  readonly recording: Recording;
  readonly origin: Origin;
  /** Of its issue: the first link of the loan's chain. */
  readonly hash: RecordHash;
}

export interface PaymentRecord {
  readonly id: RecordId;
  readonly loanId: RecordId;
  /** Its place in the loan's history; the issue is 1. */
  readonly sequence: number;
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
  readonly recording: Recording;
  readonly origin: Origin;
  readonly hash: RecordHash;
  readonly reversed: Recording | null;
}

/** What took a payment, or the loan itself, back. */
export interface ReversalRecord {
  readonly id: RecordId;
  readonly loanId: RecordId;
  readonly sequence: number;
  /** Null: the loan. */
  readonly paymentId: RecordId | null;
  readonly reason: string | null;
  readonly recording: Recording;
  readonly origin: Origin;
  readonly hash: RecordHash;
}

/** Which loan: by the id that James gave it, by the bank's own reference, or by a payment of it. */
export type LoanKey =
  | { readonly by: 'id'; readonly id: RecordId }
  | { readonly by: 'reference'; readonly reference: string }
  | { readonly by: 'payment'; readonly paymentId: RecordId };

/** A loan as a write sees it: its record, and its payments from a month on. */
export interface LoanHistory extends HistorySlice {
  readonly loan: LoanRecord;
}

/** A loan that a batch must know, with its payments from a month on. */
export interface HistoryNeed {
  readonly loan: LoanKey;
  /**
   * Undefined: the loan's record alone. A key by payment reaches back to that payment's month at least. A loan that is
   * only looked up, by its reference and without months, need not be locked.
   */
  readonly fromMonth: CalendarMonth | undefined;
}

/** Whose idempotency key. */
export interface AnswerKey {
  /** The name of the credential that sent it. */
  readonly owner: string;
  readonly key: string;
}

/** The outcome that was kept under an idempotency key. */
export interface KeptAnswer extends AnswerKey {
  /** Of method, path and body of the request that the key is bound to. */
  readonly fingerprint: string;
  /** The outcome, as the ledger wrote it down. */
  readonly outcome: string;
  /** The request that was answered first. */
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
}

/** What a batch must know before it can decide, and where it writes. */
export interface WriteNeeds {
  /** The one lane of the loans that the batch names and makes; what is in another lane it does not find. */
  readonly lane: Lane;
  /** The one lane of its idempotency keys. */
  readonly keyLane: Lane;
  readonly histories: readonly HistoryNeed[];
  readonly answers: readonly AnswerKey[];
  /** Whether it moves the book day on its own account: then it waits for all writers under way. */
  readonly passesBookDay: boolean;
  /** The import that it moves on; the write fails with ImportMoved where that stands elsewhere. */
  readonly importPlace?: ImportPlace;
}

/** What a batch finds, locked until it commits; each list in the order of its needs. */
export interface WriteState {
  /** Before this date nothing may be recorded any more (DOMAIN.md section 6). */
  readonly bookDay: CalendarDate;
  readonly histories: readonly (LoanHistory | undefined)[];
  readonly answers: readonly (KeptAnswer | undefined)[];
}

/** What a batch writes, all of it or nothing. */
export interface Writes {
  readonly recording: Recording;
  /** The book day from now on; never earlier than it was. */
  readonly bookDay: CalendarDate;
  readonly loans: readonly LoanRecord[];
  readonly payments: readonly PaymentRecord[];
  readonly reversals: readonly ReversalRecord[];
  /** The new state of each loan that got a record after its issue. */
  readonly states: ReadonlyMap<RecordId, { readonly terms: LoanTerms; readonly state: LoanState }>;
  /** In key order, none of them zero. */
  readonly changes: readonly CausedChange[];
  readonly answers: readonly KeptAnswer[];
  /** Kept answers recorded before this instant may be dropped, a few with each write. */
  readonly answersExpireBefore: number;
  /** How it moves the import on that its needs named. */
  readonly importStep?: ImportStep;
}

export interface Decided<Result> {
  readonly writes: Writes;
  readonly result: Result;
}

/** A loan as of a date, as known on a date. */
export interface LoanAsOf {
  readonly terms: LoanTerms;
  /** M(asOf): made payments effective on or before the as-of date. */
  readonly paymentsMade: number;
  /** Whether the loan had been taken back, as far as was known. */
  readonly reversed: boolean;
}

/** Everything recorded of one loan, by its place in the loan's history. */
export interface LoanRecords {
  readonly loan: LoanRecord;
  readonly payments: readonly PaymentRecord[];
  readonly reversals: readonly ReversalRecord[];
}

export type LoanStatusFilter = 'active' | 'paid_off' | 'reversed';

/** Which loans a list takes; every member narrows it. */
export interface LoanFilter {
  readonly reference?: string;
  readonly status?: LoanStatusFilter;
  readonly dateFrom?: CalendarDate;
  readonly dateTo?: CalendarDate;
  /** Active loans whose next installment falls due on this date or after. */
  readonly dueOnOrAfter?: CalendarDate;
  /** Active loans whose next installment falls due on this date or before. */
  readonly dueOnOrBefore?: CalendarDate;
  /** Loans that have no payment record for this month that counts. */
  readonly withoutRecordIn?: CalendarMonth;
}

export interface LoanPage {
  readonly loans: readonly LoanRecord[];
  /** Where the next page begins; null at the end. Opaque: an engine reads its own. */
  readonly next: string | null;
}

/** The book's movements in a period: what stood before it, and what each cause changed. */
export interface BookMovements {
  readonly opening: BookSums;
  readonly issued: BookSums;
  readonly paid: BookSums;
  readonly reversed: BookSums;
}

/** What is fixed for good when a database is created. */
export interface Bank {
  readonly currency: Currency;
  /** IANA name of the time zone in which the bank's days begin. */
  readonly timeZone: string;
}

/** How far a reader of the book has come; only the engine that gave it can read it. */
export type BookMark = string;

/** Points of the book (book-points.ts), and how far they go. */
export interface MarkedPoints {
  readonly points: Float64Array;
  readonly mark: BookMark;
}

/**
 * A standing line to the database, by which a reader of the whole book keeps up with it. What it tells is good only as
 * long as the line has stood since before the book was read: a database that crashed in between or was replaced may
 * have another past.
 */
export interface BookLine {
  /**
   * What every writer, in whatever process, has committed since a mark, up to now. Undefined where the mark lies too far
   * back: then the whole book must be read again. Rejects with StoreUnavailable, from then on for ever, when it is broken.
   */
  news(since: BookMark): Promise<MarkedPoints | undefined>;
  close(): Promise<void>;
}

/**
 * A database with one bank's loans, payments and book.
 *
 * Every method rejects with StoreUnavailable where the database can't be reached, is full, locked for too long or
 * read-only; the caller may try again later. After a rejected write nothing of it is there, unless the connection
 * broke during the commit itself.
 *
 * Where a question takes `knownAt`, undefined means everything known now.
 */
export interface Store {
  readonly bank: Bank;
  /** How many lanes the database has. */
  readonly lanes: number;
  /** How many writes are worth having under way at once. */
  readonly writers: number;

  /**
   * One transaction: locks and loads what is needed, asks `decide` — once or, where a race with another writer
   * made the state stale or the connection broke before the commit, again on fresh state — writes what it decided
   * together with the book, and commits durably. Resolves after the commit. `decide` must be pure but for its clock
   * and ids.
   */
  write<Result>(needs: WriteNeeds, decide: (state: WriteState) => Decided<Result>): Promise<Result>;

  loanById(id: RecordId): Promise<LoanRecord | undefined>;

  /** The loan with its payments as of a date; undefined also where it was not yet known. */
  loanAsOf(
    id: RecordId,
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<LoanAsOf | undefined>;

  /** A payment record, with its loan. */
  paymentById(id: RecordId): Promise<{ loan: LoanRecord; payment: PaymentRecord } | undefined>;

  /** Everything that was ever recorded of a loan. */
  loanRecords(id: RecordId): Promise<LoanRecords | undefined>;

  /**
   * A page of loans. By the order in which they were recorded; where the filter asks for dates, by date first; where
   * it asks for loans past due, by due date first. Undefined where `after` is no cursor of such a list.
   */
  loans(filter: LoanFilter, after: string | null, limit: number): Promise<LoanPage | undefined>;

  /** Before this date nothing is recorded any more. */
  bookDay(): Promise<CalendarDate>;

  /** The book as of a date. */
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

  /** The book as of each date (ascending), in one pass. */
  bookSeries(dates: readonly CalendarDate[], knownAt: CalendarDate | undefined): Promise<BookSums[]>;

  /** The book as of each date (ascending), cut at its bucket edges, in one pass. */
  bookByDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined,
    bounds: readonly number[],
  ): Promise<BookSums[][]>;

  /** What stood before `from`, and what changed effective in from … to, by cause. */
  bookMovements(
    from: CalendarDate,
    to: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<BookMovements>;

  /** Opens a line; the caller closes it. */
  openBookLine(): Promise<BookLine>;

  /** All points of the book; undefined where there are more than `pointsMax`. */
  wholeBook(pointsMax: number): Promise<MarkedPoints | undefined>;

  /**
   * Whether others have written since this was last asked, or since the store was opened, whom a long write of this store
   * holds up; false where writers pass one another.
   */
  othersWrote(): Promise<boolean>;

  /** Resolves if the database can take questions and writes, and has room for more. */
  ready(): Promise<void>;

  /** How many rows each of the book's tables has. */
  bookRows(): Promise<Readonly<Record<string, number>>>;

  close(): Promise<void>;
}
