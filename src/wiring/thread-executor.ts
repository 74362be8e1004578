// Runs batches on the ledger's thread, and what imports have to do there.

import type { Answer, LaneExecutor } from '../ledger/commands.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import { answerOf, type StoreReply } from './store-reply.ts';
import type { ImportCalls } from './threaded-imports.ts';

export interface ThreadExecutor {
  readonly execute: LaneExecutor;
  readonly imports: ImportCalls;
  /** Ends the thread; call it when nothing is under way. */
  close(): Promise<void>;
}

export function threadExecutor(database: DatabaseAddress): ThreadExecutor {
  const thread = new ThreadCalls(new URL('./ledger-thread.ts', import.meta.url), { database });
  thread.start();
  return {
    execute: (batch) => answerOf(thread.call<StoreReply<Answer[]>>(batch)),
    imports: (call) => answerOf(thread.call<StoreReply<never>>(call)),
    close: () => thread.close(),
  };
}
