// The PostgreSQL engine: the storage interface on a server that any number of processes share. Writes and questions
// have pools of their own, so that neither waits for the other's connections. A connection that breaks is replaced at
// its next use, so the service comes back by itself when the server does.

import type pg from 'pg';
import type { BookSums } from '../../domain/book.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { currencyOf } from '../../domain/currency.ts';
import { addressText } from '../database-address.ts';
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
import { PostgresBook } from './postgres-book.ts';
import { PostgresBookLine, wholeBook } from './postgres-book-line.ts';
import { PostgresCompaction } from './postgres-compaction.ts';
import {
  closeIdle,
  connectOnce,
  openLine,
  openPool,
  serverSettings,
  withTlsSettled,
} from './postgres-connection.ts';
import { asStoreUnavailable, isConnectionLoss, isSilence } from './postgres-faults.ts';
import { PostgresLoanList } from './postgres-loan-list.ts';
import { PostgresQuestions } from './postgres-questions.ts';
import { requireCurrentSchema } from './postgres-schema.ts';
import { inSnapshot } from './postgres-snapshot.ts';
import { PostgresStatistics } from './postgres-statistics.ts';
import { PostgresWriter } from './postgres-writer.ts';

interface BankRow {
  readonly currency: string;
  readonly time_zone: string;
  readonly lanes: number;
}

export interface PostgresOptions {
  /** How many connections this process may hold, at least 2. */
  readonly pool: number;
  /** Whether this process compacts the book in the background. */
  readonly compacts: boolean;
  /** Whether this process has the server count the tables that it fills. */
  readonly countsTables: boolean;
  /** Whether commits are answered before they are on disk (flushPostgres). */
  readonly isLazy?: boolean;
  /** Told what went wrong in the background. */
  readonly warn: (message: string) => void;
}

function asText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

class PostgresStore implements Store {
  readonly bank: Bank;
  readonly lanes: number;
  readonly writers: number;
  readonly #where: string;
  readonly #url: string;
  readonly #forceDurable: boolean;
  readonly #writing: pg.Pool;
  readonly #asking: pg.Pool;
  readonly #writer: PostgresWriter;
  readonly #questions: PostgresQuestions;
  readonly #loanList: PostgresLoanList;
  readonly #book: PostgresBook;
  readonly #compaction: PostgresCompaction;
  readonly #statistics: PostgresStatistics | undefined;

  constructor(
    url: string,
    { pool, compacts, countsTables, isLazy, warn }: PostgresOptions,
    bank: Bank,
    lanes: number,
    forceDurable: boolean,
  ) {
    this.bank = bank;
    this.lanes = lanes;
    this.writers = Math.ceil(pool / 2);
    this.#where = addressText({ engine: 'postgres', url });
    this.#url = url;
    this.#forceDurable = forceDurable;
    this.#writing = openPool(url, this.writers, { forceDurable, isLazy, isKeyed: true });
    this.#asking = openPool(url, Math.max(1, Math.floor(pool / 2)), { forceDurable, isLazy });
    this.#writer = new PostgresWriter(this.#writing, this.#where);
    this.#questions = new PostgresQuestions(this.#asking, lanes);
    this.#loanList = new PostgresLoanList(this.#asking, lanes);
    this.#book = new PostgresBook(this.#asking);
    const failed = (what: string) => (error: unknown) =>
      warn(`${what}: ${asText(asStoreUnavailable(error, this.#where))}`);
    this.#compaction = new PostgresCompaction({
      pool: this.#asking,
      onFailure: failed('compaction of the book'),
    });
    if (countsTables) {
      this.#statistics = new PostgresStatistics({
        pool: this.#asking,
        onFailure: failed("the server's count of its tables"),
      });
    }
    if (compacts) this.#compaction.start();
  }

  async write<Result>(needs: WriteNeeds, decide: (state: WriteState) => Decided<Result>): Promise<Result> {
    const { result, changes, records } = await this.#writer.write(needs, decide);
    this.#compaction.wrote(changes);
    this.#statistics?.wrote(records);
    return result;
  }

  loanById(id: string): Promise<LoanRecord | undefined> {
    return this.#asked(() => this.#questions.loanById(id));
  }

  loanAsOf(id: string, asOf: CalendarDate, knownAt: CalendarDate | undefined): Promise<LoanAsOf | undefined> {
    return this.#asked(() => this.#questions.loanAsOf(id, asOf, knownAt));
  }

  paymentById(id: string): Promise<{ loan: LoanRecord; payment: PaymentRecord } | undefined> {
    return this.#asked(() => this.#questions.paymentById(id));
  }

  loanRecords(id: string): Promise<LoanRecords | undefined> {
    return this.#asked(() => this.#questions.loanRecords(id));
  }

  loans(filter: LoanFilter, after: string | null, limit: number): Promise<LoanPage | undefined> {
    return this.#asked(() => this.#loanList.page(filter, after, limit));
  }

  bookDay(): Promise<CalendarDate> {
    return this.#asked(() => this.#book.day());
  }

  bookAsOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): Promise<BookSums> {
    return this.#asked(() => this.#book.asOf(asOf, knownAt));
  }

  bookByDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): Promise<BookSums[]> {
    return this.#asked(() => this.#book.byDueDate(asOf, knownAt, edges));
  }

  bookSeries(dates: readonly CalendarDate[], knownAt: CalendarDate | undefined): Promise<BookSums[]> {
    return this.#asked(() => this.#book.series(dates, knownAt));
  }

  bookByDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined,
    bounds: readonly number[],
  ): Promise<BookSums[][]> {
    return this.#asked(() => this.#book.byDueDateSeries(dates, knownAt, bounds));
  }

  bookMovements(
    from: CalendarDate,
    to: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<BookMovements> {
    return this.#asked(() => this.#book.movements(from, to, knownAt));
  }

  openBookLine(): Promise<BookLine> {
    const asFault = (error: unknown) => asStoreUnavailable(error, this.#where);
    return this.#asked(async () =>
      PostgresBookLine.on(await openLine(this.#url, this.#forceDurable), asFault),
    );
  }

  wholeBook(pointsMax: number): Promise<MarkedPoints | undefined> {
    return this.#asked(() => inSnapshot(this.#asking, (client) => wholeBook(client, pointsMax)));
  }

  async othersWrote(): Promise<boolean> {
    return false;
  }

  async ready(): Promise<void> {
    if (await this.#asked(() => this.#book.takesWrites())) return;
    throw new StoreUnavailable('read-only', `${this.#where}: the database is read-only`);
  }

  bookRows(): Promise<Readonly<Record<string, number>>> {
    return this.#asked(() => this.#book.rows());
  }

  async close(): Promise<void> {
    await Promise.all([this.#compaction.stop(), this.#statistics?.stop()]);
    await Promise.all([this.#writing.end(), this.#asking.end()]);
  }

  /** A question whose connection turns out to be broken is asked once more, on another. */
  async #asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question().catch(async (error) => {
        if (!isConnectionLoss(error) || isSilence(error)) throw error;
        await closeIdle(this.#asking);
        return question();
      });
    } catch (error) {
      throw asStoreUnavailable(error, this.#where);
    }
  }
}

/** Opens an existing database of the current schema; throws StoreUnavailable where it is not one. */
export async function openPostgresStore(url: string, options: PostgresOptions): Promise<Store> {
  const where = addressText({ engine: 'postgres', url });
  const settled = await withTlsSettled(url);
  const client = await connectOnce(settled);
  try {
    const { forceDurable } = await serverSettings(client, where);
    await requireCurrentSchema(client, where);
    const { rows } = await client.query<BankRow>('SELECT currency, time_zone, lanes FROM bank');
    const [row] = rows;
    if (row === undefined) {
      throw new StoreUnavailable(
        'schema-not-current',
        `${where}: the bank is not set up; run: james migrate`,
      );
    }
    const currency = currencyOf(row.currency);
    if (currency === undefined) {
      throw new StoreUnavailable(
        'other-bank',
        `${where}: the database's currency ${row.currency} is unknown`,
      );
    }
    return new PostgresStore(
      settled,
      options,
      { currency, timeZone: row.time_zone },
      row.lanes,
      forceDurable,
    );
  } catch (error) {
    throw asStoreUnavailable(error, where);
  } finally {
    await client.end();
  }
}

/** Resolves when all that was committed before is on disk. */
export async function flushPostgres(url: string): Promise<void> {
  const where = addressText({ engine: 'postgres', url });
  const client = await connectOnce(await withTlsSettled(url));
  try {
    // A commit is answered when the log is on disk up to it; one that has written nothing would not wait.
    await client.query('SET synchronous_commit = on');
    await client.query("SELECT pg_logical_emit_message(true, 'james', 'flush')");
  } catch (error) {
    throw asStoreUnavailable(error, where);
  } finally {
    await client.end();
  }
}
