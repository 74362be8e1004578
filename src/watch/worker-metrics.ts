// The figures of several workers as one text: a worker that is asked asks the process that started it, which asks all.

import cluster, { type Worker } from 'node:cluster';
import { addedUp, type Metrics } from './metrics.ts';

/** A worker that doesn't answer in time is left out. */
const ANSWER_LIMIT_MS = 2_000;

type Message =
  | { readonly james: 'metrics of all'; readonly no: number }
  | { readonly james: 'metrics of you'; readonly no: number }
  | { readonly james: 'my metrics'; readonly no: number; readonly values: unknown }
  | { readonly james: 'all metrics'; readonly no: number; readonly text: string };

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'james' in message;
}

/** In a worker: answers the first process, and asks it for the figures of all. */
export function metricsOfAll(own: Metrics): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>();
  let asked = 0;
  process.on('message', async (message: unknown) => {
    if (!isMessage(message)) return;
    if (message.james === 'metrics of you') {
      const values = await own.values();
      process.send?.({ james: 'my metrics', no: message.no, values } satisfies Message);
    }
    if (message.james === 'all metrics') waiting.get(message.no)?.(message.text);
  });
  return () =>
    new Promise((resolve, reject) => {
      const no = ++asked;
      const limit = setTimeout(() => {
        waiting.delete(no);
        reject(new Error('the first process did not answer in time'));
      }, 2 * ANSWER_LIMIT_MS);
      waiting.set(no, (text) => {
        clearTimeout(limit);
        waiting.delete(no);
        resolve(text);
      });
      process.send?.({ james: 'metrics of all', no } satisfies Message);
    });
}

/** In the first process: adds up the figures of all workers for whichever asks. */
export function addUpMetrics(): void {
  const rounds = new Map<number, { values: unknown[]; left: number; done: () => void }>();
  let round = 0;

  const gather = (workers: readonly Worker[]): Promise<unknown[]> =>
    new Promise((resolve) => {
      const no = ++round;
      const values: unknown[] = [];
      const done = () => {
        clearTimeout(limit);
        rounds.delete(no);
        resolve(values);
      };
      const limit = setTimeout(done, ANSWER_LIMIT_MS);
      rounds.set(no, { values, left: workers.length, done });
      for (const worker of workers) worker.send({ james: 'metrics of you', no } satisfies Message);
    });

  cluster.on('message', async (worker: Worker, message: unknown) => {
    if (!isMessage(message)) return;
    if (message.james === 'my metrics') {
      const gathering = rounds.get(message.no);
      if (gathering === undefined) return;
      gathering.values.push(message.values);
      if (--gathering.left === 0) gathering.done();
    }
    if (message.james === 'metrics of all') {
      const workers = Object.values(cluster.workers ?? {}).filter((one) => one?.isConnected() === true);
      const text = await addedUp(await gather(workers as Worker[]));
      if (worker.isConnected()) worker.send({ james: 'all metrics', no: message.no, text } satisfies Message);
    }
  });
}
