// The ledger's thread: the one place of a server that writes to SQLite. It has a thread of its own because SQLite's
// calls are synchronous: waiting for the disk or for another process's lock must not hold up any request.

import { workerData } from 'node:worker_threads';
import { datesIn, systemClock } from '../ledger/clock.ts';
import type { Command } from '../ledger/commands.ts';
import { batchExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { replyOf } from './store-reply.ts';

const store = openSqliteStore((workerData as { file: string }).file);
const execute = batchExecutor({ store, clock: systemClock, dateAt: datesIn(store.bank.timeZone), newId });

answerCalls((commands: readonly Command[]) => replyOf(execute(commands)));
