// A database that this process may read but not write: questions are answered, writes are refused as what they are.
// The process that may not is a child, since root may do everything.

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { issue, words } from '../../../support/ledger-commands.ts';
import { executorOn, type SqliteLedger, sqliteLedger, TODAY } from '../../../support/temporary-database.ts';
import type { UnprivilegedAnswer } from './unprivileged-reader.ts';

async function askUnprivileged(file: string): Promise<UnprivilegedAnswer> {
  const child = fork(join(import.meta.dirname, 'unprivileged-reader.ts'), { execArgv: [] });
  await once(child, 'message');
  child.send(file);
  const [answer] = (await once(child, 'message')) as [UnprivilegedAnswer];
  await once(child, 'exit');
  return answer;
}

function needsUsers(t: TestContext): boolean {
  if (process.getuid !== undefined) return false;
  t.skip('this platform has no users to be');
  return true;
}

const twice = <Answer>(answer: Answer) => [answer, answer];

describe('a process that may only read the database file', () => {
  async function withLoan(work: (ledger: SqliteLedger) => Promise<void>): Promise<void> {
    await using ledger = await sqliteLedger();
    await ledger.execute([issue('LC-1')]);
    await work(ledger);
  }

  test('reads on and writes nothing, while another process serves it', async (t) => {
    if (needsUsers(t)) return;
    await withLoan(async (ledger) => {
      chmodSync(ledger.directory, 0o755);
      chmodSync(ledger.file, 0o444);
      assert.deepEqual(await askUnprivileged(ledger.file), {
        opened: true,
        volumes: twice(1),
        writes: twice('read-only'),
      });
      assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).volume, 1);
      // Only a process that may is not disturbed.
      if (process.getuid?.() === 0)
        assert.deepEqual(words(await ledger.execute([issue('LC-2')])), ['issued']);
    });
  });

  test('reads on and writes nothing, alone with it', async (t) => {
    if (needsUsers(t)) return;
    await withLoan(async (ledger) => {
      await ledger.store.close();
      chmodSync(ledger.directory, 0o777);
      chmodSync(ledger.file, 0o444);
      assert.deepEqual(await askUnprivileged(ledger.file), {
        opened: true,
        volumes: twice(1),
        writes: twice('read-only'),
      });
      chmodSync(ledger.file, 0o644);
      const again = openSqliteStore(ledger.file);
      const outcomes = await executorOn(again, ledger.clock)([issue('LC-1'), issue('LC-2')]);
      assert.deepEqual(words(outcomes), ['reference-taken', 'issued']);
      assert.equal((await again.bookAsOf(TODAY, undefined)).volume, 2);
      await again.close();
    });
  });

  test('that it may not even read is told so, in words', async (t) => {
    if (needsUsers(t)) return;
    await withLoan(async (ledger) => {
      await ledger.store.close();
      chmodSync(ledger.directory, 0o755);
      chmodSync(ledger.file, 0o000);
      assert.deepEqual(await askUnprivileged(ledger.file), { opened: false, fault: 'unreachable' });
      chmodSync(ledger.file, 0o644);
    });
  });
});
