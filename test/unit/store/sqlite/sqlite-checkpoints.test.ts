// The write-ahead log is copied into the file beside the writers: when enough waits, whoever writes or reads meanwhile, and
// again when a file that was away is back.

import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { SqliteCheckpoints } from '../../../../src/store/sqlite/sqlite-checkpoints.ts';
import { issue } from '../../../support/ledger-commands.ts';
import { type SqliteLedger, sqliteLedger } from '../../../support/temporary-database.ts';

async function issueSome({ execute }: SqliteLedger, prefix: string): Promise<void> {
  for (let batch = 0; batch < 10; batch++) await execute([issue(`${prefix}-${batch}`)]);
}

function checkpointsOf({ file }: SqliteLedger, pagesMin: number): SqliteCheckpoints & Disposable {
  const made = new SqliteCheckpoints(file, pagesMin);
  return Object.assign(made, { [Symbol.dispose]: () => made.close() });
}

/** How many pages of the log are not in the file. */
function waiting(file: string): number {
  const database = new Database(file);
  const [{ log, checkpointed }] = database.pragma('wal_checkpoint(NOOP)') as [
    { log: number; checkpointed: number },
  ];
  database.close();
  return log - checkpointed;
}

describe('checkpoints beside the writers', () => {
  test('copy nothing until enough waits, and then all of it', async () => {
    await using ledger = await sqliteLedger();
    await issueSome(ledger, 'A');
    const pages = waiting(ledger.file);
    assert.ok(pages > 10, `${pages} pages wait`);
    using late = checkpointsOf(ledger, pages + 1);
    assert.equal(late.run(), 0);
    assert.equal(waiting(ledger.file), pages);
    using due = checkpointsOf(ledger, pages);
    assert.equal(due.run(), pages);
    assert.equal(waiting(ledger.file), 0);
  });

  test('wait for no writer that is in the middle of a transaction', async () => {
    await using ledger = await sqliteLedger();
    await issueSome(ledger, 'A');
    const writer = new Database(ledger.file);
    writer.exec('BEGIN IMMEDIATE');
    using checkpoints = checkpointsOf(ledger, 1);
    assert.ok(checkpoints.run() > 0);
    assert.equal(waiting(ledger.file), 0);
    writer.exec('ROLLBACK');
    writer.close();
  });

  test('stop at what an open question still reads, and lose nothing by it', async () => {
    await using ledger = await sqliteLedger();
    const reader = new Database(ledger.file, { readonly: true });
    reader.exec('BEGIN');
    assert.equal(reader.prepare('SELECT count(*) FROM loan').pluck().get(), 0);
    await issueSome(ledger, 'A');
    using checkpoints = checkpointsOf(ledger, 1);
    checkpoints.run();
    assert.ok(waiting(ledger.file) > 0);
    assert.equal(reader.prepare('SELECT count(*) FROM loan').pluck().get(), 0);
    reader.exec('COMMIT');
    assert.equal(reader.prepare('SELECT count(*) FROM loan').pluck().get(), 10);
    reader.close();
    checkpoints.run();
    assert.equal(waiting(ledger.file), 0);
  });

  test('go on with a file that was away, or that another one took the place of', async () => {
    await using ledger = await sqliteLedger();
    await using other = await sqliteLedger();
    await issueSome(ledger, 'A');
    using checkpoints = checkpointsOf(ledger, 1);
    assert.ok(checkpoints.run() > 0);
    await issueSome(ledger, 'B');
    const move = (from: string, to: string) => {
      for (const ending of ['', '-wal', '-shm']) renameSync(from + ending, to + ending);
    };
    const away = `${ledger.file}.away`;
    move(ledger.file, away);
    assert.throws(() => checkpoints.run(), /ENOENT/);
    await issueSome(other, 'C');
    move(other.file, ledger.file);
    assert.ok(checkpoints.run() > 0);
    assert.equal(waiting(ledger.file), 0);
    move(ledger.file, other.file);
    move(away, ledger.file);
    assert.ok(waiting(ledger.file) > 0);
    assert.ok(checkpoints.run() > 0);
    assert.equal(waiting(ledger.file), 0);
  });
});
