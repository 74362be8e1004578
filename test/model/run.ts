// npm run test:model -- --minutes N    random histories against the slow model for as long as asked (a minute unless given)
// npm run test:model -- --seed S       begins with this seed; a failure names the seed that repeats it
// Ends with exit code 1 at the first history that fails, written out as short as it can be made.

import { parseArgs } from 'node:util';
import { checkHistories } from './check-histories.ts';

const RUNS_A_SEED = 20;
const STEPS_MAX = 120;
const SEED_RANGE = 2 ** 31;
const PROGRESS_MS = 15_000;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
});

function numberOf(name: string, text: string, form: RegExp): number {
  if (form.test(text)) return Number(text);
  console.error(`--${name} is not a number that it takes: ${text}`);
  process.exit(1);
}

const minutes = numberOf('minutes', values.minutes, /^\d+(\.\d+)?$/);
let seed =
  values.seed === undefined
    ? Math.floor(Math.random() * SEED_RANGE)
    : numberOf('seed', values.seed, /^-?\d+$/);

const start = performance.now();
let told = start;
let histories = 0;
let steps = 0;
for (;;) {
  const result = await checkHistories({ runs: RUNS_A_SEED, stepsMax: STEPS_MAX, seed });
  if (result.failure !== undefined) {
    console.log(result.failure);
    console.log(`npm run test:model -- --minutes 0 --seed ${seed} repeats it`);
    process.exitCode = 1;
    break;
  }
  histories += RUNS_A_SEED;
  steps += result.steps;
  const now = performance.now();
  const over = now - start >= minutes * 60_000;
  if (over || now - told >= PROGRESS_MS) {
    const seconds = Math.round((now - start) / 1000);
    console.log(`${seconds} s: ${histories} histories of ${steps} steps agree, the last seed was ${seed}`);
    told = now;
  }
  if (over) break;
  seed = (seed + 1) % SEED_RANGE;
}
