// What one worker knows of a demo, all workers shall know: each may be asked. They tell the process that started them,
// which tells the others, and those that start later.

import cluster, { type Worker } from 'node:cluster';
import type { DemoRun } from '../demo/demo-run.ts';
import type { DemoRuns } from '../demo/demo-runs.ts';

interface Message {
  readonly james: 'demo';
  readonly run: DemoRun;
}

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'james' in message && message.james === 'demo';
}

/** In a worker. */
export function shareDemo(demo: DemoRuns): void {
  demo.tell((run) => process.send?.({ james: 'demo', run } satisfies Message));
  process.on('message', (message: unknown) => {
    if (isMessage(message)) demo.heard(message.run);
  });
}

/** In the first process. */
export function passDemoOn(): void {
  let last: { readonly run: DemoRun; readonly by: number } | undefined;
  const send = (worker: Worker, run: DemoRun): void => {
    if (worker.isConnected()) worker.send({ james: 'demo', run } satisfies Message);
  };
  const pass = (run: DemoRun, by: number): void => {
    last = { run, by };
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (worker !== undefined && worker.id !== by) send(worker, run);
    }
  };
  cluster.on('message', (worker: Worker, message: unknown) => {
    if (isMessage(message)) pass(message.run, worker.id);
  });
  cluster.on('online', (worker) => {
    if (last !== undefined) send(worker, last.run);
  });
  cluster.on('exit', (worker) => {
    if (last?.by !== worker.id || last.run.state !== 'running') return;
    const fault = 'The process that ran it has ended. The book holds what was recorded by then.';
    pass({ ...last.run, state: 'failed', fault, endedAt: Date.now() }, worker.id);
  });
}
