// Which of SQLite's errors mean a broken machine, and which are a programmer's and stay as they are.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { asStoreUnavailable } from '../../../../src/store/sqlite/sqlite-faults.ts';
import { StoreUnavailable } from '../../../../src/store/store-errors.ts';

const FILE = '/data/james.sqlite';

describe('an error of SQLite’s', () => {
  const CASES = [
    ['SQLITE_FULL', 'full'],
    ['SQLITE_READONLY', 'read-only'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_NOTADB', 'not-a-james-database'],
    ['SQLITE_CORRUPT', 'damaged'],
    ['SQLITE_CORRUPT_INDEX', 'damaged'],
    ['SQLITE_CANTOPEN', 'unreachable'],
    ['SQLITE_IOERR_READ', 'unreachable'],
    ['SQLITE_IOERR_FSYNC', 'unreachable'],
  ] as const;
  for (const [code, fault] of CASES) {
    test(`${code} means ${fault}, and says so with the file and the code`, () => {
      const error = new Database.SqliteError('as SQLite puts it', code);
      const unavailable = asStoreUnavailable(error, FILE);
      assert.ok(unavailable instanceof StoreUnavailable);
      assert.equal(unavailable.fault, fault);
      assert.ok(unavailable.message.includes(FILE) && unavailable.message.includes(code));
      assert.equal(unavailable.cause, error);
    });
  }

  test('that tells of a programmer’s mistake stays as it is', () => {
    for (const code of ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', 'SQLITE_RANGE', 'SQLITE_MISUSE']) {
      const error = new Database.SqliteError('mistake', code);
      assert.equal(asStoreUnavailable(error, FILE), error);
    }
  });
});

test('any other error stays as it is, also one that is a fault already', () => {
  for (const error of [
    new TypeError('x is not a function'),
    new RangeError('out of range'),
    new StoreUnavailable('full', 'said before'),
    'a text',
    undefined,
  ]) {
    assert.equal(asStoreUnavailable(error, FILE), error);
  }
});
