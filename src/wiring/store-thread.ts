// Calls to the thread for what takes long (question-thread.ts), as those who call see it.

import type { DatabaseAddress } from '../store/database-address.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import type { ThreadQuestion } from './question-thread.ts';
import { answerOf, type StoreReply } from './store-reply.ts';

export class StoreThread {
  readonly #thread: ThreadCalls;

  constructor(database: DatabaseAddress) {
    this.#thread = new ThreadCalls(new URL('./question-thread.ts', import.meta.url), { database });
  }

  /** Calls a method there; rejects with StoreUnavailable as the store itself does. */
  ask<Answer>(
    target: ThreadQuestion['target'],
    method: string,
    ...parameters: readonly unknown[]
  ): Promise<Answer> {
    const question: ThreadQuestion = { target, method, parameters };
    return answerOf(this.#thread.call<StoreReply<Answer>>(question));
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
