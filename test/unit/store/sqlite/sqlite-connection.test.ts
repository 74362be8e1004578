// What every connection of James's holds to, and the files that it will not touch.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { openConnection } from '../../../../src/store/sqlite/sqlite-connection.ts';
import { createOrMigrate } from '../../../../src/store/sqlite/sqlite-schema.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { assertRejectsUnavailable, assertUnavailable } from '../../../support/store-faults.ts';
import { BANK, sqliteLedger, temporaryDirectory } from '../../../support/temporary-database.ts';

describe('a connection', () => {
  test('writes ahead, flushes at every commit and enforces foreign keys', async () => {
    await using ledger = await sqliteLedger();
    const connection = openConnection(ledger.file, { create: false });
    try {
      const setting = (name: string) => connection.pragma(name, { simple: true });
      assert.equal(setting('journal_mode'), 'wal');
      assert.equal(setting('synchronous'), 2, 'FULL');
      assert.equal(setting('foreign_keys'), 1);
      assert.ok((setting('busy_timeout') as number) >= 5_000);
    } finally {
      connection.close();
    }
  });

  test('to a file that is not there is refused unless it is to be made', () => {
    using directory = temporaryDirectory();
    const file = join(directory.path, 'james.sqlite');
    const error = assertUnavailable('unreachable', () => openConnection(file, { create: false }));
    assert.match(error.message, /there is no such database/);
    assert.deepEqual(readdirSync(directory.path), []);
    openConnection(file, { create: true }).close();
    assert.deepEqual(readdirSync(directory.path), ['james.sqlite']);
  });

  test('to a directory, or into one that is not there, is refused', () => {
    using directory = temporaryDirectory();
    for (const create of [true, false]) {
      assertUnavailable('unreachable', () => openConnection(directory.path, { create }));
      assertUnavailable('unreachable', () => openConnection(join(directory.path, 'no', 'such'), { create }));
    }
  });
});

/** Makes a file that is not James's, and says what of it must not change. */
const FOREIGN: readonly (readonly [what: string, message: RegExp, make: (file: string) => void])[] = [
  [
    'another program’s SQLite file',
    /not a James database/,
    (file) =>
      withDatabase(file, (database) =>
        database.exec(`CREATE TABLE cat (name); INSERT INTO cat VALUES ('Tom')`),
      ),
  ],
  [
    'another program’s SQLite file in WAL mode',
    /not a James database/,
    (file) =>
      withDatabase(file, (database) => {
        database.pragma('journal_mode = WAL');
        database.exec('CREATE TABLE cat (name)');
      }),
  ],
  [
    'an empty SQLite file that another program has marked as its own',
    /not a James database/,
    (file) => withDatabase(file, (database) => database.pragma('application_id = 252006675')),
  ],
  ['a text file', /not a database/, (file) => writeFileSync(file, 'Dear bank,\n'.repeat(100))],
  ['a short text file', /not a database/, (file) => writeFileSync(file, 'hello')],
];

function withDatabase(file: string, work: (database: Database.Database) => void): void {
  const database = new Database(file);
  work(database);
  database.close();
}

describe('a file that is not James’s', () => {
  for (const [what, message, make] of FOREIGN) {
    test(`is refused and left byte for byte as it was: ${what}`, async () => {
      using directory = temporaryDirectory();
      const file = join(directory.path, 'file');
      make(file);
      const bytes = readFileSync(file);
      const openings: readonly (() => unknown)[] = [
        () => openConnection(file, { create: false }),
        () => createOrMigrate(file, BANK, 0),
        () => openSqliteStore(file),
      ];
      for (const open of openings) {
        const error = await assertRejectsUnavailable('not-a-james-database', (async () => open())());
        assert.match(error.message, message);
        assert.ok(error.message.includes(file));
      }
      assert.ok(readFileSync(file).equals(bytes));
      assert.deepEqual(readdirSync(directory.path), ['file']);
    });
  }
});

test('a damaged file is told from one that is not James’s', async () => {
  await using ledger = await sqliteLedger();
  await ledger.store.close();
  const bytes = readFileSync(ledger.file);
  writeFileSync(ledger.file, bytes.fill(0xaa, 4096));
  assertUnavailable('damaged', () => openSqliteStore(ledger.file));
});

test('an empty file is taken as a database to be made', async () => {
  using directory = temporaryDirectory();
  const file = join(directory.path, 'james.sqlite');
  writeFileSync(file, '');
  assertUnavailable('schema-not-current', () => openSqliteStore(file));
  await createOrMigrate(file, BANK, 0);
  await openSqliteStore(file).close();
});

test('a closed database is one file, with nothing left beside it', async () => {
  await using ledger = await sqliteLedger();
  await ledger.store.close();
  assert.deepEqual(readdirSync(ledger.directory), ['james.sqlite']);
  mkdirSync(join(ledger.directory, 'copy'));
  const copy = join(ledger.directory, 'copy', 'james.sqlite');
  writeFileSync(copy, readFileSync(ledger.file));
  await openSqliteStore(copy).close();
  assert.equal(statSync(copy).size, statSync(ledger.file).size);
});
