// What the benchmark asks of an engine: databases to measure James on, what they hold, what their durability depends
// on, and the engine's own yardsticks. Engines differ in their own files (sqlite-*.ts, postgres-*.ts) and nowhere else;
// nothing here measures James.

import type { LoanRecords } from '../src/store/store.ts';
import type { BookLoan } from './book-loans.ts';

export const ENGINE_NAMES = ['sqlite', 'postgres'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface DatabaseFacts {
  /** For people, with the engine's name: "PostgreSQL 18.4". */
  readonly version: string;
  /** What durability depends on, by the engine's own names, as it is and not as it is meant to be. */
  readonly settings: Readonly<Record<string, string>>;
  readonly bytes: number;
}

/** A place for a database; empty until a program makes one there. Disposing of it removes it. */
export interface BenchDatabase extends AsyncDisposable {
  readonly engine: EngineName;
  /** What DATABASE_URL is set to. */
  readonly url: string;
  /** The loans whose reference begins with a prefix, by reference. */
  loans(prefix: string): Promise<BookLoan[]>;
  /** The loans with these references, in no order. */
  loansOf(references: readonly string[]): Promise<BookLoan[]>;
  facts(): Promise<DatabaseFacts>;
  /**
   * Has done what the engine would do by itself in a quiet minute after many writes, so that no measurement pays for
   * what was written before it.
   */
  settle(): Promise<void>;
}

/** What imports are measured against: a program that brings a file's rows into one table, `KIND CSV URL`. */
export interface ImportYardstick {
  readonly name: string;
  readonly script: string;
}

/** One bare table's room on disk for the records of some loans. */
export interface BareBytes {
  readonly loanBytes: number;
  readonly paymentBytes: number;
}

/** Makes a book of so many loans at a URL. */
export type BookMaker = (url: string, loans: number) => Promise<void>;

/** Disposing of it ends what it has started; kept books stay. */
export interface BenchEngine extends AsyncDisposable {
  readonly name: EngineName;
  readonly yardstick: ImportYardstick;
  /** Whether it is made for several processes on one database. */
  readonly manyProcesses: boolean;
  freshDatabase(): Promise<BenchDatabase>;
  /**
   * A database with a book of so many loans, to be used up: a copy of the one that is kept, which is made where it is
   * missing; where none are kept, one that is made anew.
   */
  book(loans: number, make: BookMaker): Promise<BenchDatabase>;
  /** What the same records take in two bare tables without any index, for each loan and each payment. */
  bareBytes(records: readonly LoanRecords[]): Promise<BareBytes>;
}
