// Runs batches on the ledger's thread. A thread that dies is started again at the next batch; what it had under way
// is reported as failed, since nobody knows whether it was committed.

import { Worker } from 'node:worker_threads';
import type { BatchExecutor, Outcome } from '../ledger/commands.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import type { BatchReply, BatchRequest } from './thread-messages.ts';

interface Pending {
  readonly resolve: (outcomes: Outcome[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface ThreadExecutor {
  readonly execute: BatchExecutor;
  /** Ends the thread; call it when nothing is under way. */
  close(): Promise<void>;
}

export function threadExecutor(file: string): ThreadExecutor {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let batches = 0;

  function settle(reply: BatchReply): void {
    const waiting = pending.get(reply.batch);
    pending.delete(reply.batch);
    if (reply.ok) waiting?.resolve(reply.outcomes);
    else if (reply.fault === null) waiting?.reject(new Error(reply.message));
    else waiting?.reject(new StoreUnavailable(reply.fault, reply.message.split('\n')[0] as string));
  }

  function start(): Worker {
    const started = new Worker(new URL('./ledger-thread.ts', import.meta.url), { workerData: { file } });
    let failure: unknown;
    started.on('message', settle);
    started.on('error', (error) => {
      failure = error;
    });
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      const error = new StoreUnavailable('unreachable', `the ledger's thread ended: ${failure}`, failure);
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
    });
    return started;
  }

  return {
    execute: (commands) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        const batch = ++batches;
        pending.set(batch, { resolve, reject });
        worker.postMessage({ batch, commands } satisfies BatchRequest);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
