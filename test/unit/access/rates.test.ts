// How many requests a second a key may send.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller } from '../../../src/access/key-ring.ts';
import { Rates } from '../../../src/access/rates.ts';

function caller(name: string, members: Partial<Caller> = {}): Caller {
  return { name, role: 'officer', guessable: false, readsPerSecond: null, writesPerSecond: null, ...members };
}

const UNLIMITED = { readsPerSecond: null, writesPerSecond: null, workers: 1 };

/** How many of so many requests at once are served. */
async function servedOf(rates: Rates, by: Caller, isWrite: boolean, requests: number): Promise<number> {
  const waits = await Promise.all(Array.from({ length: requests }, () => rates.waitSeconds(by, isWrite)));
  assert.ok(waits.every((wait) => wait === 0 || wait === 1));
  return waits.filter((wait) => wait === 0).length;
}

test('without a limit anything goes', async () => {
  assert.equal(await servedOf(new Rates(UNLIMITED), caller('a'), true, 5_000), 5_000);
});

test('the limits of the settings are for each key, and reads and writes are told apart', async () => {
  const rates = new Rates({ readsPerSecond: 7, writesPerSecond: 3, workers: 1 });
  assert.equal(await servedOf(rates, caller('a'), true, 10), 3);
  assert.equal(await servedOf(rates, caller('a'), false, 10), 7);
  assert.equal(await servedOf(rates, caller('b'), true, 10), 3);
});

test('a key’s own limit goes before that of the settings, up or down', async () => {
  const rates = new Rates({ readsPerSecond: 7, writesPerSecond: 3, workers: 1 });
  assert.equal(await servedOf(rates, caller('a', { writesPerSecond: 5 }), true, 10), 5);
  assert.equal(await servedOf(rates, caller('b', { readsPerSecond: 1 }), false, 10), 1);
  assert.equal(await servedOf(new Rates(UNLIMITED), caller('a', { writesPerSecond: 5 }), true, 10), 5);
});

test('the workers of a server share a limit', async () => {
  const rates = new Rates({ readsPerSecond: null, writesPerSecond: 10, workers: 4 });
  assert.equal(await servedOf(rates, caller('a'), true, 20), 3);
});
