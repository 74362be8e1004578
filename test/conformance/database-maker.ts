// A process that makes each database whose address it is sent, opens it, and tells its parent how that went.

import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { createOrMigrate, openStore } from '../../src/wiring/engines.ts';
import { BANK } from '../support/temporary-database.ts';

export type MakerAnswer =
  | { readonly ok: true; readonly migrated: number }
  | { readonly ok: false; readonly error: string };

async function make(address: DatabaseAddress): Promise<MakerAnswer> {
  try {
    const { migrated } = await createOrMigrate(address, BANK, 0);
    const store = await openStore(address);
    await store.ready();
    await store.close();
    return { ok: true, migrated: migrated.length };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

process.on('message', async (address: DatabaseAddress) => process.send?.(await make(address)));
process.send?.('ready');
