// A database of its own for one test, on any engine, and a ledger's executor on it whose clock the test sets. The
// database is the real one; nothing of it is replaced.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CalendarDate, dateOf } from '../../src/domain/calendar-date.ts';
import { USD } from '../../src/domain/money.ts';
import { datesIn } from '../../src/ledger/clock.ts';
import type { BatchExecutor } from '../../src/ledger/commands.ts';
import { batchExecutor } from '../../src/ledger/execute-batch.ts';
import { newId } from '../../src/ledger/ids.ts';
import type { Bank, Store } from '../../src/store/store.ts';
import { createOrMigrate, type OpenOptions, openStore } from '../../src/wiring/engines.ts';
import type { TestDatabase, TestEngine } from './engines.ts';

export const BANK: Bank = { currency: USD, timeZone: 'UTC' };

const DAY_MS = 86_400_000;

/** Noon UTC of a date. */
export function noonOf(date: CalendarDate): number {
  return date * DAY_MS + DAY_MS / 2;
}

export interface TemporaryDirectory {
  readonly path: string;
  [Symbol.dispose](): void;
}

export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'james-unit-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The instant at which the ledger believes to be. */
export interface SetClock {
  at: number;
}

/** The ledger's executor on a store, with a clock of the test's. */
export function executorOn(store: Store, clock: SetClock): BatchExecutor {
  return batchExecutor({ store, clock: () => clock.at, dateAt: datesIn(store.bank.timeZone), newId });
}

/** A ledger's executor on a fresh database, open. */
export interface TemporaryLedger extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly store: Store;
  readonly clock: SetClock;
  readonly execute: BatchExecutor;
}

export const TODAY = dateOf(2026, 11, 22);

/** A fresh database of an engine, open, at noon of TODAY; with so many lanes, where the engine has lanes. */
export async function temporaryLedger(
  engine: TestEngine,
  lanes?: number,
  options: OpenOptions = {},
): Promise<TemporaryLedger> {
  const database = await engine.freshDatabase();
  await createOrMigrate(database.address, BANK, noonOf(TODAY), lanes);
  const store = await openStore(database.address, options);
  const clock: SetClock = { at: noonOf(TODAY) };
  return {
    database,
    store,
    clock,
    execute: executorOn(store, clock),
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** A ledger's executor on a SQLite file. */
export interface SqliteLedger extends AsyncDisposable {
  readonly directory: string;
  readonly file: string;
  readonly store: Store;
  readonly clock: SetClock;
  readonly execute: BatchExecutor;
}

/** A fresh SQLite file, open, at noon of TODAY. In `directory` where given (the caller removes it), else in its own. */
export async function sqliteLedger(directory?: string): Promise<SqliteLedger> {
  const own = directory === undefined ? temporaryDirectory() : undefined;
  const path = directory ?? (own as TemporaryDirectory).path;
  const file = join(path, 'james.sqlite');
  const address = { engine: 'sqlite', file } as const;
  await createOrMigrate(address, BANK, noonOf(TODAY));
  const store = await openStore(address);
  const clock: SetClock = { at: noonOf(TODAY) };
  return {
    directory: path,
    file,
    store,
    clock,
    execute: executorOn(store, clock),
    [Symbol.asyncDispose]: async () => {
      await store.close();
      own?.[Symbol.dispose]();
    },
  };
}
