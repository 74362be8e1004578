// A store that doesn't wait for the disk at each commit, as the demo's: after flushDatabase all of it is on disk.

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createOrMigrate, flushDatabase, openStore } from '../../src/wiring/engines.ts';
import { onEachEngine, type TestDatabase } from '../support/engines.ts';
import { issue, issued } from '../support/ledger-commands.ts';
import { onDatabase } from '../support/server-databases.ts';
import { BANK, executorOn, noonOf, TODAY, temporaryDirectory } from '../support/temporary-database.ts';

const LOANS = 50;

/** How many loans a power cut now would leave. */
async function onDisk({ address }: TestDatabase, before: string): Promise<number> {
  if (address.engine === 'postgres') {
    const [[isFlushed] = []] = await onDatabase(
      address.url,
      `SELECT pg_current_wal_flush_lsn() >= '${before}'::pg_lsn`,
    );
    return isFlushed === true ? LOANS : 0;
  }
  // What is in the log alone is left behind here.
  using folder = temporaryDirectory();
  const file = join(folder.path, 'copy.sqlite');
  copyFileSync(address.file, file);
  const store = await openStore({ engine: 'sqlite', file });
  const page = await store.loans({}, null, 2 * LOANS);
  await store.close();
  return page?.loans.length ?? 0;
}

async function written({ address }: TestDatabase): Promise<string> {
  if (address.engine === 'sqlite') return '';
  const [[place] = []] = await onDatabase(address.url, 'SELECT pg_current_wal_insert_lsn()::text');
  return String(place);
}

onEachEngine((engine) => {
  describe('lazy commits', () => {
    test('are read at once, and on disk after a flush', async () => {
      await using database = await engine.freshDatabase();
      await createOrMigrate(database.address, BANK, noonOf(TODAY));
      const store = await openStore(database.address, { isLazy: true, compacts: false });
      const other = await openStore(database.address, { compacts: false });
      try {
        const execute = executorOn(store, { at: noonOf(TODAY) });
        for (let loan = 0; loan < LOANS; loan++) await issued(execute, issue(`L-${loan}`));
        assert.equal((await other.loans({}, null, 2 * LOANS))?.loans.length, LOANS);
        const place = await written(database);
        await flushDatabase(database.address);
        assert.equal(await onDisk(database, place), LOANS);
      } finally {
        await store.close();
        await other.close();
      }
    });
  });
});
