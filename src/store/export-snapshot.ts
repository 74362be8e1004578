// What an export asks of a database: all loans, all payments or the whole book, as they were at one moment, a page at a
// time. An open snapshot holds up nobody, but the database keeps what changes meanwhile beside it: it must not stay open
// for longer than it is read.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { PaymentKind } from '../domain/payment.ts';
import type { RecordedChange } from '../domain/replay.ts';
import type { LoanAsOf, LoanRecord, PaymentRecord, RecordId, Recording } from './store.ts';

interface Asked {
  /** What is effective after this date is left out. */
  readonly asOf: CalendarDate;
  /** What was recorded after this date is left out; undefined: nothing is. */
  readonly knownAt: CalendarDate | undefined;
  /** Effective dates (of loans: of their origination). */
  readonly dateFrom?: CalendarDate;
  readonly dateTo?: CalendarDate;
}

export interface LoansAsked extends Asked {
  readonly reference?: string;
  /** Whether loans that had been taken back come along. */
  readonly reversed: boolean;
}

export interface PaymentsAsked extends Asked {
  readonly reference?: string;
  readonly loanId?: RecordId;
  readonly kind?: PaymentKind;
  /** Whether records that had been taken back come along. */
  readonly reversed: boolean;
}

export interface ChangesAsked extends Asked {
  /** Changes of what was due on this date or before. */
  readonly dueOnOrBefore?: CalendarDate;
}

/** A payment record as known on a date: one taken back later counts as live. */
export interface PaymentOfLoan {
  readonly payment: PaymentRecord;
  readonly reference: string | null;
  readonly installmentCents: bigint;
}

export type SnapshotTable = 'loans' | 'payments' | 'changes';

/** A loan as of a date, as known on a date, with its record. */
export interface LoanRecordAsOf extends Omit<LoanAsOf, 'terms'> {
  readonly loan: LoanRecord;
}

/** One moment of a database. Rows come in pages, none of them empty, always in the same order: what was known by a date that has passed reads the same again at any time. */
export interface Snapshot {
  /** How many rows a table has in all, before any filter: a measure of how far reading it is. */
  rows(table: SnapshotTable): Promise<number>;

  /** Loans whose date is not after the as-of date, in the order of recording (lane by lane). */
  loans(asked: LoansAsked): AsyncGenerator<readonly LoanRecordAsOf[]>;

  /** Payment records, loan by loan in that order, by month and then in the order of recording. */
  payments(asked: PaymentsAsked): AsyncGenerator<readonly PaymentOfLoan[]>;

  /** The book's changes, none of them zero, by recorded date, effective date, due date and cause. */
  changes(asked: ChangesAsked): AsyncGenerator<readonly RecordedChange[]>;

  close(): Promise<void>;
}

/**
 * Snapshots of a database, each on a connection of its own. Everything rejects with StoreUnavailable where the
 * database can't be reached any more.
 */
export interface Snapshots {
  open(): Promise<Snapshot>;
}

/** A reversal that came after the known-at date had not been heard of. */
export function reversedBy(reversed: Recording | null, knownAt: CalendarDate | undefined): Recording | null {
  return reversed !== null && knownAt !== undefined && reversed.on > knownAt ? null : reversed;
}
