// How a store's failure crosses threads: as a value, since a thread can't throw into another.

import { type StoreFault, StoreUnavailable } from '../store/store-errors.ts';
import { ThreadEnded } from '../threads/thread-calls.ts';

export type StoreReply<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly fault: StoreFault; readonly message: string };

/** In the thread: an answer, or the fault that stood against it. Programmer's errors stay errors. */
export async function replyOf<Answer>(work: Promise<Answer>): Promise<StoreReply<Answer>> {
  try {
    return { ok: true, answer: await work };
  } catch (error) {
    if (error instanceof StoreUnavailable) return { ok: false, fault: error.fault, message: error.message };
    throw error;
  }
}

/** At the caller: the answer, or StoreUnavailable thrown anew. A thread that ended was unreachable. */
export async function answerOf<Answer>(call: Promise<StoreReply<Answer>>): Promise<Answer> {
  let reply: StoreReply<Answer>;
  try {
    reply = await call;
  } catch (error) {
    if (error instanceof ThreadEnded) throw new StoreUnavailable('unreachable', error.message, error);
    throw error;
  }
  if (reply.ok) return reply.answer;
  throw new StoreUnavailable(reply.fault, reply.message);
}
