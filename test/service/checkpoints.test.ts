// A server on SQLite copies the write-ahead log into the file in the background, whoever has written it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { SQLITE } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { startService } from '../support/service.ts';
import { v1Client } from '../support/v1-client.ts';

/** More than checkpoints wait for; in pages of 4 KiB. */
const LOGGED_BYTES = 48 * 1024 * 1024;
const PAGES_MIN = 8_192;

test('a server copies its log into its file while it serves', async () => {
  await using database = await SQLITE.freshDatabase();
  const { address } = database;
  assert.ok(address.engine === 'sqlite');
  await using service = await startService({ databaseUrl: database.url });
  const client = v1Client(service.url);
  await client.loan();
  const writer = new Database(address.file);
  const waiting = (): number => {
    const [{ log, checkpointed }] = writer.pragma('wal_checkpoint(NOOP)') as [
      { log: number; checkpointed: number },
    ];
    return log - checkpointed;
  };
  writer.pragma('wal_autocheckpoint = 0');
  const write = writer.transaction(() => {
    writer.exec('CREATE TABLE padding (bytes BLOB)');
    writer.prepare('INSERT INTO padding VALUES (zeroblob(?))').run(LOGGED_BYTES);
  });
  write();
  await until(async () => waiting() < PAGES_MIN, 'what waits is copied');
  await client.loan();
  writer.close();
});
