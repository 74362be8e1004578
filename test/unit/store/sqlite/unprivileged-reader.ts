// A process without privileges that opens the database whose path it is sent, reads and tries to write, twice, and
// tells its parent what came of it.

import Database from 'better-sqlite3';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../../src/store/store.ts';
import { StoreUnavailable } from '../../../../src/store/store-errors.ts';
import { issue, words } from '../../../support/ledger-commands.ts';
import { executorOn, noonOf, TODAY } from '../../../support/temporary-database.ts';

const NOBODY = 65_534;

export type UnprivilegedAnswer =
  | { readonly opened: false; readonly fault: string }
  | { readonly opened: true; readonly volumes: number[]; readonly writes: string[] };

function faultOf(error: unknown): string {
  return error instanceof StoreUnavailable ? error.fault : String(error);
}

async function readAndWrite(store: Store): Promise<UnprivilegedAnswer> {
  const execute = executorOn(store, { at: noonOf(TODAY) });
  const volumes: number[] = [];
  const writes: string[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    volumes.push((await store.bookAsOf(TODAY, undefined)).volume);
    writes.push(
      await execute([issue(`by nobody ${attempt}`)]).then((outcomes) => words(outcomes).join(), faultOf),
    );
  }
  await store.close();
  return { opened: true, volumes, writes };
}

async function answer(file: string): Promise<UnprivilegedAnswer> {
  let store: Store;
  try {
    store = openSqliteStore(file);
  } catch (error) {
    return { opened: false, fault: faultOf(error) };
  }
  return await readAndWrite(store);
}

// Once nobody, this process may not be able to load anything: the addon is loaded at the first connection.
new Database(':memory:').close();
process.once('message', async (file: string) => {
  if (process.getuid?.() === 0) {
    process.setegid?.(NOBODY);
    process.seteuid?.(NOBODY);
  }
  process.send?.(await answer(file));
  process.disconnect?.();
});
process.send?.('ready');
