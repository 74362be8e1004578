// Runs batches on the ledger's thread.

import type { Answer, BatchExecutor } from '../ledger/commands.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import { answerOf, type StoreReply } from './store-reply.ts';

export interface ThreadExecutor {
  readonly execute: BatchExecutor;
  /** Ends the thread; call it when nothing is under way. */
  close(): Promise<void>;
}

export function threadExecutor(file: string): ThreadExecutor {
  const thread = new ThreadCalls(new URL('./ledger-thread.ts', import.meta.url), { file });
  return {
    execute: (commands) => answerOf(thread.call<StoreReply<Answer[]>>(commands)),
    close: () => thread.close(),
  };
}
