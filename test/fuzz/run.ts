// npm run test:fuzz -- --minutes N     throws bad input at James for as long as asked (a minute unless given)
// npm run test:fuzz -- --seed S        begins with this seed; a failure names the seed that repeats it
// npm run test:fuzz -- --engine sqlite | postgres    on that engine only (both in turn unless given)
// Ends with exit code 1 at the first fault, with what was sent, as it can be sent again, and what was answered.

import { parseArgs } from 'node:util';
import { postgresEngine, SQLITE, type TestEngine } from '../support/engines.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { Barrage } from './barrage.ts';

const SEED_RANGE = 2 ** 31;
const PROGRESS_MS = 15_000;
/** Then the service is looked at, and another takes its place, with an empty database. */
const BARRAGE_MINUTES_MAX = 30;

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

/** One barrage of so many minutes, of one round at least; whether nothing was found. */
async function barrage(name: string, engine: TestEngine, lastsMinutes: number): Promise<boolean> {
  await using thrown = await Barrage.on(engine);
  const start = performance.now();
  let told = start;
  let found: string | undefined;
  for (;;) {
    found = await thrown.round(seed);
    if (found !== undefined) break;
    const now = performance.now();
    const seconds = Math.round((now - start) / 1000);
    const isOver = now - start >= lastsMinutes * 60_000;
    if (isOver || now - told >= PROGRESS_MS) {
      const { tally, memory } = thrown;
      console.log(
        `${engine.name}, ${seconds} s: ${tally.requests} requests, ${memory.latest}, the last seed was ${seed}`,
      );
      told = now;
    }
    seed = (seed + 1) % SEED_RANGE;
    if (isOver) break;
  }
  const repeated = `npm run test:fuzz -- --minutes 0 --seed ${seed} --engine ${name} repeats it`;
  const { text } = thrown.memory.growth;
  const fault = found === undefined ? await thrown.aftermath() : `${found}\n${repeated}`;
  console.log(`${thrown.tally.text}\n${engine.name}: ${thrown.tally.requests} requests; ${text}`);
  if (fault !== undefined) console.log(fault);
  return fault === undefined;
}

const server = values.engine.includes('postgres')
  ? await PostgresServer.start(embeddedPostgres())
  : undefined;
const ENGINES: Record<string, TestEngine | undefined> = {
  sqlite: SQLITE,
  ...(server === undefined ? {} : { postgres: postgresEngine('PostgreSQL', server.url('postgres')) }),
};
const engines = values.engine.flatMap((name) => {
  const engine = ENGINES[name];
  return engine === undefined ? [] : [{ name, engine }];
});
if (engines.length !== values.engine.length) {
  console.error('--engine is sqlite or postgres');
  process.exitCode = 1;
} else {
  const rounds = Math.max(1, Math.ceil(minutes / engines.length / BARRAGE_MINUTES_MAX));
  const each = minutes / engines.length / rounds;
  const turns = Array.from({ length: rounds }, () => engines).flat();
  for (const { name, engine } of turns) {
    if (await barrage(name, engine, each)) continue;
    process.exitCode = 1;
    break;
  }
}
await server?.[Symbol.asyncDispose]();
