// The model test's part of `npm test`: a fixed number of random histories, told to the real service over HTTP and to the
// slow model. FC_SEED=… repeats a failure; `npm run test:model -- --minutes N` goes on for longer.

import { test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { checkHistories } from './check-histories.ts';

const RUNS = 20;
const STEPS_MAX = 60;

onEachEngine((engine) => {
  test('random histories leave every answer as a slow, obvious model has it', async () => {
    const { seed, failure } = await checkHistories({ engine, runs: RUNS, stepsMax: STEPS_MAX });
    if (failure !== undefined)
      throw new Error(`${failure}\nFC_SEED=${seed} npm test -- test/model repeats it`);
  });
});
