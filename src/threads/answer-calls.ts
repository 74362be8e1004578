// The thread's side of thread-calls.ts.

import { parentPort } from 'node:worker_threads';
import type { CallReply, CallRequest } from './thread-calls.ts';

/** Answers each call with what `work` resolves to; a rejection fails that call alone. */
export function answerCalls<Message>(work: (message: Message) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs as a worker thread only');
  port.on('message', async ({ call, message }: CallRequest) => {
    let reply: CallReply;
    try {
      reply = { call, ok: true, answer: await work(message as Message) };
    } catch (error) {
      reply = {
        call,
        ok: false,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
    port.postMessage(reply);
  });
}
