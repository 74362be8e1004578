// SQLite as the benchmark needs it: files in the benchmark's folder, read through connections as James opens them.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { idText } from '../src/store/sqlite/loan-rows.ts';
import { openConnection } from '../src/store/sqlite/sqlite-connection.ts';
import type { BenchDatabase, BenchEngine, BookMaker, DatabaseFacts } from './bench-engine.ts';
import type { BookLoan } from './book-loans.ts';
import { BOOK_NAME } from './book-name.ts';
import { sqliteBareBytes } from './sqlite-bare-bytes.ts';

const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

interface BookRow {
  readonly id: Buffer;
  readonly date: number;
  readonly installment: number;
  readonly payments_left: number;
  readonly last_month: number | null;
}

const BOOK_COLUMNS = `id, date, installment, term - payments_made AS payments_left,
  (SELECT max(month) FROM payment WHERE loan_no = loan.no) AS last_month`;

function bookLoanOf(row: BookRow): BookLoan {
  const { id, date, installment, payments_left: paymentsLeft, last_month: lastMonth } = row;
  return { id: idText(id), date, installmentCents: BigInt(installment), paymentsLeft, lastMonth };
}

function urlOf(file: string): string {
  return `sqlite:///${file}`;
}

class SqliteDatabase implements BenchDatabase {
  readonly engine = 'sqlite';
  readonly url: string;
  readonly file: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.file = join(folder, 'james.sqlite');
    this.url = urlOf(this.file);
  }

  async loans(prefix: string): Promise<BookLoan[]> {
    return this.#connected((connection) =>
      connection
        .prepare<[string, string], BookRow>(
          `SELECT ${BOOK_COLUMNS} FROM loan WHERE reference >= ? AND reference < ? ORDER BY reference`,
        )
        // Digits follow the prefix.
        .all(prefix, `${prefix}:`)
        .map(bookLoanOf),
    );
  }

  async loansOf(references: readonly string[]): Promise<BookLoan[]> {
    return this.#connected((connection) => {
      const find = connection.prepare<[string], BookRow>(
        `SELECT ${BOOK_COLUMNS} FROM loan WHERE reference = ?`,
      );
      return references.flatMap((reference) => find.all(reference)).map(bookLoanOf);
    });
  }

  async facts(): Promise<DatabaseFacts> {
    return this.#connected((connection) => {
      const version = connection.prepare<[], string>('SELECT sqlite_version()').pluck().get();
      const synchronous = connection.pragma('synchronous', { simple: true }) as number;
      return {
        version: `SQLite ${version}`,
        settings: {
          journal_mode: String(connection.pragma('journal_mode', { simple: true })),
          synchronous: SYNCHRONOUS[synchronous] ?? String(synchronous),
        },
        bytes: this.#bytes(),
      };
    });
  }

  /** It does nothing by itself. */
  async settle(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#folder, { recursive: true });
  }

  #connected<Answer>(ask: (connection: ReturnType<typeof openConnection>) => Answer): Answer {
    const connection = openConnection(this.file, { create: false });
    try {
      return ask(connection);
    } finally {
      connection.close();
    }
  }

  /** The file with what still stands beside it. */
  #bytes(): number {
    const sizes = ['', '-wal'].map((suffix) => statSync(this.file + suffix, { throwIfNoEntry: false })?.size);
    return sizes.reduce<number>((sum, size = 0) => sum + size, 0);
  }
}

/** The kept file of a book, which is made where it is missing; it gets its name only when it is whole. */
async function keptBook(kept: string, loans: number, make: BookMaker): Promise<string> {
  const file = join(kept, `${BOOK_NAME}-${loans}.sqlite`);
  if (existsSync(file)) return file;
  mkdirSync(kept, { recursive: true });
  const making = `${file}.making`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(making + suffix, { force: true });
  await make(urlOf(making), loans);
  renameSync(making, file);
  return file;
}

/** `folder` goes with the benchmark; `kept`, where it is given, holds books that stay. */
export function sqliteEngine(folder: string, kept: string | undefined): BenchEngine {
  const freshDatabase = async () => new SqliteDatabase(mkdtempSync(join(folder, 'sqlite-')));
  return {
    name: 'sqlite',
    yardstick: { name: 'bare loop', script: join(import.meta.dirname, 'bare-insert.ts') },
    manyProcesses: false,
    freshDatabase,
    book: async (loans, make) => {
      const database = await freshDatabase();
      if (kept === undefined) await make(database.url, loans);
      else copyFileSync(await keptBook(kept, loans, make), database.file);
      return database;
    },
    bareBytes: async (records) => sqliteBareBytes(records),
    [Symbol.asyncDispose]: async () => {},
  };
}
