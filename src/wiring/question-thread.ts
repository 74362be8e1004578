// The thread for what takes long or may have to wait, so that nobody else's request does: long questions, and the keys of
// an embedded database. It has its own connections.

import { workerData } from 'node:worker_threads';
import type { DatabaseAddress } from '../store/database-address.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { openKeyStore, openStore } from './engines.ts';
import { replyOf } from './store-reply.ts';

const { database } = workerData as { database: DatabaseAddress };
const POOL = 4;

/** What a call is made on. */
const OPENERS = {
  store: () => openStore(database, { pool: POOL, compacts: false }),
  keys: () => openKeyStore(database),
} as const;

type Target = keyof typeof OPENERS;

export interface ThreadQuestion {
  readonly target: Target;
  readonly method: string;
  readonly parameters: readonly unknown[];
}

// Opened by the first call, and again where that failed: a server that is away comes back.
const opening = new Map<Target, Promise<unknown>>();

async function ask({ target, method, parameters }: ThreadQuestion): Promise<unknown> {
  let opened = opening.get(target);
  if (opened === undefined) {
    opened = OPENERS[target]();
    opening.set(target, opened);
  }
  let on: Record<string, (...parameters: unknown[]) => unknown>;
  try {
    on = (await opened) as typeof on;
  } catch (error) {
    opening.delete(target);
    throw error;
  }
  return (on[method] as (...parameters: unknown[]) => unknown).apply(on, [...parameters]);
}

answerCalls((question: ThreadQuestion) => replyOf(ask(question)));
