// The thread for questions that read many rows: it has its own connection, and SQLite's readers never wait.

import { workerData } from 'node:worker_threads';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { replyOf } from './store-reply.ts';
import type { Question } from './threaded-store.ts';

const store = openSqliteStore((workerData as { file: string }).file);

answerCalls(({ method, parameters }: Question) => {
  const ask = store[method] as (...parameters: unknown[]) => Promise<unknown>;
  return replyOf(ask.apply(store, [...parameters]));
});
