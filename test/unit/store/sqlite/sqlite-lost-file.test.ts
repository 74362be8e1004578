// A database file taken away or replaced under an open store: no write goes where nobody will find it, and service
// comes back with the file.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { StoreUnavailable } from '../../../../src/store/store-errors.ts';
import { issue, words } from '../../../support/ledger-commands.ts';
import { until } from '../../../support/polling.ts';
import { assertRejectsUnavailable } from '../../../support/store-faults.ts';
import { type SqliteLedger, sqliteLedger, TODAY } from '../../../support/temporary-database.ts';

const volume = async (ledger: Pick<SqliteLedger, 'store'>) =>
  (await ledger.store.bookAsOf(TODAY, undefined)).volume;

/** Moves the database with all that belongs to it into another directory, or back. */
function moveDatabase(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(from + ending)) renameSync(from + ending, to + ending);
  }
}

/** A whole copy, log and all, as a backup makes it. */
function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { readonly: true });
  database.prepare('VACUUM INTO ?').run(to);
  database.close();
}

describe('a database file that is removed', () => {
  test('makes writes and then reads fail as unreachable, and makes no new file', async () => {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    moveDatabase(ledger.file, join(ledger.directory, 'away', 'james.sqlite'));
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await assertRejectsUnavailable('unreachable', ledger.execute([issue('LC-2')]));
      assert.ok(error.message.includes(ledger.file));
      await assertRejectsUnavailable('unreachable', ledger.store.bookAsOf(TODAY, undefined));
      await assertRejectsUnavailable('unreachable', ledger.store.ready());
    }
    assert.deepEqual(readdirSync(ledger.directory), ['away']);
  });

  test('makes reads fail as unreachable without a write, too', async () => {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    assert.equal(await volume(ledger), 1);
    moveDatabase(ledger.file, join(ledger.directory, 'away', 'james.sqlite'));
    await until(
      () =>
        volume(ledger).then(
          () => false,
          (error) => error instanceof StoreUnavailable && error.fault === 'unreachable',
        ),
      'a read fails',
    );
  });

  test('serves again when it is put back, with everything that was acknowledged', async () => {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1'), issue('LC-2')]);
    const away = join(ledger.directory, 'away', 'james.sqlite');
    moveDatabase(ledger.file, away);
    await assertRejectsUnavailable('unreachable', ledger.execute([issue('LC-3')]));
    moveDatabase(away, ledger.file);
    assert.equal(await volume(ledger), 2);
    assert.deepEqual(words(await ledger.execute([issue('LC-2'), issue('LC-3')])), [
      'reference-taken',
      'issued',
    ]);
    assert.equal(await volume(ledger), 3);
  });

  test('moved alone and put back has lost nothing of its log', async () => {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    renameSync(ledger.file, `${ledger.file}.away`);
    await assertRejectsUnavailable('unreachable', ledger.execute([issue('LC-2')]));
    renameSync(`${ledger.file}.away`, ledger.file);
    assert.deepEqual(words(await ledger.execute([issue('LC-2')])), ['issued']);
    assert.equal(await volume(ledger), 2);
  });
});

describe('a database file that is replaced', () => {
  /** A ledger of two loans, in whose place an older copy with one is then put. */
  async function withOlderCopy(work: (ledger: SqliteLedger, replace: () => void) => Promise<void>) {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    const copy = join(ledger.directory, 'copy.sqlite');
    copyDatabase(ledger.file, copy);
    await ledger.execute([issue('LC-2')]);
    const replace = () => {
      for (const ending of ['', '-wal', '-shm']) rmSync(ledger.file + ending, { force: true });
      renameSync(copy, ledger.file);
    };
    await work(ledger, replace);
  }

  test('refuses the first write and is served from then on as it stands', async () => {
    await withOlderCopy(async (ledger, replace) => {
      assert.equal(await volume(ledger), 2);
      replace();
      await assertRejectsUnavailable('unreachable', ledger.execute([issue('LC-3')]));
      assert.deepEqual(words(await ledger.execute([issue('LC-2'), issue('LC-1')])), [
        'issued',
        'reference-taken',
      ]);
      assert.equal(await volume(ledger), 2);
    });
  });

  test('is what a store that only reads answers from, too: a server reads and writes through two', async () => {
    await withOlderCopy(async (ledger, replace) => {
      const reading = openSqliteStore(ledger.file);
      try {
        assert.equal(await volume({ store: reading }), 2);
        replace();
        // The first question may fail like the first write; what is answered must come from the file that is there.
        await reading.ready().catch(() => undefined);
        assert.equal(await volume({ store: reading }), 1);
      } finally {
        await reading.close();
      }
    });
  });
});
