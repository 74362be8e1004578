// What the benchmark asks of an engine: databases to measure James on, what they hold, and what their durability
// depends on. Engines differ in their own files (sqlite-engine.ts, postgres-engine.ts) and nowhere else; nothing here
// measures.

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
  facts(): Promise<DatabaseFacts>;
  /**
   * Has done what the engine would do by itself in a quiet minute after many writes, so that no measurement pays for
   * what was written before it.
   */
  settle(): Promise<void>;
}

/** What imports are measured against: a program that brings a file's rows into one table, `KIND CSV URL`. */
export interface Yardstick {
  readonly name: string;
  readonly script: string;
}

/** Disposing of it ends what it has started. */
export interface BenchEngine extends AsyncDisposable {
  readonly name: EngineName;
  readonly yardstick: Yardstick;
  /** Whether it is made for several processes on one database. */
  readonly manyProcesses: boolean;
  freshDatabase(): Promise<BenchDatabase>;
}
