// The thread for questions that take long; it has its own connection.

import { workerData } from 'node:worker_threads';
import type { DatabaseAddress } from '../store/database-address.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { openStore } from './engines.ts';
import { replyOf } from './store-reply.ts';
import type { Question } from './threaded-store.ts';

const { database } = workerData as { database: DatabaseAddress };
const POOL = 4;

// Opened by the first question, and again where that failed: a server that is away comes back.
let opening: ReturnType<typeof openStore> | undefined;

async function ask({ method, parameters }: Question): Promise<unknown> {
  opening ??= openStore(database, { pool: POOL, compacts: false });
  try {
    const store = await opening;
    const asked = store[method] as (...parameters: unknown[]) => Promise<unknown>;
    return await asked.apply(store, [...parameters]);
  } catch (error) {
    await opening.catch(() => {
      opening = undefined;
    });
    throw error;
  }
}

answerCalls((question: Question) => replyOf(ask(question)));
