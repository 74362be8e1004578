// Runs the `james` command as a bank's engineer does: a real process, a fresh database, a folder of its own.
// It knows the command line and nothing of the code behind it.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase, TestEngine } from '../support/engines.ts';

const COMMAND = join(import.meta.dirname, '../../bin/james.js');
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** Settings of the machine that must not reach the command under test. */
const SETTINGS = [
  'NODE_ENV',
  'SQLALCHEMY_URL',
  'CURRENCY',
  'BANK_TIME_ZONE',
  'INSTALLMENT_ROUNDING',
  'LOG_LEVEL',
  'DEMO',
  'DATABASE_POOL',
  'LANES',
  'WORKERS',
];

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ImportReport {
  readonly read: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly rejects_file: string | null;
}

interface BookSums {
  readonly value: string;
  readonly principal: string;
  readonly volume: number;
}

export interface BookAnswer {
  readonly outstanding: BookSums & {
    readonly as_of: string;
    readonly known_at: string;
    readonly currency: string;
  };
  readonly arrears: {
    readonly as_of: string;
    readonly known_at: string;
    readonly currency: string;
    readonly total: BookSums;
    readonly buckets: readonly (BookSums & { readonly days_from: number; readonly days_to: number | null })[];
    readonly par: readonly {
      readonly days: number;
      readonly principal: string;
      readonly of: string;
      readonly ratio: string | null;
    }[];
  };
}

/** A bank with a database of its own; its folder is also the folder that the commands run in. */
export class JamesBank {
  readonly folder: string;
  readonly #database: TestDatabase;

  private constructor(database: TestDatabase) {
    this.folder = mkdtempSync(join(tmpdir(), 'james-real-data-'));
    this.#database = database;
  }

  static async on(engine: TestEngine): Promise<JamesBank> {
    return new JamesBank(await engine.freshDatabase());
  }

  /** What DATABASE_URL is set to. */
  get databaseUrl(): string {
    return this.#database.url;
  }

  run(args: readonly string[], input?: string | Buffer): CommandResult {
    const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: this.#database.url };
    for (const name of SETTINGS) delete env[name];
    const result = spawnSync(process.execPath, [COMMAND, ...args], {
      cwd: this.folder,
      env,
      encoding: 'utf8',
      maxBuffer: OUTPUT_BYTES_MAX,
      input: input ?? '',
    });
    if (result.error !== undefined) throw result.error;
    return { code: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  /** Runs a command that is expected to end with `code`; its output is in the message where it does not. */
  runExpecting(code: number, args: readonly string[], input?: string | Buffer): CommandResult {
    const result = this.run(args, input);
    if (result.code !== code) {
      const told = `${result.stdout}\n${result.stderr}`.slice(0, 4000);
      throw new Error(`james ${args.join(' ')} ended with ${result.code}, not ${code}:\n${told}`);
    }
    return result;
  }

  /** Imports expecting `code` (0: no row rejected, 2: some rejected) and returns the report. */
  import(
    code: 0 | 2,
    kind: 'loans' | 'payments',
    args: readonly string[],
    input?: string | Buffer,
  ): ImportReport {
    return JSON.parse(
      this.runExpecting(code, ['import', kind, ...args, '--json'], input).stdout,
    ) as ImportReport;
  }

  bookAsOf(date: string): BookAnswer {
    return JSON.parse(this.runExpecting(0, ['book', '--as-of', date, '--json']).stdout) as BookAnswer;
  }

  async remove(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.#database[Symbol.asyncDispose]();
  }
}

/** The counts of a report, without whatever else it tells. */
export function countsOf({ read, accepted, skipped, rejected }: ImportReport) {
  return { read, accepted, skipped, rejected };
}

/** Runs `body` with a bank of its own, whose database is ready. */
export async function withBank(
  engine: TestEngine,
  body: (bank: JamesBank) => void | Promise<void>,
): Promise<void> {
  const bank = await JamesBank.on(engine);
  try {
    bank.runExpecting(0, ['init-db']);
    await body(bank);
  } finally {
    await bank.remove();
  }
}
