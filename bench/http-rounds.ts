// Measures one kind of request on James with a large book, on James with a small one, and on the echo, in alternating
// rounds, so that noise of the machine hits all of them. A ratio is the median of the rounds' own ratios: neighbouring
// rounds saw the same machine. Reads are measured while payments are booked.

import assert from 'node:assert/strict';
import type { BookedPayments } from './booked-payments.ts';
import type { Measurement } from './http-measurements.ts';
import { type Load, load } from './load.ts';
import { median } from './median.ts';
import type { Options } from './options.ts';
import type { BenchRequest } from './requests.ts';

/** A James that serves one book. */
export interface ServedBook {
  readonly url: string;
  readonly measurements: readonly Measurement[];
  readonly payments: BookedPayments;
}

export interface JamesLoad extends Load {
  /** Payments a second that were booked meanwhile. */
  readonly bookedPerSecond: number | undefined;
}

/** The rounds of one kind of request; each list in the order of the rounds. */
export interface HttpRounds {
  readonly large: readonly JamesLoad[];
  /** Empty where growth is not measured. */
  readonly small: readonly JamesLoad[];
  readonly echo: readonly Load[];
}

/** What is prepared of requests that can't be sent again, until it is known how fast a server is; then half as much again. */
const ONCE_PER_SECOND = 5_000;
const ONCE_SPARE = 1.5;
const ONCE_PER_CONNECTION_MIN = 60;
const perSecondBefore = new WeakMap<Measurement, number>();

export function kindOf(book: ServedBook, name: string): Measurement {
  const kind = book.measurements.find((measurement) => measurement.name === name);
  if (kind === undefined) throw new Error(`there is no kind of request "${name}"`);
  return kind;
}

export async function loadJames(
  book: ServedBook,
  kind: Measurement,
  connections: number,
  seconds: number,
): Promise<JamesLoad> {
  const { headers, once } = kind;
  const perSecond = (perSecondBefore.get(kind) ?? ONCE_PER_SECOND) * ONCE_SPARE;
  const count = Math.max(seconds * perSecond, connections * ONCE_PER_CONNECTION_MIN);
  const { requests, giveBack } = await kind.supply(Math.ceil(count));
  const stopBooking = kind.reads ? book.payments.start(book.url) : undefined;
  const target = { url: book.url, prefix: '', headers, connections, seconds };
  const measured = await load({ ...target, requests, once });
  const bookedPerSecond = await stopBooking?.();
  giveBack(measured.unsent);
  perSecondBefore.set(kind, measured.perSecond);
  return { ...measured, bookedPerSecond };
}

export function loadEcho(
  url: string,
  kind: Measurement,
  connections: number,
  seconds: number,
): Promise<Load> {
  const { headers, echoPrefix: prefix, echoRequests: requests } = kind;
  return load({ url, prefix, headers, connections, seconds, requests, once: false });
}

async function answerOf(url: string, headers: Record<string, string>, request: BenchRequest) {
  const { body } = request;
  const init = body === undefined ? { headers } : { method: 'POST', headers, body };
  const response = await fetch(url + request.path, init);
  return { status: response.status, names: shapeOf(await response.json()) };
}

/** An answer without its values: the names of its members, and what they hold. Some texts are null in an empty book. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null) return 'string';
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

/** An echo that answers something else than James would make every ratio meaningless. */
async function requireSameAnswers(book: ServedBook, echo: string, kind: Measurement): Promise<void> {
  const { requests, giveBack } = await kind.supply(1);
  const request = requests[0] as BenchRequest;
  const ofJames = await answerOf(book.url, kind.headers, request);
  const ofEcho = await answerOf(echo + kind.echoPrefix, kind.headers, request);
  assert.equal(ofJames.status, 200, `James does not accept ${request.path} ${request.body ?? ''}`);
  assert.deepEqual(ofEcho, ofJames, `the echo does not answer ${request.path} as James does`);
  giveBack(requests.map((_, place) => place).slice(1));
}

/**
 * Until all have compiled what a kind of request needs; at many connections that takes the least time. Every process
 * gets a connection.
 */
export async function warmUp(
  books: readonly ServedBook[],
  echo: string,
  name: string,
  workers: number,
  options: Options,
): Promise<void> {
  const connections = Math.max(...options.connections, workers);
  for (const book of books) {
    const kind = kindOf(book, name);
    await requireSameAnswers(book, echo, kind);
    if (options.warmUpRounds === 0) continue;
    await loadJames(book, kind, connections, options.warmUpSeconds);
    await loadEcho(echo, kind, connections, options.warmUpSeconds);
  }
}

/** The rounds of one kind of request at so many connections; every second round goes the other way round. */
export async function measure(
  large: ServedBook,
  small: ServedBook | undefined,
  echo: string,
  name: string,
  connections: number,
  { seconds, rounds }: Options,
): Promise<HttpRounds> {
  const measured = { large: [] as JamesLoad[], small: [] as JamesLoad[], echo: [] as Load[] };
  const sides = [
    async () => measured.echo.push(await loadEcho(echo, kindOf(large, name), connections, seconds)),
    async () => measured.large.push(await loadJames(large, kindOf(large, name), connections, seconds)),
    async () => {
      if (small === undefined) return;
      measured.small.push(await loadJames(small, kindOf(small, name), connections, seconds));
    },
  ];
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
  }
  return measured;
}

/** The medians of some rounds. */
export function figuresOf(loads: readonly Load[]) {
  return {
    perSecond: median(loads.map(({ perSecond }) => perSecond)),
    p50Ms: median(loads.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(loads.map(({ p99Ms }) => p99Ms)),
  };
}
