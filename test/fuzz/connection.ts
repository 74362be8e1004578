// Connections to a server: one that is kept for request after request, as clients keep theirs, and ones on which anything
// may be written.

import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerReader, NoHttp, type WireAnswer } from './wire-answers.ts';

/** A server that says nothing for so long is a fault. */
const ANSWER_LIMIT_MS = 60_000;

/** After so long without a byte nothing more is expected of a connection on which anything was written. */
const QUIET_MS = 60;

export class NoAnswer extends Error {}

function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  // Whoever reads finds it ended.
  socket.on('error', () => undefined);
  return socket;
}

async function within<Value>(promise: Promise<Value>, limitMs: number, what: string): Promise<Value> {
  const over = new AbortController();
  const limit = sleep(limitMs, undefined, { signal: over.signal }).then(
    () => Promise.reject(new NoAnswer(what)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, limit]);
  } finally {
    over.abort();
  }
}

/** A connection that is kept; another takes its place when the server has closed it. */
export class KeptConnection {
  readonly #url: string;
  #open: { readonly socket: Socket; readonly reader: AnswerReader } | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** Sends a request and reads the one answer; undefined where the connection ends without it. Throws NoHttp, NoAnswer. */
  async exchange(bytes: Buffer, method: string): Promise<WireAnswer | undefined> {
    const { socket, reader } = this.#connected();
    socket.write(bytes);
    const answer = await within(reader.next(method), ANSWER_LIMIT_MS, 'no answer for a minute');
    if (answer === undefined || answer.headers.get('connection') === 'close') this.close();
    else if (!reader.isAtEnd) throw new NoHttp('more came than one answer');
    return answer;
  }

  close(): void {
    this.#open?.socket.destroy();
    this.#open = undefined;
  }

  #connected() {
    if (this.#open === undefined || this.#open.socket.destroyed) {
      const socket = open(this.#url);
      this.#open = { socket, reader: new AnswerReader(socket) };
    }
    return this.#open;
  }
}

/** What is done to a connection: bytes are written, nothing for a moment, or it ends. */
export type Act =
  | { readonly write: Buffer }
  | { readonly pauseMs: number }
  /** Half of it, as a client that has said all; or the whole, at once. (A socket that Node resets keeps Node from ending.) */
  | { readonly end: 'said all' | 'gone' };

/**
 * Does all that to a connection of its own and gives the answers that came until the server closed it, or until it had
 * been quiet and was told that there is no more to come. Throws NoHttp, NoAnswer.
 */
export async function play(url: string, acts: readonly Act[], method: string): Promise<WireAnswer[]> {
  const socket = open(url);
  const reader = new AnswerReader(socket);
  const answers: WireAnswer[] = [];
  const reading = (async () => {
    for (;;) {
      const answer = await reader.next(method);
      if (answer === undefined) return;
      answers.push(answer);
    }
  })();
  reading.catch(() => undefined);
  for (const act of acts) {
    if (socket.destroyed) break;
    if ('write' in act) socket.write(act.write);
    else if ('pauseMs' in act) await sleep(act.pauseMs);
    else if (act.end === 'gone') socket.destroy();
    else socket.end();
  }
  for (let heard = -1; heard !== answers.length && !socket.destroyed; ) {
    heard = answers.length;
    await Promise.race([reading, sleep(QUIET_MS)]);
  }
  socket.end();
  try {
    await within(reading, ANSWER_LIMIT_MS, 'the server did not close the connection within a minute');
  } finally {
    socket.destroy();
  }
  return answers;
}
