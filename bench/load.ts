// One measurement of one server: autocannon sends prepared requests over some connections for some seconds.
// Latencies are kept here to the microsecond, since autocannon counts whole milliseconds. Anything but 2xx is an error.

import autocannon from 'autocannon';
import type { BenchRequest } from './requests.ts';

export interface LoadOptions {
  readonly url: string;
  /** Stands before every path. */
  readonly prefix: string;
  readonly headers: Record<string, string>;
  readonly connections: number;
  readonly seconds: number;
  /** Shared out over the connections. */
  readonly requests: readonly BenchRequest[];
  /** True: no request may be sent twice; the run ends early where they run low. */
  readonly once: boolean;
}

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Places in `requests` that were certainly not sent. */
  readonly unsent: readonly number[];
}

/** Ends a run within so many milliseconds of its time. */
const SAMPLE_MS = 10;
/** A run that has fewer answers when its time is up goes on: a stall of a busy machine must not end the benchmark. */
const ANSWERS_MIN = 10;
/** Requests that a connection may still send until a run has ended. */
const LOW = 50;
/** Autocannon's own limit; the runs end by their own time. */
const DURATION_SECONDS_MAX = 3_600;

/** The places that each connection goes through, dealt out so that every connection has nearly as many. */
function sharesOf(requests: number, connections: number): number[][] {
  const shares: number[][] = Array.from({ length: connections }, () => []);
  for (let place = 0; place < requests; place++) shares[place % connections]?.push(place);
  return shares;
}

function percentile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function requireAccepted(result: autocannon.Result, what: string): void {
  const { errors, timeouts, non2xx, statusCodeStats } = result;
  if (errors === 0 && timeouts === 0 && non2xx === 0) return;
  throw new Error(
    `${what}: ${errors} errors, ${timeouts} time-outs, ${non2xx} answers that are not 2xx: ${JSON.stringify(statusCodeStats)}`,
  );
}

export async function load(options: LoadOptions): Promise<Load> {
  const { url, prefix, headers, connections, seconds, requests, once } = options;
  const shares = sharesOf(requests.length, connections);
  const answered: number[] = [];
  const latencies: number[] = [];
  let lastMs = 0;
  let stop = (): void => {};

  const setupClient = (client: autocannon.Client): void => {
    const number = answered.push(0) - 1;
    const share = shares[number] ?? [];
    client.setRequests(
      share.map((place) => {
        const { path, body } = requests[place] as BenchRequest;
        return { method: body === undefined ? 'GET' : 'POST', path: prefix + path, body };
      }),
    );
    client.on('response', (_status, _bytes, latencyMs) => {
      const before = answered[number] as number;
      answered[number] = before + 1;
      // The first answer of a connection waits for the connection itself.
      if (before > 0) latencies.push(latencyMs);
      lastMs = performance.now();
      if (once && before + LOW >= share.length) stop();
    });
  };

  let startedMs = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections,
        duration: DURATION_SECONDS_MAX,
        sampleInt: SAMPLE_MS,
        headers,
        setupClient,
        bailout: 1,
      },
      (error: Error | null, done: autocannon.Result) => (error ? reject(error) : resolve(done)),
    );
    startedMs = performance.now();
    stop = () => instance.stop();
    const end = () => {
      if (latencies.length >= ANSWERS_MIN) instance.stop();
      else timer = setTimeout(end, SAMPLE_MS);
    };
    let timer = setTimeout(end, seconds * 1000);
    instance.on('done', () => clearTimeout(timer));
  });

  const what = `${url}${prefix}${requests[0]?.path} at ${connections} connections`;
  if (once && shares.some((share, number) => (answered[number] as number) >= share.length)) {
    throw new Error(`${what}: the prepared requests ran out`);
  }
  requireAccepted(result, what);
  // The request after the last answer was under way when the time was up.
  const unsent = shares.flatMap((share, number) => share.slice((answered[number] as number) + 1));
  const sorted = Float64Array.from(latencies).sort();
  return {
    perSecond: answered.reduce((sum, count) => sum + count, 0) / ((lastMs - startedMs) / 1000),
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    unsent,
  };
}
