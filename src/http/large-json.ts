// Large JSON bodies are parsed on a thread of their own; what comes back to the event loop is small.

import { Worker } from 'node:worker_threads';
import type { JsonReading } from './exact-json.ts';

type Resolve = (reading: JsonReading) => void;

let worker: Worker | undefined;
let calls = 0;
const pending = new Map<number, Resolve>();

/** A body that ends the thread (too deep, too many members) is no JSON that James can read. */
function failAll(): void {
  for (const resolve of pending.values()) resolve({ ok: false });
  pending.clear();
  worker = undefined;
}

function start(): Worker {
  const started = new Worker(new URL('./large-json-thread.ts', import.meta.url));
  started.on('message', ({ call, reading }: { call: number; reading: JsonReading }) => {
    pending.get(call)?.(reading);
    pending.delete(call);
  });
  started.on('error', failAll);
  return started;
}

/** Ends the thread, if there is one; a server calls it when it closes. */
export async function stopLargeJson(): Promise<void> {
  await worker?.terminate();
  worker = undefined;
}

/** Reads a large body; see readJsonBody for what comes back of it. */
export function parseLargeJson(body: Buffer, members: readonly string[]): Promise<JsonReading> {
  return new Promise((resolve) => {
    worker ??= start();
    const call = ++calls;
    pending.set(call, resolve);
    worker.postMessage({ call, body, members });
  });
}
