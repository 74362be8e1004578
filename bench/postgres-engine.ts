// PostgreSQL as the benchmark needs it: a server of its own from npm, as durable as a bank's (fsync on, everything else
// as the server comes), that ends with the benchmark and leaves nothing behind.

import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { PostgresCompaction } from '../src/store/postgres/postgres-compaction.ts';
import { connectOnce, openPool } from '../src/store/postgres/postgres-connection.ts';
import { embeddedPostgres, PostgresServer } from '../test/support/postgres-server.ts';
import type { BenchDatabase, BenchEngine, BookMaker, DatabaseFacts } from './bench-engine.ts';
import type { BookLoan } from './book-loans.ts';
import { BOOK_NAME } from './book-name.ts';
import { postgresBareBytes } from './postgres-bare-bytes.ts';

/** What a commit's durability depends on, and the memory that every figure depends on. */
const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers'];

const PENDING_LIMIT_MS = 60_000;
const PENDING_PAUSE_MS = 50;

const END_LIMIT_MS = 10_000;
const END_PAUSE_MS = 20;

async function connected<Answer>(url: string, ask: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = await connectOnce(url);
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

interface BookRow {
  readonly id: string;
  readonly date: number;
  readonly installment: number;
  readonly payments_left: number;
  readonly last_month: number | null;
}

const BOOK_COLUMNS = `id, date, installment, term - payments_made AS payments_left,
  (SELECT max(month) FROM payment WHERE lane = loan.lane AND loan_id = loan.id) AS last_month`;

function bookLoanOf(row: BookRow): BookLoan {
  const { id, date, installment, payments_left: paymentsLeft, last_month: lastMonth } = row;
  return { id, date, installmentCents: BigInt(installment), paymentsLeft, lastMonth };
}

class PostgresDatabase implements BenchDatabase {
  readonly engine = 'postgres';
  readonly url: string;
  readonly #remove: () => Promise<void>;

  constructor(url: string, remove: () => Promise<void>) {
    this.url = url;
    this.#remove = remove;
  }

  loans(prefix: string): Promise<BookLoan[]> {
    return connected(this.url, async (client) => {
      const { rows } = await client.query<BookRow>(
        `SELECT ${BOOK_COLUMNS} FROM loan WHERE starts_with(reference, $1) ORDER BY reference`,
        [prefix],
      );
      return rows.map(bookLoanOf);
    });
  }

  loansOf(references: readonly string[]): Promise<BookLoan[]> {
    return connected(this.url, async (client) => {
      // One pass over all loans: without a lane there is no index to find them by.
      const { rows } = await client.query<BookRow>(
        `SELECT ${BOOK_COLUMNS} FROM loan WHERE reference = ANY ($1)`,
        [references],
      );
      return rows.map(bookLoanOf);
    });
  }

  facts(): Promise<DatabaseFacts> {
    return connected(this.url, async (client) => {
      const { rows } = await client.query<{ version: string; bytes: number }>(
        `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
      );
      const [{ version, bytes }] = rows as [{ version: string; bytes: number }];
      const settings = await client.query<{ name: string; setting: string }>(
        'SELECT name, current_setting(name) AS setting FROM unnest($1::text[]) AS name',
        [SETTINGS],
      );
      return {
        version: `PostgreSQL ${version}`,
        settings: Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting])),
        bytes,
      };
    });
  }

  /** James's compaction to its end, and what autovacuum would come for within a minute. */
  async settle(): Promise<void> {
    await this.#compact();
    await connected(this.url, (client) => client.query('VACUUM (ANALYZE)'));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#remove();
  }

  async #compact(): Promise<void> {
    const pool = openPool(this.url, 1);
    // Nothing is done in the background, so nobody needs to be told; what goes wrong is thrown.
    const compaction = new PostgresCompaction({ pool, onFailure: () => {} });
    const until = performance.now() + PENDING_LIMIT_MS;
    try {
      // What others go on writing, an import beside the measurement, does not end.
      const { rows: snapshots } = await pool.query('SELECT pg_current_snapshot()::text AS now');
      const [{ now }] = snapshots as [{ now: string }];
      for (;;) {
        await compaction.run();
        const { rows } = await pool.query(
          'SELECT FROM book_pending WHERE pg_visible_in_snapshot(transaction, $1::pg_snapshot) LIMIT 1',
          [now],
        );
        if (rows.length === 0) return;
        // A server that is measured is at it.
        if (performance.now() > until) throw new Error('changes of the book are still pending');
        await sleep(PENDING_PAUSE_MS);
      }
    } finally {
      await pool.end();
    }
  }
}

/**
 * For an exit handler, which can't await: the server has been told to end (by the exit handler of PostgresServer) and
 * is still writing to its directory, until at last its process file goes.
 */
function removeWhenEnded(directory: string): void {
  const until = performance.now() + END_LIMIT_MS;
  const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  while (existsSync(join(directory, 'data/postmaster.pid')) && performance.now() < until) {
    Atomics.wait(nothing, 0, 0, END_PAUSE_MS);
  }
  rmSync(directory, { recursive: true, force: true });
}

/** A book need not survive a crash while it is made; its server is told by the URL. */
const NOT_FLUSHED = `?options=${encodeURIComponent('-c synchronous_commit=off')}`;

/** `kept`, where it is given, is the folder of a server whose books stay. */
export async function startPostgresEngine(kept: string | undefined): Promise<BenchEngine> {
  const keptIn = kept === undefined ? {} : { keptIn: resolve(kept) };
  const server = await PostgresServer.start(embeddedPostgres(), { fsync: true, ...keptIn });
  const removeDirectory = () => removeWhenEnded(server.directory);
  if (kept === undefined) process.once('exit', removeDirectory);
  const run = `bench_${process.pid}`;
  let databases = 0;
  const onServer = (statement: string) =>
    connected(server.url('postgres'), async (client) => client.query(statement));

  // What a run that was ended from outside has left beside kept books.
  const { rows: left } = await onServer(
    `SELECT datname FROM pg_database WHERE starts_with(datname, 'bench_')`,
  );
  for (const { datname } of left) await onServer(`DROP DATABASE ${datname} WITH (FORCE)`);

  const freshDatabase = async (template = 'template1'): Promise<PostgresDatabase> => {
    const name = `${run}_${++databases}`;
    await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
    return new PostgresDatabase(server.url(name), async () => {
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    });
  };

  /** The name of a kept book's database, which is made where it is missing; it gets its name only when it is whole. */
  const keptBook = async (loans: number, make: BookMaker): Promise<string> => {
    const name = `${BOOK_NAME.replace('-', '_')}_${loans}`;
    const { rows } = await onServer(`SELECT FROM pg_database WHERE datname = '${name}'`);
    if (rows.length > 0) return name;
    await onServer(`DROP DATABASE IF EXISTS ${name}_making WITH (FORCE)`);
    await onServer(`CREATE DATABASE ${name}_making`);
    await make(server.url(`${name}_making`) + NOT_FLUSHED, loans);
    await new PostgresDatabase(server.url(`${name}_making`), async () => {}).settle();
    await onServer(`ALTER DATABASE ${name}_making RENAME TO ${name}`);
    return name;
  };

  return {
    name: 'postgres',
    yardstick: { name: 'COPY', script: join(import.meta.dirname, 'bare-copy.ts') },
    manyProcesses: true,
    freshDatabase: () => freshDatabase(),
    book: async (loans, make) => {
      if (kept !== undefined) return freshDatabase(await keptBook(loans, make));
      const database = await freshDatabase();
      await make(database.url + NOT_FLUSHED, loans);
      await database.settle();
      return database;
    },
    bareBytes: async (records) => {
      await using database = await freshDatabase();
      return await connected(database.url, (client) => postgresBareBytes(client, records));
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      process.removeListener('exit', removeDirectory);
    },
  };
}
