// A disk that is full, a real one of 1 MB: what is refused leaves nothing behind, what was acknowledged stays, and
// service comes back with space.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { byReference, issue, loanOf, pay, words } from '../../../support/ledger-commands.ts';
import { assertRejectsUnavailable } from '../../../support/store-faults.ts';
import { sqliteLedger, TODAY, temporaryDirectory } from '../../../support/temporary-database.ts';

/** Mounts a disk of 1 MB for one test; says why where the machine won't have it. */
function smallDisk(t: TestContext, directory: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    t.skip('a disk of 1 MB can be mounted by root on Linux only');
    return false;
  }
  const options = ['-t', 'tmpfs', '-o', 'size=1m,mode=0755', 'tmpfs', directory];
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' });
  if (status !== 0) t.skip(`a disk of 1 MB could not be mounted: ${stderr}`);
  return status === 0;
}

/** Takes all the space that is left, to the last page. */
function fill(file: string): void {
  const filler = openSync(file, 'w');
  try {
    for (;;) writeSync(filler, Buffer.alloc(4096));
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  } finally {
    closeSync(filler);
  }
}

async function onSmallDisk(t: TestContext, work: (directory: string) => Promise<void>): Promise<void> {
  using directory = temporaryDirectory();
  if (!smallDisk(t, directory.path)) return;
  try {
    await work(directory.path);
  } finally {
    // Lazily: whatever a failed test has left open must not hide why it failed.
    execFileSync('umount', ['--lazy', directory.path]);
  }
}

test('a full disk refuses writes as full, loses nothing, answers questions, and serves again with space', async (t) => {
  await onSmallDisk(t, async (directory) => {
    await using ledger = await sqliteLedger(directory);
    await ledger.execute([issue('LC-1'), pay(byReference('LC-1'), TODAY)]);
    const before = await ledger.store.bookAsOf(TODAY, undefined);
    const filler = join(directory, 'filler');
    fill(filler);

    // More than the log's last page has room for.
    const many = Array.from({ length: 300 }, (_, index) => issue(`many ${index}`));
    for (let attempt = 0; attempt < 3; attempt++) {
      const error = await assertRejectsUnavailable('full', ledger.execute(many));
      assert.match(error.message, /the disk is full/);
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), before);
      assert.equal(await loanOf(ledger.store, 'many 0'), undefined);
      assert.equal((await loanOf(ledger.store, 'LC-1'))?.paymentsMade, 1);
    }

    rmSync(filler);
    assert.deepEqual(new Set(words(await ledger.execute(many))), new Set(['issued']));
    assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).volume, 301);
    const again = openSqliteStore(ledger.file);
    assert.deepEqual(await again.bookAsOf(TODAY, undefined), await ledger.store.bookAsOf(TODAY, undefined));
    await again.close();
  });
});

test('a disk that runs full in the middle keeps every batch that was acknowledged, and no other', async (t) => {
  await onSmallDisk(t, async (directory) => {
    await using ledger = await sqliteLedger(directory);
    let acknowledged = 0;
    for (let batch = 0; ; batch++) {
      const commands = Array.from({ length: 250 }, (_, index) => issue(`${batch}/${index}`));
      try {
        acknowledged += (await ledger.execute(commands)).length;
      } catch (error) {
        await assertRejectsUnavailable('full', Promise.reject(error));
        break;
      }
    }
    assert.ok(acknowledged > 0);
    assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).volume, acknowledged);
    await ledger.store.close();
    const again = openSqliteStore(ledger.file);
    assert.equal((await again.bookAsOf(TODAY, undefined)).volume, acknowledged);
    await again.close();
  });
});
