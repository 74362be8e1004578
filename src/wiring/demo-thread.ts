// The thread that fills a server's empty book with a made-up bank, so that no request waits for it. It has its own
// connections to the database, and ends by itself.

import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { DemoRequest } from '../demo/demo-run.ts';
import type { DemoEnd } from '../demo/demo-runs.ts';
import { BookNotEmpty, type LifeCounts } from '../demo/live-through.ts';
import type { Rounding } from '../domain/rounding.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { flushDatabase, openStore } from './engines.ts';
import { runDemo } from './run-demo.ts';

export interface DemoThreadData {
  readonly database: DatabaseAddress;
  readonly rounding: Rounding;
  readonly request: DemoRequest;
  readonly origin: { readonly requestId: string; readonly recordedBy: string };
}

export type DemoMessage =
  | { readonly kind: 'counts'; readonly counts: LifeCounts }
  | { readonly kind: 'end'; readonly end: DemoEnd };

/** Connections to a server; what the requests need stays theirs. */
const POOL = 6;
const TOLD_EVERY_MS = 250;
/** SQLite lets one write at a time, and who waits looks only now and then: a pause after each day lets others in. */
const PAUSE_MS = 2;

const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread only');
const { database, ...data } = workerData as DemoThreadData;
const stopping = new AbortController();
port.once('message', () => stopping.abort());

let toldAt = 0;
let lastCounts: LifeCounts | undefined;
const tell = (message: DemoMessage): void => port.postMessage(message);

async function onDay(counts: LifeCounts): Promise<void> {
  lastCounts = counts;
  if (performance.now() - toldAt >= TOLD_EVERY_MS) {
    toldAt = performance.now();
    tell({ kind: 'counts', counts });
  }
  if (database.engine === 'sqlite') await sleep(PAUSE_MS);
}

async function run(): Promise<DemoEnd> {
  const store = await openStore(database, { pool: POOL, isLazy: true });
  try {
    const { isWhole, overtakenOn } = await runDemo({ store, ...data, onDay, signal: stopping.signal });
    return isWhole ? { kind: 'done', overtakenOn } : { kind: 'stopped' };
  } catch (error) {
    if (error instanceof BookNotEmpty) return { kind: 'book-not-empty' };
    throw error;
  } finally {
    await store.close();
    await flushDatabase(database);
  }
}

const end = await run();
if (lastCounts !== undefined) tell({ kind: 'counts', counts: lastCounts });
tell({ kind: 'end', end });
port.close();
