// Another process in the same database: a writer only waits for it, a reader does not even wait.

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { byReference, issue, loanOf, pay, words } from '../../../support/ledger-commands.ts';
import { executorOn, sqliteLedger, TODAY } from '../../../support/temporary-database.ts';
import type { LockRequest } from './lock-holder.ts';

const HOLD_MS = 1_000;

/** A process that has taken the write lock and written a change, which it commits by itself after HOLD_MS. */
async function lockHolder(file: string): Promise<ChildProcess> {
  const holder = fork(join(import.meta.dirname, 'lock-holder.ts'), { execArgv: [] });
  await once(holder, 'message');
  holder.send({ file, holdMs: HOLD_MS } satisfies LockRequest);
  const [said] = await once(holder, 'message');
  assert.equal(said, 'locked');
  return holder;
}

test('another process that holds the write lock for a second delays a write and nothing else', async () => {
  await using ledger = await sqliteLedger();
  await ledger.execute([issue('LC-1')]);
  const holder = await lockHolder(ledger.file);
  const gone = once(holder, 'exit');
  // Reads see what is committed, while the lock is held.
  assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).volume, 1);
  const outcomes = await ledger.execute([pay(byReference('LC-1'), TODAY), issue('LC-2')]);
  assert.deepEqual(words(outcomes), ['recorded', 'issued']);
  assert.deepEqual(await gone, [0, null]);
  // The write came after the other's commit: it was decided on what that left, and both are there.
  const again = openSqliteStore(ledger.file);
  assert.equal((await loanOf(again, 'LC-1'))?.origin.recordedBy, 'the other process');
  assert.equal((await again.bookAsOf(TODAY, undefined)).volume, 2);
  await again.close();
});

test('two stores on one file see each other’s commits and decide on them', async () => {
  await using ledger = await sqliteLedger();
  const other = openSqliteStore(ledger.file);
  const execute = executorOn(other, ledger.clock);
  await ledger.execute([issue('LC-1')]);
  assert.deepEqual(words(await execute([issue('LC-1'), pay(byReference('LC-1'), TODAY)])), [
    'reference-taken',
    'recorded',
  ]);
  assert.deepEqual(words(await ledger.execute([pay(byReference('LC-1'), TODAY)])), ['refused duplicate']);
  assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), await other.bookAsOf(TODAY, undefined));
  await other.close();
});
