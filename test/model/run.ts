// npm run test:model -- --minutes N    random histories against the slow model for as long as asked (a minute unless given)
// npm run test:model -- --seed S       begins with this seed; a failure names the seed that repeats it
// npm run test:model -- --engine sqlite | postgres    on that engine only (both in turn unless given)
// Ends with exit code 1 at the first history that fails, written out as short as it can be made.

import { parseArgs } from 'node:util';
import { postgresEngine, SQLITE, type TestEngine } from '../support/engines.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { checkHistories } from './check-histories.ts';

const RUNS_A_SEED = 20;
const STEPS_MAX = 120;
const SEED_RANGE = 2 ** 31;
const PROGRESS_MS = 15_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
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

const server = values.engine.includes('postgres')
  ? await PostgresServer.start(embeddedPostgres())
  : undefined;
const ENGINES: Record<string, TestEngine | undefined> = {
  sqlite: SQLITE,
  ...(server === undefined ? {} : { postgres: postgresEngine('PostgreSQL', server.url('postgres')) }),
};
const engines = values.engine.flatMap((name) => ENGINES[name] ?? []);
if (engines.length !== values.engine.length) {
  console.error('--engine is sqlite or postgres');
  process.exit(1);
}

const start = performance.now();
let told = start;
let histories = 0;
let steps = 0;
for (;;) {
  const engine = engines[seed % engines.length] as TestEngine;
  const result = await checkHistories({ engine, runs: RUNS_A_SEED, stepsMax: STEPS_MAX, seed });
  if (result.failure !== undefined) {
    console.log(result.failure);
    const flag = engine === SQLITE ? 'sqlite' : 'postgres';
    console.log(`npm run test:model -- --minutes 0 --seed ${seed} --engine ${flag} repeats it`);
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
await server?.[Symbol.asyncDispose]();
