// james demo: a made-up bank for an empty database, with ten years behind it.

import type { Command } from 'commander';
import {
  type DemoRequest,
  type DemoRun,
  LOANS_DEFAULT,
  LOANS_MAX,
  SEED_DEFAULT,
  SEED_MAX,
  YEARS_DEFAULT,
  YEARS_MAX,
} from '../demo/demo-run.ts';
import { BookNotEmpty, type LifeCounts, type LifeResult } from '../demo/live-through.ts';
import { formatDate, parseDate } from '../domain/calendar-date.ts';
import { demoRunShape } from '../http/v1/demo.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { newId } from '../ledger/ids.ts';
import { addressText } from '../store/database-address.ts';
import type { Store } from '../store/store.ts';
import { flushDatabase } from '../wiring/engines.ts';
import { openForServing } from '../wiring/open-database.ts';
import { runDemo } from '../wiring/run-demo.ts';
import { good } from './colours.ts';
import { CommandError, EXIT_INTERRUPTED, interruption, running, settingsFor } from './command-context.ts';
import { progressOf } from './progress.ts';

interface Options {
  readonly loans: string;
  readonly years: string;
  readonly seed: string;
  readonly until?: string;
  readonly json?: boolean;
}

function countOf(option: string, text: string, min: number, max: number): number {
  if (/^\d{1,10}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  throw new CommandError(`${option}: "${text}" is not a number from ${min} to ${max}`);
}

function requestOf(options: Options, store: Store): DemoRequest {
  const today = datesIn(store.bank.timeZone)(systemClock());
  const until = options.until === undefined ? today : parseDate(options.until);
  if (until === undefined)
    throw new CommandError(`--until: "${options.until}" is not a calendar date (YYYY-MM-DD)`);
  if (until > today)
    throw new CommandError(`--until: ${formatDate(until)} lies ahead; nobody knows yet what happens then`);
  return {
    loans: countOf('--loans', options.loans, 1, LOANS_MAX),
    years: countOf('--years', options.years, 1, YEARS_MAX),
    seed: countOf('--seed', options.seed, 0, SEED_MAX),
    until,
  };
}

async function demo(options: Options): Promise<void> {
  const settings = settingsFor('command');
  const database = addressText(settings.database);
  const signal = interruption();
  const store = await openForServing(settings, { isLazy: true });
  const progress = progressOf('demo', 'records');
  const startedAt = systemClock();
  let request: DemoRequest;
  let counts: LifeCounts | undefined;
  let result: LifeResult;
  try {
    request = requestOf(options, store);
    result = await runDemo({
      ...{ store, request, signal, rounding: settings.rounding },
      origin: { requestId: `demo-${newId()}`, recordedBy: 'command-line' },
      onDay: (now) => {
        counts = now;
        progress.update(now.records, now.records / now.recordsInAll, formatDate(now.day));
        // Ctrl-C is heard between two turns of the event loop only.
        return new Promise((resolve) => setImmediate(resolve));
      },
    });
  } catch (error) {
    if (!(error instanceof BookNotEmpty)) throw error;
    throw new CommandError(
      `${database}: ${error.message}. A demo begins on an empty book and adds to no bank's: name another database in DATABASE_URL.`,
    );
  } finally {
    progress.stop();
    await store.close();
  }
  await flushDatabase(settings.database);
  const run: DemoRun = {
    ...{ ...request, startedAt, endedAt: systemClock() },
    ...{ state: result.isWhole ? 'done' : 'failed', fault: result.isWhole ? null : 'interrupted' },
    ...{ day: result.day ?? null, records: result.records, recordsInAll: counts?.recordsInAll ?? null },
    overtakenOn: result.overtakenOn,
  };
  if (options.json) console.log(JSON.stringify({ database, ...demoRunShape(run, systemClock()) }));
  else console.log(told(run, database));
  if (!result.isWhole) process.exitCode = EXIT_INTERRUPTED;
}

function told(run: DemoRun, database: string): string {
  const { records, day, overtakenOn, startedAt, endedAt } = run;
  if (run.state === 'failed') {
    const until =
      day === null ? 'The book is still empty' : `The book is sound, and whole up to ${formatDate(day)}`;
    return `interrupted after ${records} records. ${until}.\nServe it as it is; or, for all of the demo, name another database in DATABASE_URL (or remove this one, ${database}) and run the same command again.`;
  }
  const seconds = Math.max(((endedAt ?? startedAt) - startedAt) / 1000, 0.001);
  const lines = [
    `${good('done')}: ${run.loans} loans, ${records} records up to ${formatDate(run.until)} in ${seconds.toFixed(1)} s (${Math.round(records / seconds)} records/s)`,
    `${database} holds it: npx james book, or npx james serve`,
  ];
  if (overtakenOn !== null) {
    lines.push(
      `From ${formatDate(overtakenOn)} on all of it counts as learned today: what was known before that is fixed, since somebody has asked for it or recorded something.`,
    );
  }
  return lines.join('\n');
}

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'fill an empty database with a made-up bank: loans, payments, late ones, defaults, corrections',
    )
    .option('--loans <n>', `how many loans it issues, 1 to ${LOANS_MAX}`, String(LOANS_DEFAULT))
    .option('--years <n>', `how long it has been there, 1 to ${YEARS_MAX}`, String(YEARS_DEFAULT))
    .option('--seed <n>', 'the same seed makes the same bank', String(SEED_DEFAULT))
    .option('--until <date>', "its last day (default: today in the bank's time zone)")
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      `
Each record is booked on its own day, so that what was known on a date can be asked for. On a database
with loans it refuses. Ctrl-C leaves a sound book that ends early.

Examples:
  npx james demo
  DATABASE_URL=sqlite:///demo.sqlite npx james demo --loans 5000 --seed 7`,
    )
    .action((options: Options) => running(() => demo(options)));
}
