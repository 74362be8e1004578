// The thread's side of thread-calls.ts.

import { parentPort, type Transferable } from 'node:worker_threads';
import type { CallReply, CallRequest } from './thread-calls.ts';

/**
 * Answers each call with what `work` resolves to; a rejection fails that call alone. What `transferOf` names of an answer is
 * handed over and not copied.
 */
export function answerCalls<Message, Answer>(
  work: (message: Message) => Answer | Promise<Answer>,
  transferOf: (answer: Answer) => readonly Transferable[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs as a worker thread only');
  port.on('message', async ({ call, message }: CallRequest) => {
    let reply: CallReply;
    let transfer: readonly Transferable[] = [];
    try {
      const answer = await work(message as Message);
      reply = { call, ok: true, answer };
      transfer = transferOf(answer);
    } catch (error) {
      reply = {
        call,
        ok: false,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
    port.postMessage(reply, [...transfer]);
  });
}
