// Imports on another thread, as those who call see them: on SQLite the ledger's, where all writing is; on PostgreSQL one
// for the steps alone, since its calls block nobody.

import type { ImportSteps } from '../import/import-steps.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import type { ImportStore } from '../store/import-store.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import type { ImportThreadData } from './import-thread.ts';
import type { ImportCall } from './import-work.ts';
import { answerOf, type StoreReply } from './store-reply.ts';

/** Sends a call to the thread. */
export type ImportCalls = <Answer>(call: ImportCall) => Promise<Answer>;

/** `reader` answers here what only reads, so that nobody who looks at an import waits behind what is being written. */
export function threadedImports(call: ImportCalls, reader: ImportStore): ImportStore {
  const ask = <Answer>(method: keyof ImportStore, ...parameters: readonly unknown[]): Promise<Answer> =>
    call({ on: 'imports', method, parameters });
  return {
    insert: (...parameters) => ask('insert', ...parameters),
    receive: (...parameters) => ask('receive', ...parameters),
    received: (...parameters) => ask('received', ...parameters),
    byId: (...parameters) => reader.byId(...parameters),
    byKey: (...parameters) => reader.byKey(...parameters),
    list: (...parameters) => reader.list(...parameters),
    claim: (...parameters) => ask('claim', ...parameters),
    keep: (...parameters) => ask('keep', ...parameters),
    release: (...parameters) => ask('release', ...parameters),
    restart: (...parameters) => ask('restart', ...parameters),
    lanes: (...parameters) => reader.lanes(...parameters),
    chunk: (...parameters) => reader.chunk(...parameters),
    end: (...parameters) => ask('end', ...parameters),
    cancel: (...parameters) => ask('cancel', ...parameters),
    rejects: (...parameters) => reader.rejects(...parameters),
    tidy: (...parameters) => ask('tidy', ...parameters),
    open: () => reader.open(),
    async close() {
      await reader.close();
      await ask('close');
    },
  };
}

/** Steps on a thread that is there anyway. */
export function threadedSteps(call: ImportCalls): ImportSteps {
  const ask = <Answer>(method: string, ...parameters: readonly unknown[]): Promise<Answer> =>
    call({ on: 'steps', method, parameters });
  return {
    lanesAtOnce: 1,
    begin: (running) => ask('begin', running),
    step: (step) => ask('step', step),
    end: () => ask('end'),
  };
}

/** Lanes of an import that a process steps at once on PostgreSQL: enough to keep the thread busy. */
const WRITERS = 4;
/** How long the thread waits for another import. */
const IDLE_MS = 5_000;

export interface StepsThread extends ImportSteps {
  /** Ends the thread; call it when nothing is under way. */
  close(): Promise<void>;
}

/** Steps on a thread of their own, which is there while imports are. */
export function stepsThread(database: DatabaseAddress): StepsThread {
  const data: ImportThreadData = { database, writers: WRITERS };
  const thread = new ThreadCalls(new URL('./import-thread.ts', import.meta.url), data);
  let idle: NodeJS.Timeout | undefined;
  const ask = <Answer>(method: string, ...parameters: readonly unknown[]): Promise<Answer> => {
    const call: ImportCall = { on: 'steps', method, parameters };
    return answerOf(thread.call<StoreReply<Answer>>(call));
  };
  const close = async () => {
    clearTimeout(idle);
    await thread.close();
  };
  return {
    lanesAtOnce: WRITERS,
    begin: (running) => {
      clearTimeout(idle);
      return ask('begin', running);
    },
    step: (step) => ask('step', step),
    async end() {
      await ask('end');
      idle = setTimeout(close, IDLE_MS).unref();
    },
    close,
  };
}
