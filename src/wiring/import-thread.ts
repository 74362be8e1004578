// The thread that steps imports on PostgreSQL, where a server's writes have none of their own: what deciding a thousand rows
// costs, no request should wait for. It has its own connections and is there while an import runs.

import { workerData } from 'node:worker_threads';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { newId } from '../ledger/ids.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import type { Store } from '../store/store.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { openStore } from './engines.ts';
import { type ImportCall, importWork } from './import-work.ts';
import { replyOf } from './store-reply.ts';

export interface ImportThreadData {
  readonly database: DatabaseAddress;
  /** Lanes that it steps at once; each has a connection. */
  readonly writers: number;
}

const { database, writers } = workerData as ImportThreadData;
let opening: Promise<(call: ImportCall) => Promise<unknown>> | undefined;

async function open(): Promise<(call: ImportCall) => Promise<unknown>> {
  // A store gives half of its connections to writers.
  const store: Store = await openStore(database, { pool: 2 * writers, compacts: false });
  return importWork(database, { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone), newId });
}

async function answer(call: ImportCall): Promise<unknown> {
  opening ??= open();
  const work = await opening.catch((error) => {
    opening = undefined;
    throw error;
  });
  return work(call);
}

answerCalls((call: ImportCall) => replyOf(answer(call)));
