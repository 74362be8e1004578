// The echo that James is measured against: James's own HTTP server, whose answers come from no store. Every request
// is authorized, read, validated and computed on as in James, and answered at the same size; nothing is recorded,
// batched or looked up, but that BARE_FILE makes each POST /loans one bare durable insert too. Its POST routes stand under /echo (echo-routes.ts), its GET routes are James's own. It serves in
// as many processes as James (WORKERS), which share the port in the same way.

import cluster from 'node:cluster';
import { openAccess } from '../src/access/access.ts';
import { serveWithWorkers } from '../src/cli/serve-workers.ts';
import { DEVELOPMENT_KEYS } from '../src/config.ts';
import { NO_DEMO } from '../src/demo/demo-runs.ts';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { BookSums } from '../src/domain/book.ts';
import { dateOf } from '../src/domain/calendar-date.ts';
import { USD } from '../src/domain/money.ts';
import { Authorization } from '../src/http/authorization.ts';
import { logOptions } from '../src/http/log.ts';
import { RunningExports } from '../src/http/running-exports.ts';
import { buildServer } from '../src/http/server.ts';
import type { Imports } from '../src/import/imports.ts';
import { datesIn, systemClock } from '../src/ledger/clock.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import type { LoanRecord, Store } from '../src/store/store.ts';
import { openBareLoans } from './bare-loans.ts';
import { echoRoutes } from './echo-routes.ts';
import { FIRST_YEAR, randomTerms } from './generated-loans.ts';
import { NO_KEYS } from './no-keys.ts';

/** As large as the figures of the book that James is asked for. */
const SUMS: BookSums = { valueCents: 1_234_567_890_123n, principalCents: 987_654_321_012n, volume: 98_765 };

/** Older than every date that is asked about. */
const LOAN: LoanRecord = {
  id: '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a',
  reference: null,
  terms: { ...randomTerms(new SeededRandom(43)), date: dateOf(FIRST_YEAR, 1, 1), term: 360 },
  recording: { at: 0, on: 0 },
  origin: { requestId: 'echo', recordedBy: 'echo' },
  hash: '',
  paymentsMade: 12,
  recordCount: 13,
  reversed: null,
  head: '',
};

const nothing: Pick<
  Store,
  'bank' | 'lanes' | 'writers' | 'bookDay' | 'bookAsOf' | 'bookByDueDate' | 'bookSeries' | 'loanAsOf'
> = {
  bank: { currency: USD, timeZone: 'UTC' },
  lanes: 1,
  writers: 1,
  bookDay: async () => 0,
  bookAsOf: async () => SUMS,
  bookSeries: async (dates) => dates.map(() => SUMS),
  loanAsOf: async () => ({ terms: LOAN.terms, paymentsMade: LOAN.paymentsMade, reversed: false }),
  bookByDueDate: async (_asOf, _knownAt, edges) => Array.from({ length: edges.length + 1 }, () => SUMS),
};

const ledger = new Ledger({
  store: nothing as Store,
  // The book day passes by itself; the echo is asked to record nothing else.
  execute: async ({ commands }) =>
    commands.map(({ kind }) => {
      if (kind !== 'pass-book-day') throw new Error('the echo records nothing');
      return { outcome: { kind: 'passed' }, replayOf: null };
    }),
  clock: systemClock,
  dateAt: datesIn('UTC'),
  rounding: 'down',
});
const { ring, rates, keys, sessions } = await openAccess({
  store: NO_KEYS,
  fixed: DEVELOPMENT_KEYS,
  secret: 'of the echo',
  sessionLimits: { idleMs: 60_000, absoluteMs: 60_000 },
  sessionsNeedHttps: false,
  rates: { readsPerSecond: null, writesPerSecond: null, workers: 1 },
  clock: systemClock,
  warn: console.error,
});
const bareFile = process.env['BARE_FILE'];
const record = bareFile === undefined ? () => undefined : openBareLoans(bareFile);
const exports = new RunningExports({
  chunks: () => {
    throw new Error('the echo has nothing to export');
  },
});
const imports = nothing as unknown as Imports;
const parts = {
  ledger,
  authorization: new Authorization(ring, rates),
  keys,
  sessions,
  demo: NO_DEMO,
  exports,
  imports,
};

/** Serves in this process; tells the address. */
async function serveHere(): Promise<string> {
  const app = await buildServer(parts, { logger: logOptions('warn') });
  await app.register(echoRoutes, { ...parts, record, prefix: '/echo' });
  process.on('SIGTERM', async () => {
    await app.close();
    // The channel to the process that started this worker would keep it alive.
    if (cluster.isWorker) process.disconnect?.();
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const workers = Number(process.env['WORKERS']);
const url = workers === 1 || cluster.isWorker ? await serveHere() : await serveWithWorkers(workers, 'http');
if (url === undefined) process.exitCode = 1;
else if (!cluster.isWorker) console.log(`The echo is listening on ${url}`);
