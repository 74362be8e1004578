// The echo that James is measured against: James's own HTTP server, whose answers come from no store. Every request
// is authorized, read, validated and computed on as in James, and answered at the same size; nothing is recorded,
// batched or looked up. Its POST routes stand under /echo (echo-routes.ts), its GET routes are James's own. It serves in
// as many processes as James (WORKERS), which share the port in the same way.

import cluster from 'node:cluster';
import { openAccess } from '../src/access/access.ts';
import { serveWithWorkers } from '../src/cli/serve-workers.ts';
import { DEVELOPMENT_KEYS } from '../src/config.ts';
import { NO_DEMO } from '../src/demo/demo-runs.ts';
import type { BookSums } from '../src/domain/book.ts';
import { USD } from '../src/domain/money.ts';
import { Authorization } from '../src/http/authorization.ts';
import { logOptions } from '../src/http/log.ts';
import { buildServer } from '../src/http/server.ts';
import type { Imports } from '../src/import/imports.ts';
import { datesIn, systemClock } from '../src/ledger/clock.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import type { Store } from '../src/store/store.ts';
import { echoRoutes } from './echo-routes.ts';
import { NO_KEYS } from './no-keys.ts';

/** As large as the figures of the book that James is asked for. */
const SUMS: BookSums = { valueCents: 1_234_567_890_123n, principalCents: 987_654_321_012n, volume: 98_765 };

const nothing: Pick<Store, 'bank' | 'bookAsOf' | 'bookByDueDate'> = {
  bank: { currency: USD, timeZone: 'UTC' },
  bookAsOf: async () => SUMS,
  bookByDueDate: async (_asOf, _knownAt, edges) => Array.from({ length: edges.length + 1 }, () => SUMS),
};

const ledger = new Ledger({
  store: nothing as Store,
  execute: () => Promise.reject(new Error('the echo records nothing')),
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
const imports = nothing as unknown as Imports;
const authorization = new Authorization(ring, rates);
const parts = { ledger, authorization, keys, sessions, imports, demo: NO_DEMO };

/** Serves in this process; tells the address. */
async function serveHere(): Promise<string> {
  const app = await buildServer(parts, { logger: logOptions('warn') });
  await app.register(echoRoutes, { ...parts, prefix: '/echo' });
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
