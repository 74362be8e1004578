// What a server serves: the ledger, and who may come in. Here it is decided where writes are executed, and what gets a
// thread of its own.

import { type Access, openAccess } from '../access/access.ts';
import type { Settings } from '../config.ts';
import { DemoRuns } from '../demo/demo-runs.ts';
import type { ImportObserver, Imports } from '../import/imports.ts';
import type { BatchObserver } from '../ledger/batch-observer.ts';
import { BookMirror } from '../ledger/book-mirror.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { laneExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { Ledger } from '../ledger/ledger.ts';
import { openKeyStore } from './engines.ts';
import { openForServing } from './open-database.ts';
import { openImports } from './open-imports.ts';
import { isBookEmpty } from './run-demo.ts';
import { StoreThread } from './store-thread.ts';
import { threadExecutor } from './thread-executor.ts';
import { threadedDemo } from './threaded-demo.ts';
import { type ThreadedExports, threadedExports } from './threaded-exports.ts';
import { threadedKeys } from './threaded-keys.ts';
import { threadedStore } from './threaded-store.ts';

export interface OpenService {
  readonly ledger: Ledger;
  readonly access: Access;
  readonly demo: DemoRuns;
  readonly exports: Pick<ThreadedExports, 'chunks'>;
  readonly imports: Imports;
  /** Begins to copy the book into memory; until then, and while it does, the database answers questions about it. */
  copyBook(): void;
  isBookCopied(): boolean;
  /**
   * Breaks off what comes in and gives up what imports run, for another to go on with: before the server closes, whose
   * requests would else last as long.
   */
  pauseImports(): Promise<void>;
  /** Finishes what was accepted and closes the database. */
  close(): Promise<void>;
}

export interface ServiceParts {
  readonly settings: Settings;
  readonly observer: BatchObserver;
  readonly importObserver: ImportObserver;
  /** Told what goes wrong in the background. */
  readonly warn: (message: string) => void;
}

/** Opens the database of the settings. */
export async function openService({
  settings,
  observer,
  importObserver,
  warn,
}: ServiceParts): Promise<OpenService> {
  const { database, rounding } = settings;
  // SQLite's calls block the thread that makes them; PostgreSQL's don't, and its lanes go side by side.
  const isSynchronous = database.engine === 'sqlite';
  const plain = await openForServing(settings, { warn });
  const storeThread = new StoreThread(database);
  const store = threadedStore(plain, database, storeThread);
  const parts = { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone) };
  const writing = isSynchronous ? threadExecutor(database) : undefined;
  const execute = writing?.execute ?? laneExecutor({ ...parts, newId });
  const mirror = new BookMirror(store);
  const ledger = new Ledger({ ...parts, book: mirror, execute, rounding, observer });
  const exports = threadedExports(database);
  const access = await openAccess({
    store: isSynchronous ? threadedKeys(storeThread) : await openKeyStore(database),
    fixed: settings.apiKeys,
    secret: settings.authSecret,
    sessionLimits: settings.sessionLimits,
    sessionsNeedHttps: settings.mode === 'production',
    rates: { ...settings.rates, workers: settings.workers },
    clock: systemClock,
    warn: (error) => warn(`keys: ${error instanceof Error ? error.message : error}`),
  });
  const demo = new DemoRuns({
    isAllowed: settings.allowsDemo,
    isBookEmpty: () => isBookEmpty(store),
    start: threadedDemo(database, rounding),
    clock: systemClock,
    warn,
  });
  const { imports, close: closeImports } = await openImports(database, writing?.imports, {
    limits: settings.importLimits,
    rules: { currency: store.bank.currency, rounding },
    lanes: store.lanes,
    clock: systemClock,
    newId,
    observer: importObserver,
    warn,
  });
  imports.start();
  return {
    ledger,
    access,
    demo,
    exports,
    imports,
    copyBook: () => mirror.start(),
    isBookCopied: () => mirror.isReady,
    pauseImports: () => imports.close(),
    async close() {
      await demo.stop();
      await closeImports();
      await ledger.settled();
      await exports.close();
      await access.ring.stop();
      await writing?.close();
      await mirror.close();
      await storeThread.close();
      await store.close();
    },
  };
}
