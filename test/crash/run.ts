// npm run test:crash -- --times N    kills James under load N times on each engine (10 unless given)
// npm run test:crash -- --seed S     draws from this seed what is sent and when the kills fall
// npm run test:crash -- --engine sqlite | postgres    on that engine only (on both, one after the other, unless given)
// A line a kill; ends with exit code 1 and what is wrong at the first fault.

import { parseArgs } from 'node:util';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { postgresSite, type Site, SQLITE_SITE } from './bank-site.ts';
import { killAgainAndAgain } from './kills.ts';
import { survivedText } from './life.ts';

const SEED_RANGE = 2 ** 31;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    seed: { type: 'string' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});

function numberOf(name: string, text: string, form: RegExp): number {
  if (form.test(text)) return Number(text);
  console.error(`--${name} is not a number that it takes: ${text}`);
  process.exit(1);
}

async function onSite(site: Site, times: number, seed: number): Promise<boolean> {
  const start = performance.now();
  let before = start;
  try {
    await killAgainAndAgain({
      ...{ site, times, seed },
      onSurvived: (survived) => {
        const now = performance.now();
        console.log(`${site.name}, ${survivedText(survived)} (${((now - before) / 1000).toFixed(1)} s)`);
        before = now;
      },
    });
  } catch (error) {
    console.log((error as Error).message);
    return false;
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`${site.name}: ${times} kills survived in ${seconds} s, seed ${seed}`);
  return true;
}

const times = numberOf('times', values.times, /^[1-9]\d*$/);
const seed =
  values.seed === undefined ? Math.floor(Math.random() * SEED_RANGE) : numberOf('seed', values.seed, /^\d+$/);

const ENGINES: Record<string, () => Promise<boolean>> = {
  sqlite: () => onSite(SQLITE_SITE, times, seed),
  postgres: async () => {
    await using server = await PostgresServer.start(embeddedPostgres());
    return await onSite(postgresSite(server), times, seed);
  },
};
const runs = values.engine.flatMap((name) => ENGINES[name] ?? []);
if (runs.length !== values.engine.length) {
  console.error('--engine is sqlite or postgres');
  process.exit(1);
}
for (const run of runs) {
  if (await run()) continue;
  process.exitCode = 1;
  break;
}
