// The imports of a database in this process, with no thread but the one that reads files.

import { BookingSteps } from '../../src/import/import-steps.ts';
import { type ImportLimits, Imports } from '../../src/import/imports.ts';
import { datesIn } from '../../src/ledger/clock.ts';
import { importExecutor } from '../../src/ledger/execute-import.ts';
import { newId } from '../../src/ledger/ids.ts';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import type { Store } from '../../src/store/store.ts';
import { openImportStore } from '../../src/wiring/engines.ts';

const LIMITS: ImportLimits = {
  bytesMax: 64 * 1024 * 1024,
  idleMs: 10_000,
  receivingMax: 4,
  rejectsMax: 100_000,
  rejectsKeptMs: 3_600_000,
  streamsMax: 100,
  ownedMs: 10_000,
};

export async function plainImports(
  store: Store,
  address: DatabaseAddress,
  clock: () => number,
): Promise<{ readonly imports: Imports; close(): Promise<void> }> {
  const { currency, timeZone } = store.bank;
  const importStore = await openImportStore(address);
  const execute = importExecutor({ store, clock, dateAt: datesIn(timeZone), newId });
  const steps = new BookingSteps({ imports: importStore, execute, currency });
  const imports = new Imports({
    imports: importStore,
    steps: {
      lanesAtOnce: 2,
      begin: async (running) => steps.begin(running),
      step: (call) => steps.step(call),
      end: async () => steps.end(),
    },
    limits: LIMITS,
    rules: { currency, rounding: 'down' },
    lanes: store.lanes,
    clock,
    newId,
    observer: { received: () => undefined, decided: () => undefined },
    warn: (message) => console.error(message),
  });
  imports.start();
  const close = async (): Promise<void> => {
    await imports.close();
    await importStore.close();
  };
  return { imports, close };
}
