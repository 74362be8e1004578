// Making and migrating a database: nothing is lost, many may do it at once, and no other schema is served.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DATE_MIN } from '../../../../src/domain/calendar-date.ts';
import { MIGRATIONS } from '../../../../src/store/sqlite/migrations/migrations.ts';
import { APPLICATION_ID, openConnection } from '../../../../src/store/sqlite/sqlite-connection.ts';
import { createOrMigrate } from '../../../../src/store/sqlite/sqlite-schema.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { byReference, issue, loanOf, pay, words } from '../../../support/ledger-commands.ts';
import { assertRejectsUnavailable, assertUnavailable } from '../../../support/store-faults.ts';
import {
  BANK,
  executorOn,
  noonOf,
  sqliteLedger,
  TODAY,
  temporaryDirectory,
} from '../../../support/temporary-database.ts';

const ALL = Object.keys(MIGRATIONS);

function inDatabase<Answer>(
  file: string,
  work: (connection: ReturnType<typeof openConnection>) => Answer,
): Answer {
  const connection = openConnection(file, { create: false });
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

/** Every row of every table but SQLite's own. */
function contentOf(file: string): Record<string, unknown[]> {
  return inDatabase(file, (connection) => {
    const tables = connection
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
      )
      .pluck()
      .all();
    return Object.fromEntries(
      tables.map((table) => [table, connection.prepare(`SELECT * FROM ${table}`).safeIntegers().raw().all()]),
    );
  });
}

describe('making a database', () => {
  test('runs every migration and fixes the bank’s currency and time zone', async () => {
    using directory = temporaryDirectory();
    const file = join(directory.path, 'james.sqlite');
    const bank = { currency: { code: 'JPY', minorDigits: 0 }, timeZone: 'Asia/Tokyo' };
    assert.deepEqual(await createOrMigrate(file, bank, 12_345), { migrated: ALL });
    const store = openSqliteStore(file);
    assert.deepEqual(store.bank, bank);
    await store.close();
    inDatabase(file, (connection) => {
      assert.equal(connection.pragma('application_id', { simple: true }), APPLICATION_ID);
      assert.deepEqual(connection.prepare('SELECT * FROM bank').get(), {
        only: 1,
        currency: 'JPY',
        time_zone: 'Asia/Tokyo',
        book_day: DATE_MIN,
        created_at: 12_345,
      });
    });
  });

  test('twice loses nothing and keeps what the first fixed', async () => {
    await using ledger = await sqliteLedger();
    const outcomes = await ledger.execute([issue('LC-1'), pay(byReference('LC-1'), TODAY), issue('LC-2')]);
    assert.deepEqual(words(outcomes), ['issued', 'recorded', 'issued']);
    await ledger.store.close();
    const before = contentOf(ledger.file);
    const other = { currency: { code: 'EUR', minorDigits: 2 }, timeZone: 'Europe/Berlin' };
    assert.deepEqual(await createOrMigrate(ledger.file, other, 99), { migrated: [] });
    assert.deepEqual(contentOf(ledger.file), before);
  });

  test('while another connection serves it disturbs neither', async () => {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    assert.deepEqual(await createOrMigrate(ledger.file, BANK, 0), { migrated: [] });
    assert.deepEqual(words(await ledger.execute([issue('LC-1'), issue('LC-2')])), [
      'reference-taken',
      'issued',
    ]);
  });

  test('of another bank’s file keeps the loans of the first bank', async () => {
    using directory = temporaryDirectory();
    const file = join(directory.path, 'james.sqlite');
    await createOrMigrate(file, BANK, 0);
    const store = openSqliteStore(file);
    const execute = executorOn(store, { at: noonOf(TODAY) });
    await execute([issue('LC-1')]);
    await store.close();
    await createOrMigrate(file, { ...BANK, timeZone: 'Asia/Tokyo' }, 1);
    const again = openSqliteStore(file);
    assert.equal(again.bank.timeZone, 'UTC');
    assert.equal((await loanOf(again, 'LC-1'))?.reference, 'LC-1');
    await again.close();
  });
});

describe('a schema that is not this program’s', () => {
  async function withMigrations(change: string, check: (file: string) => Promise<void>): Promise<void> {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    await ledger.store.close();
    inDatabase(ledger.file, (connection) => connection.exec(change));
    const before = contentOf(ledger.file);
    await check(ledger.file);
    assert.deepEqual(contentOf(ledger.file), before);
  }

  const NEWER = `INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2030-01-01T00:00:00Z')`;

  test('is not served when it is newer, and the answer names what is unknown', async () => {
    await withMigrations(NEWER, async (file) => {
      const error = assertUnavailable('schema-not-current', () => openSqliteStore(file));
      assert.match(error.message, /newer than this James.*9999-from-the-future/);
    });
  });

  test('is not migrated when it is newer, and the answer is as clear', async () => {
    await withMigrations(NEWER, async (file) => {
      const error = await assertRejectsUnavailable('schema-not-current', createOrMigrate(file, BANK, 0));
      assert.match(error.message, /newer than this James.*9999-from-the-future/);
    });
  });

  test('is not served when a migration is missing, and the answer names it and the command', async () => {
    await withMigrations(`DELETE FROM kysely_migration WHERE name = '${ALL.at(-1)}'`, async (file) => {
      const error = assertUnavailable('schema-not-current', () => openSqliteStore(file));
      assert.match(error.message, new RegExp(`missing ${ALL.at(-1)}.*james migrate`));
    });
  });
});
