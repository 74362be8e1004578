// The ledger's thread: the one place of a server that writes to SQLite. It has a thread of its own because SQLite's
// calls are synchronous: waiting for the disk or for another process's lock must not hold up any request.

import { parentPort, workerData } from 'node:worker_threads';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { batchExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import type { BatchReply, BatchRequest } from './thread-messages.ts';

const port = parentPort;
if (port === null) throw new Error('ledger-thread.ts runs as a worker thread only');

const store = openSqliteStore((workerData as { file: string }).file);
const execute = batchExecutor({ store, clock: systemClock, dateAt: datesIn(store.bank.timeZone), newId });

async function answer({ batch, commands }: BatchRequest): Promise<BatchReply> {
  try {
    return { batch, ok: true, outcomes: await execute(commands) };
  } catch (error) {
    const fault = error instanceof StoreUnavailable ? error.fault : null;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { batch, ok: false, fault, message };
  }
}

port.on('message', async (request: BatchRequest) => port.postMessage(await answer(request)));
