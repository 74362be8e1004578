// Several processes on one port (node:cluster). This one only starts them, starts another where one ends by itself, and
// passes signals on; each worker serves, writes and stops as a single server does.

import cluster, { type Worker } from 'node:cluster';

/** How long a place of a worker that ended stays empty; twice as long each time that one ends soon after its start. */
const RESTART_MS = 500;
const RESTART_MAX_MS = 30_000;
const SOON_MS = 10_000;

/** Starts the workers; resolves with their address when all are listening, or undefined where one ended before. */
export function serveWithWorkers(count: number, protocol: 'http' | 'https'): Promise<string | undefined> {
  let stopping = false;
  let pause = RESTART_MS;
  const startedAt = new Map<number, number>();

  const start = (): Worker => {
    const worker = cluster.fork();
    startedAt.set(worker.id, performance.now());
    return worker;
  };
  const stop = (signal: NodeJS.Signals): void => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGHUP');
  });

  return new Promise((resolve) => {
    let listening = 0;
    cluster.on('listening', (_worker, { address, port }) => {
      if (++listening === count)
        resolve(`${protocol}://${address.includes(':') ? `[${address}]` : address}:${port}`);
    });
    cluster.on('exit', (worker, code, signal) => {
      const lived = performance.now() - (startedAt.get(worker.id) ?? 0);
      startedAt.delete(worker.id);
      if (stopping) {
        if (code !== 0) process.exitCode = code ?? 1;
        return;
      }
      if (listening < count) {
        // The first ones can't even start: nothing is gained by trying on.
        stop('SIGTERM');
        resolve(undefined);
        return;
      }
      console.error(
        `a worker (process ${worker.process.pid}) ended with ${signal ?? `code ${code}`}; another starts`,
      );
      pause = lived < SOON_MS ? Math.min(pause * 2, RESTART_MAX_MS) : RESTART_MS;
      setTimeout(() => {
        if (!stopping) start();
      }, pause);
    });
    for (let started = 0; started < count; started++) start();
  });
}
