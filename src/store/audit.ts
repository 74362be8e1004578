// What `james verify` asks of a database: every loan as it is stored, in one snapshot, and the stored book against
// the one that its records make.

import type { BookSums } from '../domain/book.ts';
import type { CalendarDate, CalendarMonth } from '../domain/calendar-date.ts';
import type { RecordedChange } from '../domain/replay.ts';
import type { LoanRecords, LoanState, RecordHash, RecordId } from './store.ts';

/** A loan with all that is stored of it, what is derived included. */
export interface AuditedLoan extends LoanRecords {
  readonly nextDueOn: CalendarDate | null;
  /** Where each payment is filed: its month, and 0 for the live record of that month. */
  readonly places: readonly {
    readonly paymentId: RecordId;
    readonly month: CalendarMonth;
    readonly place: number;
  }[];
}

/** What a loan's stored state should be. */
export interface RightState extends Omit<LoanState, 'head'> {
  readonly nextDueOn: CalendarDate | null;
}

/** Whether a loan is stored in the state that its records make. */
export function isRight({ loan, nextDueOn }: AuditedLoan, right: RightState): boolean {
  return (
    loan.paymentsMade === right.paymentsMade &&
    loan.recordCount === right.recordCount &&
    nextDueOn === right.nextDueOn &&
    loan.reversed?.at === right.reversed?.at &&
    loan.reversed?.on === right.reversed?.on
  );
}

export interface Audited {
  readonly changes: readonly RecordedChange[];
  readonly state: RightState;
}

/** A row of the book that is not what the records make: stored − right. */
export interface BookDifference {
  readonly table: string;
  readonly key: string;
  readonly difference: BookSums;
}

export interface AuditParts {
  /** Told before the first loan how many there are. */
  readonly onLoans?: (count: number) => void;
  /** Called for each loan, in the order in which they were recorded. */
  readonly visit: (loan: AuditedLoan) => Audited;
  readonly onBookDifference: (difference: BookDifference) => void;
  /** What the database itself finds wrong with its file or its constraints. */
  readonly onDatabaseFault: (fault: string) => void;
  /** Writes the right book and the right states; nobody else writes meanwhile. */
  readonly rebuild: boolean;
}

/** Reads everything in one snapshot, in bounded memory. */
export interface Auditor {
  audit(parts: AuditParts): Promise<void>;

  /** Of each loan that was known on a date, in the order of ids, the hash of its last record as known then. */
  loanHeads(knownAt: CalendarDate, visit: (loanId: RecordId, head: RecordHash) => void): Promise<void>;
}
