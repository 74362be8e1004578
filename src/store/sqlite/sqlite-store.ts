// The SQLite engine: the storage interface on one file.
// A connection that a fault has made useless is closed and opened again at the next call, so the service comes back
// by itself when the disk does. An outcome is never guessed: what was not committed is reported as failed.

import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { BookSums } from '../../domain/book.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { currencyOf } from '../../domain/currency.ts';
import type {
  Bank,
  BookLine,
  BookMovements,
  Decided,
  LoanAsOf,
  LoanFilter,
  LoanPage,
  LoanRecord,
  LoanRecords,
  MarkedPoints,
  PaymentRecord,
  Store,
  WriteNeeds,
  WriteState,
} from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { SqliteBook } from './sqlite-book.ts';
import { fileIdentity, openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';
import { SqliteLoanList } from './sqlite-loan-list.ts';
import { bankSettings, SqliteQuestions } from './sqlite-questions.ts';
import { requireCurrentSchema } from './sqlite-schema.ts';
import { SqliteWrite } from './sqlite-write.ts';

/** With less room than this a database is not ready for more. */
const FREE_BYTES_MIN = 16 * 1024 * 1024;

/**
 * For so long a read takes the file to be where it was: to look each time took a tenth of a busy server's time. After a file
 * was replaced under a server its answers may be as old as this.
 */
const FILE_SEEN_MS = 10;

interface Session {
  readonly connection: Database.Database;
  readonly identity: string;
  readonly write: SqliteWrite;
  readonly questions: SqliteQuestions;
  readonly loanList: SqliteLoanList;
  readonly book: SqliteBook;
  /** When the file was last seen in its place, by performance.now(). */
  fileSeenMs: number;
  /** PRAGMA data_version, as it was last seen. */
  othersVersion: number;
}

export interface SqliteOptions {
  /** Whether commits are answered before they are on disk (flushSqlite). */
  readonly isLazy?: boolean;
  /** Whether others copy the log into the file (sqlite-checkpoints.ts); a commit does it only where they don't keep up. */
  readonly isCheckpointed?: boolean;
}

/** 256 MiB. */
const LATE_CHECKPOINT_PAGES = 65_536;

function openSession(file: string, { isLazy, isCheckpointed }: SqliteOptions): Session {
  const connection = openConnection(file, { create: false });
  try {
    // The log is flushed when it is copied into the file, not at each commit.
    if (isLazy) connection.pragma('synchronous = NORMAL');
    if (isCheckpointed) connection.pragma(`wal_autocheckpoint = ${LATE_CHECKPOINT_PAGES}`);
    return {
      connection,
      identity: fileIdentity(file),
      write: new SqliteWrite(connection),
      questions: new SqliteQuestions(connection),
      loanList: new SqliteLoanList(connection),
      book: new SqliteBook(connection),
      fileSeenMs: Number.NEGATIVE_INFINITY,
      othersVersion: connection.pragma('data_version', { simple: true }) as number,
    };
  } catch (error) {
    connection.close();
    throw asStoreUnavailable(error, file);
  }
}

class SqliteStore implements Store {
  readonly bank: Bank;
  /** SQLite has one writer at a time. */
  readonly lanes = 1;
  readonly writers = 1;
  readonly #file: string;
  readonly #options: SqliteOptions;
  #session: Session | undefined;

  constructor(file: string, options: SqliteOptions) {
    this.#file = file;
    this.#options = options;
    this.#session = openSession(file, options);
    const { currencyCode, timeZone } = bankSettings(this.#session.connection);
    const currency = currencyOf(currencyCode);
    if (currency === undefined) {
      throw new StoreUnavailable('other-bank', `${file}: the database's currency ${currencyCode} is unknown`);
    }
    this.bank = { currency, timeZone };
  }

  async write<Result>(needs: WriteNeeds, decide: (state: WriteState) => Decided<Result>): Promise<Result> {
    return this.#useSurely((session) => session.write.run(needs, decide));
  }

  async loanById(id: string): Promise<LoanRecord | undefined> {
    return this.#use(({ questions }) => questions.loanById(id));
  }

  async loanAsOf(
    id: string,
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<LoanAsOf | undefined> {
    return this.#use(({ questions }) => questions.loanAsOf(id, asOf, knownAt));
  }

  async paymentById(id: string): Promise<{ loan: LoanRecord; payment: PaymentRecord } | undefined> {
    return this.#use(({ questions }) => questions.paymentById(id));
  }

  async loanRecords(id: string): Promise<LoanRecords | undefined> {
    return this.#use(({ questions }) => questions.loanRecords(id));
  }

  async loans(filter: LoanFilter, after: string | null, limit: number): Promise<LoanPage | undefined> {
    return this.#use(({ loanList }) => loanList.page(filter, after, limit));
  }

  async bookDay(): Promise<CalendarDate> {
    return this.#use(({ book }) => book.day());
  }

  async bookAsOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): Promise<BookSums> {
    return this.#use(({ book }) => book.asOf(asOf, knownAt));
  }

  async bookByDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): Promise<BookSums[]> {
    return this.#use(({ book }) => book.byDueDate(asOf, knownAt, edges));
  }

  async bookSeries(dates: readonly CalendarDate[], knownAt: CalendarDate | undefined): Promise<BookSums[]> {
    return this.#use(({ book }) => book.series(dates, knownAt));
  }

  async bookByDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined,
    bounds: readonly number[],
  ): Promise<BookSums[][]> {
    return this.#use(({ book }) => book.byDueDateSeries(dates, knownAt, bounds));
  }

  async bookMovements(
    from: CalendarDate,
    to: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<BookMovements> {
    return this.#use(({ book }) => book.movements(from, to, knownAt));
  }

  /** The line is the connection itself: it stands as long as that has not been closed for a fault. */
  async openBookLine(): Promise<BookLine> {
    const { connection } = this.#use((session) => session);
    return {
      news: async (since) =>
        this.#use((session) => {
          if (session.connection === connection) return session.book.news(since);
          throw new StoreUnavailable('unreachable', `${this.#file}: the connection was opened anew`);
        }),
      close: async () => undefined,
    };
  }

  async wholeBook(pointsMax: number): Promise<MarkedPoints | undefined> {
    return this.#use(({ book }) => book.points(pointsMax));
  }

  async othersWrote(): Promise<boolean> {
    return this.#use((session) => {
      // It changes when another connection has committed, and with no commit of this one.
      const version = session.connection.pragma('data_version', { simple: true }) as number;
      const wrote = session.othersVersion !== version;
      session.othersVersion = version;
      return wrote;
    });
  }

  async ready(): Promise<void> {
    this.#useSurely(({ book }) => book.ready());
    const { bavail, bsize } = statfsSync(dirname(this.#file));
    if (bavail * bsize >= FREE_BYTES_MIN) return;
    throw new StoreUnavailable('full', `${this.#file}: the disk is almost full`);
  }

  async bookRows(): Promise<Readonly<Record<string, number>>> {
    return this.#use(({ book }) => book.rows());
  }

  async close(): Promise<void> {
    this.#drop();
  }

  /** For writes, and for whoever asks whether all is well: the file is looked at each time. */
  #useSurely<Answer>(work: (session: Session) => Answer): Answer {
    if (this.#session !== undefined) this.#session.fileSeenMs = Number.NEGATIVE_INFINITY;
    return this.#use(work);
  }

  #use<Answer>(work: (session: Session) => Answer): Answer {
    try {
      this.#session ??= openSession(this.#file, this.#options);
      const nowMs = performance.now();
      if (nowMs - this.#session.fileSeenMs > FILE_SEEN_MS) {
        this.#requireSameFile(this.#session);
        this.#session.fileSeenMs = nowMs;
      }
      return work(this.#session);
    } catch (error) {
      const fault = asStoreUnavailable(error, this.#file);
      if (fault instanceof StoreUnavailable && fault.fault !== 'full' && fault.fault !== 'busy') this.#drop();
      throw fault;
    }
  }

  /** A file deleted or replaced under an open connection would take writes that no restart finds again. */
  #requireSameFile(session: Session): void {
    let identity: string | undefined;
    try {
      identity = fileIdentity(this.#file);
    } catch {
      identity = undefined;
    }
    if (identity === session.identity) return;
    throw new StoreUnavailable('unreachable', `${this.#file}: the database file was removed or replaced`);
  }

  #drop(): void {
    this.#session?.connection.close();
    this.#session = undefined;
  }
}

/** Opens an existing database of the current schema; throws StoreUnavailable where it is not one. */
export function openSqliteStore(file: string, options: SqliteOptions = {}): Store {
  requireCurrentSchema(file);
  return new SqliteStore(file, options);
}

/** Returns when all that was committed before is on disk: a checkpoint begins with that. */
export function flushSqlite(file: string): void {
  const connection = openConnection(file, { create: false });
  try {
    connection.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    throw asStoreUnavailable(error, file);
  } finally {
    connection.close();
  }
}
