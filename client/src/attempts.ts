// Sends something until it is answered, refused, or given up: the loop around fetch. It knows no operation and no
// credential; what may be sent again is decided in retries.ts.

import type { Answered, Attempt, Unanswered, WhyUnanswered } from './attempt.ts';
import {
  leavesOpen,
  mayRetry,
  neverConnected,
  pauseMs,
  type RetrySettings,
  retryAfterMs,
} from './retries.ts';

/** How all attempts together ended: as the last one did. */
export interface Exchange {
  readonly last: Attempt;
  readonly attempts: number;
  /** Whether some attempt may have been recorded without an answer. */
  readonly open: boolean;
}

/** What is told before something is sent again. */
export interface Retrying {
  /** Method and path: `post /v1/loans`. */
  readonly operation: string;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly pauseMs: number;
  /** Its status, or how it failed. */
  readonly why: number | WhyUnanswered;
}

export type HeaderValues = Readonly<Record<string, string>>;

export interface Sending {
  /** Asked before each attempt; what it throws ends the call as it is. */
  readonly credentials: () => Promise<HeaderValues>;
  /** Sends it once; resolves with the head of the answer. */
  readonly send: (credentials: HeaderValues, signal: AbortSignal) => Promise<Response>;
  /** Whether an answer that succeeds is a file, for the caller to read. */
  readonly opensFile?: boolean;
  /** Whether it may be sent again when nobody knows what became of it. */
  readonly isSafe: boolean;
  readonly retry: RetrySettings;
  /** How long all of it may take. */
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: (retrying: Omit<Retrying, 'operation'>) => void;
}

function jsonOf(headers: Headers, text: string): unknown {
  if (!/^application\/(?:problem\+)?json\b/.test(headers.get('content-type') ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answered(response: Response, opensFile: boolean): Promise<Answered> {
  const { status, headers, body } = response;
  if (opensFile && response.ok && body !== null)
    return { kind: 'answered', status, headers, text: '', json: undefined, file: body };
  const text = await response.text();
  return { kind: 'answered', status, headers, text, json: jsonOf(headers, text) };
}

function unanswered(why: WhyUnanswered, cause: unknown, unsent = false): Unanswered {
  return { kind: 'unanswered', why, cause, unsent };
}

async function attemptOnce(
  { send, signal, opensFile = false }: Sending,
  credentials: HeaderValues,
  limitMs: number,
): Promise<Attempt> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException('The time is over.', 'TimeoutError')), limitMs);
  try {
    const both = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
    return await answered(await send(credentials, both), opensFile);
  } catch (thrown) {
    if (signal?.aborted) return unanswered('aborted', signal.reason);
    if (limit.signal.aborted) return unanswered('timed-out', limit.signal.reason);
    return unanswered('network-failure', thrown, neverConnected(thrown));
  } finally {
    clearTimeout(timer);
  }
}

/** Waits; ends at once, and says so by false, when the signal aborts. */
function paused(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((settle) => {
    if (signal?.aborted) {
      settle(false);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      settle(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      settle(true);
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function askedMs(attempt: Attempt): number | undefined {
  if (attempt.kind === 'unanswered') return undefined;
  return retryAfterMs(attempt.headers.get('retry-after'), Date.now());
}

/** Sends until there is an answer that another attempt would not better, or time, attempts or the caller's patience end. */
export async function exchange(sending: Sending): Promise<Exchange> {
  const { retry, signal, isSafe, onRetry } = sending;
  const endMs = performance.now() + sending.timeoutMs;
  let open = false;
  if (signal?.aborted) return { last: unanswered('aborted', signal.reason, true), attempts: 0, open };
  for (let attempt = 1; ; attempt++) {
    const credentials = await sending.credentials();
    const leftMs = Math.max(0, endMs - performance.now());
    const last = await attemptOnce(sending, credentials, Math.min(sending.attemptTimeoutMs, leftMs));
    open ||= leavesOpen(last);
    const ended: Exchange = { last, attempts: attempt, open };
    if (attempt >= retry.attempts || !mayRetry(last, isSafe)) return ended;
    const pause = pauseMs(attempt, askedMs(last), retry, Math.random());
    // There is no use in waiting for an attempt that would have no time left.
    if (performance.now() + pause >= endMs) return ended;
    onRetry({ attempt, pauseMs: pause, why: last.kind === 'answered' ? last.status : last.why });
    if (!(await paused(pause, signal))) {
      return { last: unanswered('aborted', signal?.reason), attempts: attempt, open };
    }
  }
}
