// The imports that a server offers, and where their work is done: on SQLite on the ledger's thread, since all writing is
// there; on PostgreSQL their store is asked from here and their steps have a thread of their own.

import { Imports, type ImportsParts } from '../import/imports.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { openImportStore } from './engines.ts';
import { type ImportCalls, stepsThread, threadedImports, threadedSteps } from './threaded-imports.ts';

export interface OpenImports {
  readonly imports: Imports;
  /** Gives up what is under way, for another to go on with. */
  close(): Promise<void>;
}

/** `onLedgerThread` calls the thread that writes, where there is one. */
export async function openImports(
  database: DatabaseAddress,
  onLedgerThread: ImportCalls | undefined,
  parts: Omit<ImportsParts, 'imports' | 'steps'>,
): Promise<OpenImports> {
  if (onLedgerThread !== undefined) {
    const store = threadedImports(onLedgerThread, await openImportStore(database));
    const imports = new Imports({ ...parts, imports: store, steps: threadedSteps(onLedgerThread) });
    const close = async () => {
      await imports.close();
      // A thread that is not there has nothing open.
      await store.close().catch(() => undefined);
    };
    return { imports, close };
  }
  const store = await openImportStore(database);
  const steps = stepsThread(database);
  const imports = new Imports({ ...parts, imports: store, steps });
  const close = async () => {
    await imports.close();
    await steps.close();
    await store.close();
  };
  return { imports, close };
}
