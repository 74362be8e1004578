// The ledger's thread: the one place of a server that writes to SQLite. It has a thread of its own because SQLite's
// calls are synchronous: waiting for the disk or for another process's lock must not hold up any request.

import { Worker, workerData } from 'node:worker_threads';
import { datesIn, systemClock } from '../ledger/clock.ts';
import type { LaneBatch } from '../ledger/commands.ts';
import { laneExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { openStore } from './engines.ts';
import { type ImportCall, importWork } from './import-work.ts';
import { replyOf } from './store-reply.ts';

const { database } = workerData as { database: DatabaseAddress };
const store = await openStore(database, { isCheckpointed: true });
if (database.engine === 'sqlite') {
  // It ends with this thread.
  const checkpointing = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
    workerData: { file: database.file },
  });
  checkpointing.unref();
}
const parts = { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone), newId };
const execute = laneExecutor(parts);
const work = importWork(database, parts);

/** What the thread is asked to do. */
export type LedgerCall = LaneBatch | ImportCall;

answerCalls((call: LedgerCall) => replyOf<unknown>('commands' in call ? execute(call) : work(call)));
