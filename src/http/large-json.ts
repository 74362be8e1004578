// Large JSON bodies are parsed on a thread of their own; what comes back to the event loop is small.

import type { JsonReading } from '../domain/exact-json.ts';
import { ThreadCalls, ThreadEnded } from '../threads/thread-calls.ts';
import type { LargeJsonCall } from './large-json-thread.ts';

const FILE = new URL('./large-json-thread.ts', import.meta.url);

let thread = new ThreadCalls(FILE);

/** Ends the thread, if there is one; a server calls it when it closes. Another server of the process has another. */
export function stopLargeJson(): Promise<void> {
  const ended = thread;
  thread = new ThreadCalls(FILE);
  return ended.close();
}

/** Reads a large body; see readJsonBody for what comes back of it. */
export async function parseLargeJson(call: LargeJsonCall): Promise<JsonReading> {
  try {
    return await thread.call<JsonReading>(call);
  } catch (error) {
    // A body that ends the thread (too deep, too many members) is no JSON that James can read.
    if (error instanceof ThreadEnded) return { ok: false };
    throw error;
  }
}
