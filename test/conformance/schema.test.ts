// Making and migrating a database: nothing is lost, and no other schema is served.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DATE_MIN } from '../../src/domain/calendar-date.ts';
import type { Bank } from '../../src/store/store.ts';
import { createOrMigrate, openStore } from '../../src/wiring/engines.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import { byReference, issue, loanOf, pay, words } from '../support/ledger-commands.ts';
import { rawContent, rawRows } from '../support/raw-sql.ts';
import { assertRejectsUnavailable } from '../support/store-faults.ts';
import { BANK, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const TOKYO: Bank = { currency: { code: 'JPY', minorDigits: 0 }, timeZone: 'Asia/Tokyo' };

onEachEngine((engine) => {
  describe('making a database', () => {
    test('runs every migration and fixes the bank’s currency and time zone', async () => {
      await using database = await engine.freshDatabase();
      const { migrated } = await createOrMigrate(database.address, TOKYO, 12_345);
      assert.ok(migrated.length > 0);
      const ran = await rawRows(database.address, 'SELECT name FROM kysely_migration ORDER BY name');
      assert.deepEqual(ran.flat(), migrated);
      const store = await openStore(database.address);
      assert.deepEqual(store.bank, TOKYO);
      await store.close();
      assert.deepEqual(
        (await rawRows(database.address, 'SELECT currency, time_zone, book_day, created_at FROM bank')).map(
          (row) => row.map(String),
        ),
        [['JPY', 'Asia/Tokyo', String(DATE_MIN), '12345']],
      );
    });

    test('twice loses nothing and keeps what the first fixed', async () => {
      await using ledger = await temporaryLedger(engine, 4, { compacts: false });
      const { address } = ledger.database;
      await ledger.execute([issue('LC-1'), issue('LC-2')]);
      assert.deepEqual(words(await ledger.execute([pay(byReference('LC-1'), TODAY)])), ['recorded']);
      const before = await rawContent(address);
      assert.deepEqual(await createOrMigrate(address, TOKYO, 99, 7), { migrated: [] });
      assert.deepEqual(await rawContent(address), before);
      const store = await openStore(address, { compacts: false });
      assert.deepEqual([store.bank, store.lanes], [BANK, ledger.store.lanes]);
      assert.equal((await loanOf(store, 'LC-1'))?.reference, 'LC-1');
      await store.close();
    });

    test('while another connection serves it disturbs neither', async () => {
      await using ledger = await temporaryLedger(engine);
      await ledger.execute([issue('LC-1')]);
      assert.deepEqual(await createOrMigrate(ledger.database.address, BANK, 0), { migrated: [] });
      assert.deepEqual(words(await ledger.execute([issue('LC-1'), issue('LC-2')])), [
        'reference-taken',
        'issued',
      ]);
    });
  });

  describe('a schema that is not this program’s', () => {
    async function withMigrations(
      change: string,
      check: (ledger: TemporaryLedger) => Promise<void>,
    ): Promise<void> {
      await using ledger = await temporaryLedger(engine, 4, { compacts: false });
      const { address } = ledger.database;
      await ledger.execute([issue('LC-1')]);
      await rawRows(address, change);
      const before = await rawContent(address);
      await check(ledger);
      assert.deepEqual(await rawContent(address), before);
    }

    const NEWER = `INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2030-01-01T00:00:00Z')`;

    test('is not served when it is newer, and the answer names what is unknown', async () => {
      await withMigrations(NEWER, async ({ database }) => {
        const error = await assertRejectsUnavailable('schema-not-current', openStore(database.address));
        assert.match(error.message, /newer than this James.*9999-from-the-future/);
      });
    });

    test('is not migrated when it is newer, and the answer is as clear', async () => {
      await withMigrations(NEWER, async ({ database }) => {
        const error = await assertRejectsUnavailable(
          'schema-not-current',
          createOrMigrate(database.address, BANK, 0),
        );
        assert.match(error.message, /newer than this James.*9999-from-the-future/);
      });
    });

    test('is not served when a migration is missing, and the answer names it and the command', async () => {
      const last = '(SELECT max(name) FROM kysely_migration)';
      await withMigrations(`DELETE FROM kysely_migration WHERE name = ${last}`, async ({ database }) => {
        const error = await assertRejectsUnavailable('schema-not-current', openStore(database.address));
        assert.match(error.message, /missing \d{4}-[a-z-]+.*james migrate/);
      });
    });
  });

  test('a database with another program’s tables is not touched, and the answer says so', async () => {
    await using database = await engine.freshDatabase();
    const { address } = database;
    await rawRows(address, 'CREATE TABLE loan (id INTEGER, note INTEGER)');
    const before = await rawContent(address);
    await assertRejectsUnavailable('not-a-james-database', createOrMigrate(address, BANK, 0));
    await assertRejectsUnavailable('not-a-james-database', openStore(address));
    assert.deepEqual(await rawContent(address), before);
  });
}, EVERY_ENGINE);
