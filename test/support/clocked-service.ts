// The real service in this process: a port of 127.0.0.1, a real database, and a clock that the test sets. No setting
// of a server moves the clock, so a test that lives through years wires the parts by itself; nothing of them is replaced.

import { openAccess } from '../../src/access/access.ts';
import { DEVELOPMENT_KEYS } from '../../src/config.ts';
import { NO_DEMO } from '../../src/demo/demo-runs.ts';
import { currencyOf } from '../../src/domain/currency.ts';
import type { Rounding } from '../../src/domain/rounding.ts';
import { exportBytes } from '../../src/export/export-bytes.ts';
import { Authorization } from '../../src/http/authorization.ts';
import { RunningExports, type RunningExportsParts } from '../../src/http/running-exports.ts';
import { buildServer } from '../../src/http/server.ts';
import { BookMirror } from '../../src/ledger/book-mirror.ts';
import { datesIn } from '../../src/ledger/clock.ts';
import { laneExecutor } from '../../src/ledger/execute-batch.ts';
import { newId } from '../../src/ledger/ids.ts';
import { Ledger } from '../../src/ledger/ledger.ts';
import type { Store } from '../../src/store/store.ts';
import { createOrMigrate, openKeyStore, openStore, snapshotsOf } from '../../src/wiring/engines.ts';
import { SQLITE, type TestDatabase, type TestEngine } from './engines.ts';
import { plainImports } from './plain-imports.ts';
import { until } from './polling.ts';

/** The instant at which the service believes to be, in milliseconds since 1970; set it as you like. */
export interface ServiceClock {
  at: number;
}

export interface ClockedServiceOptions {
  /** An existing or future database, which stays. Unless given, a fresh one that goes with the service. */
  readonly database?: TestDatabase;
  /** On which engine (SQLite unless given). */
  readonly engine?: TestEngine;
  /** Shared with a service before, so that a restart takes no time. Unless given, a clock at `at`. */
  readonly clock?: ServiceClock;
  readonly at?: number;
  /** These two count only where the database is new. */
  readonly timeZone?: string;
  readonly currency?: string;
  readonly rounding?: Rounding;
  readonly exports?: Omit<RunningExportsParts, 'chunks'>;
}

export interface ClockedService {
  readonly url: string;
  readonly clock: ServiceClock;
  readonly store: Store;
  readonly database: TestDatabase;
  /** Stops listening, finishes what was accepted, closes the database; removes it if it was made for this service. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Noon UTC of DOMAIN.md's first example. */
const AT_DEFAULT = Date.UTC(2017, 7, 5, 12);

export async function clockedService(options: ClockedServiceOptions = {}): Promise<ClockedService> {
  const { timeZone = 'UTC', currency: code = 'USD', rounding = 'down', at = AT_DEFAULT } = options;
  const clock = options.clock ?? { at };
  const currency = currencyOf(code);
  if (currency === undefined) throw new Error(`no currency: ${code}`);
  const { engine = SQLITE } = options;
  const database = options.database ?? (await engine.freshDatabase());

  await createOrMigrate(database.address, { currency, timeZone }, clock.at);
  const store = await openStore(database.address);
  const now = () => clock.at;
  // As in src/cli/serve.ts, the server and the writer tell the date each by its own means.
  const execute = laneExecutor({ store, clock: now, dateAt: datesIn(store.bank.timeZone), newId });
  const dateAt = datesIn(store.bank.timeZone);
  const book = new BookMirror(store);
  book.start();
  await until(async () => book.isReady, 'the book has been read');
  const ledger = new Ledger({ store, book, execute, clock: now, dateAt, rounding });
  const { ring, rates, keys, sessions } = await openAccess({
    store: await openKeyStore(database.address),
    fixed: DEVELOPMENT_KEYS,
    secret: 'of a service that lives in a test',
    sessionsNeedHttps: false,
    sessionLimits: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 },
    rates: { readsPerSecond: null, writesPerSecond: null, workers: 1 },
    clock: now,
    warn: (error) => console.error(error),
  });
  const authorization = new Authorization(ring, rates);
  const snapshots = snapshotsOf(database.address);
  const exports = new RunningExports({
    chunks: (question) => exportBytes(snapshots, question),
    ...options.exports,
  });
  const { imports, close: closeImports } = await plainImports(store, database.address, now);
  const app = await buildServer({ ledger, authorization, keys, sessions, demo: NO_DEMO, exports, imports });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const close = async (): Promise<void> => {
    await closeImports();
    await app.close();
    await book.close();
    await ledger.settled();
    await ring.stop();
    await store.close();
    if (options.database === undefined) await database[Symbol.asyncDispose]();
  };
  return { url, clock, store, database, close, [Symbol.asyncDispose]: close };
}
