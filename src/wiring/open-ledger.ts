// A ledger as a server runs it: where its writes are executed, and which questions get a thread of their own.

import type { Settings } from '../config.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { laneExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { Ledger } from '../ledger/ledger.ts';
import { openForServing } from './open-database.ts';
import { threadExecutor } from './thread-executor.ts';
import { threadedStore } from './threaded-store.ts';

export interface OpenLedger {
  readonly ledger: Ledger;
  /** Finishes what was accepted and closes the database. */
  close(): Promise<void>;
}

/** Opens the database of the settings and a ledger on it. `warn` is told what goes wrong in the background. */
export async function openLedger(settings: Settings, warn: (message: string) => void): Promise<OpenLedger> {
  const { database, rounding } = settings;
  const store = threadedStore(await openForServing(settings, { warn }), database);
  const parts = { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone) };
  // SQLite's writes block the thread that makes them; PostgreSQL's don't, and its lanes go side by side.
  const thread = database.engine === 'sqlite' ? threadExecutor(database) : undefined;
  const execute = thread?.execute ?? laneExecutor({ ...parts, newId });
  const ledger = new Ledger({ ...parts, execute, rounding });
  return {
    ledger,
    async close() {
      await ledger.settled();
      await thread?.close();
      await store.close();
    },
  };
}
