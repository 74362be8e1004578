// A process that makes each database whose path it is sent, opens it, and tells its parent how that went.

import { createOrMigrate } from '../../../../src/store/sqlite/sqlite-schema.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { BANK } from '../../../support/temporary-database.ts';

export type MakerAnswer =
  | { readonly ok: true; readonly migrated: number }
  | { readonly ok: false; readonly error: string };

async function make(file: string): Promise<MakerAnswer> {
  try {
    const { migrated } = await createOrMigrate(file, BANK, 0);
    const store = openSqliteStore(file);
    await store.ping();
    await store.close();
    return { ok: true, migrated: migrated.length };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

process.on('message', async (file: string) => process.send?.(await make(file)));
process.send?.('ready');
