// The fuzz test's part of `npm test`: a few rounds of bad input on each engine. FC_SEED=… repeats what was drawn;
// `npm run test:fuzz -- --minutes N` goes on for longer.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { fc } from '../support/properties.ts';
import { Barrage } from './barrage.ts';

const ROUNDS = 4;
/** By chance; if it were more, requests would no longer get past the doors. */
const NEVER_ACCEPTED_MAX = 3;

onEachEngine((engine) => {
  test('bad input by the ton gets decent answers, and leaves the service as it was', async (t) => {
    const seed = fc.readConfigureGlobal()?.seed ?? randomInt(2 ** 31 - ROUNDS);
    t.diagnostic(`FC_SEED=${seed}`);
    await using barrage = await Barrage.on(engine);
    for (let round = 0; round < ROUNDS; round++) {
      const found = await barrage.round(seed + round);
      if (found !== undefined) {
        throw new Error(`${found}\nFC_SEED=${seed + round} npm test -- test/fuzz repeats it`);
      }
    }
    const fault = await barrage.aftermath();
    if (fault !== undefined) throw new Error(fault);
    const { tally, memory, operations } = barrage;
    t.diagnostic(`${tally.requests} requests; ${memory.growth.text}`);
    const never = tally.neverAccepted(operations.map(({ name }) => name));
    assert.ok(never.length <= NEVER_ACCEPTED_MAX, `no request got through to ${never.join(', ')}`);
  });
});
