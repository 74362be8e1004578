// SQLite as the benchmark needs it: files in the benchmark's folder, read through connections as James opens them.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { idText } from '../src/store/sqlite/loan-rows.ts';
import { openConnection } from '../src/store/sqlite/sqlite-connection.ts';
import type { BenchDatabase, BenchEngine, DatabaseFacts } from './bench-engine.ts';
import type { BookLoan } from './book-loans.ts';

const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

class SqliteDatabase implements BenchDatabase {
  readonly engine = 'sqlite';
  readonly url: string;
  readonly #folder: string;
  readonly #file: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'james.sqlite');
    this.url = `sqlite:///${this.#file}`;
  }

  async loans(prefix: string): Promise<BookLoan[]> {
    return this.#connected((connection) => {
      const rows = connection
        .prepare<[string], { id: Buffer; date: number; installment: number }>(
          'SELECT id, date, installment FROM loan WHERE reference GLOB ? ORDER BY reference',
        )
        .all(`${prefix}*`);
      return rows.map(({ id, date, installment }) => ({
        id: idText(id),
        date,
        installmentCents: BigInt(installment),
      }));
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
    const connection = openConnection(this.#file, { create: false });
    try {
      return ask(connection);
    } finally {
      connection.close();
    }
  }

  /** The file with what still stands beside it. */
  #bytes(): number {
    const sizes = ['', '-wal'].map(
      (suffix) => statSync(this.#file + suffix, { throwIfNoEntry: false })?.size,
    );
    return sizes.reduce<number>((sum, size = 0) => sum + size, 0);
  }
}

export function sqliteEngine(folder: string): BenchEngine {
  return {
    name: 'sqlite',
    yardstick: { name: 'bare loop', script: join(import.meta.dirname, 'bare-insert.ts') },
    manyProcesses: false,
    freshDatabase: async () => new SqliteDatabase(mkdtempSync(join(folder, 'sqlite-'))),
    [Symbol.asyncDispose]: async () => {},
  };
}
