// Measures one kind of request on James and on the echo, in alternating rounds, so that noise of the machine hits
// both. The ratio is the median of the rounds' own ratios: two neighbouring rounds saw the same machine.

import assert from 'node:assert/strict';
import type { EngineName } from './bench-engine.ts';
import type { Measurement } from './http-measurements.ts';
import { type Load, load } from './load.ts';
import { median } from './median.ts';
import type { Options } from './options.ts';
import type { BenchRequest } from './requests.ts';

/** The URLs of James on an engine and of the echo, each in so many processes. */
export interface Servers {
  readonly engine: EngineName;
  readonly workers: number;
  readonly james: string;
  readonly echo: string;
}

export interface Side {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface HttpRow {
  readonly name: string;
  readonly engine: EngineName;
  readonly workers: number;
  readonly connections: number;
  readonly james: Side;
  readonly echo: Side;
  readonly ratio: number;
  /** Requests a second of each round. */
  readonly rounds: readonly { readonly james: number; readonly echo: number }[];
}

/** What is prepared of requests that can't be sent again; a faster James ends its rounds a little earlier. */
const ONCE_PER_SECOND = 12_000;
const ONCE_PER_CONNECTION_MIN = 100;

function sideOf(loads: readonly Load[]): Side {
  return {
    perSecond: median(loads.map(({ perSecond }) => perSecond)),
    p50Ms: median(loads.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(loads.map(({ p99Ms }) => p99Ms)),
  };
}

async function loadJames(servers: Servers, kind: Measurement, connections: number, seconds: number) {
  const { headers, once } = kind;
  const count = Math.max(seconds * ONCE_PER_SECOND, connections * ONCE_PER_CONNECTION_MIN);
  const { requests, giveBack } = await kind.supply(Math.ceil(count));
  const target = { url: servers.james, prefix: '', headers, connections, seconds };
  const measured = await load({ ...target, requests, once });
  giveBack(measured.unsent);
  return measured;
}

function loadEcho(servers: Servers, kind: Measurement, connections: number, seconds: number) {
  const { headers, echoPrefix: prefix, echoRequests: requests } = kind;
  return load({ url: servers.echo, prefix, headers, connections, seconds, requests, once: false });
}

async function answerOf(url: string, headers: Record<string, string>, request: BenchRequest) {
  const { body } = request;
  const init = body === undefined ? { headers } : { method: 'POST', headers, body };
  const response = await fetch(url + request.path, init);
  return { status: response.status, names: shapeOf(await response.json()) };
}

/** An answer without its values: the names of its members, and what they hold. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

/** An echo that answers something else than James would make every ratio meaningless. */
export async function requireSameAnswers(servers: Servers, kind: Measurement): Promise<void> {
  const { requests, giveBack } = await kind.supply(1);
  const request = requests[0] as BenchRequest;
  const james = await answerOf(servers.james, kind.headers, request);
  const echo = await answerOf(servers.echo + kind.echoPrefix, kind.headers, request);
  assert.equal(james.status, 200, `James does not accept ${request.path} ${request.body ?? ''}`);
  assert.deepEqual(echo, james, `the echo does not answer ${request.path} as James does`);
  giveBack(requests.map((_, place) => place).slice(1));
}

/**
 * Until both have compiled what this kind of request needs; at many connections that takes the least time. Every
 * process gets a connection.
 */
export async function warmUp(servers: Servers, kind: Measurement, options: Options): Promise<void> {
  const connections = Math.max(...options.connections, servers.workers);
  await loadJames(servers, kind, connections, options.warmUpSeconds);
  await loadEcho(servers, kind, connections, options.warmUpSeconds);
}

export async function measure(
  servers: Servers,
  kind: Measurement,
  connections: number,
  { seconds, rounds }: Options,
): Promise<HttpRow> {
  const james: Load[] = [];
  const echo: Load[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 1) echo.push(await loadEcho(servers, kind, connections, seconds));
    james.push(await loadJames(servers, kind, connections, seconds));
    if (round % 2 === 0) echo.push(await loadEcho(servers, kind, connections, seconds));
  }
  const pairs = james.map(({ perSecond }, round) => ({
    james: perSecond,
    echo: echo[round]?.perSecond as number,
  }));
  return {
    name: kind.title,
    engine: servers.engine,
    workers: servers.workers,
    connections,
    james: sideOf(james),
    echo: sideOf(echo),
    ratio: median(pairs.map((pair) => pair.james / pair.echo)),
    rounds: pairs,
  };
}
