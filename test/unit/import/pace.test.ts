// How many rows an import books at once, and when it leaves the database to others.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Pace } from '../../../src/import/pace.ts';

/** Fast enough that no test waits long, slow enough that a wait can be told from none. */
const TOOK_MS = 40;

test('alone it books many rows and does not rest', async () => {
  const pace = new Pace(async () => false);
  const rows = pace.rows;
  const timers = mock.method(globalThis, 'setTimeout');
  await pace.rest(TOOK_MS);
  assert.equal(timers.mock.callCount(), 0);
  timers.mock.restore();
  assert.equal(pace.rows, rows);
});

test('among others it books few rows, and rests as long as it has held the database', async () => {
  let othersWrite = true;
  const pace = new Pace(async () => othersWrite);
  const alone = pace.rows;
  const begun = performance.now();
  await pace.rest(TOOK_MS);
  // A timer may be a millisecond early.
  assert.ok(performance.now() - begun >= TOOK_MS - 1);
  assert.ok(pace.rows < alone);
  // They are not gone because they have not written for one transaction.
  othersWrite = false;
  await pace.rest(0);
  assert.ok(pace.rows < alone);
});

test('when nobody has written for a while it is alone again', async () => {
  const clock = mock.method(performance, 'now', () => 0);
  try {
    let othersWrite = true;
    const pace = new Pace(async () => othersWrite);
    const alone = pace.rows;
    await pace.rest(0);
    assert.ok(pace.rows < alone);
    othersWrite = false;
    clock.mock.mockImplementation(() => 60_000);
    await pace.rest(0);
    assert.equal(pace.rows, alone);
  } finally {
    clock.mock.restore();
  }
});
