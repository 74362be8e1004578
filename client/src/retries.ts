// When something is sent again, and after how long. What might have been recorded is sent again only where that is safe:
// it reads, or it carries an Idempotency-Key. What James surely did not look at is safe in any case.

import type { Attempt } from './attempt.ts';

export interface RetrySettings {
  /** How often a call is sent at most, the first time included: 1 to 100. */
  readonly attempts: number;
  /** The pause after the first attempt; it doubles with each further one. */
  readonly firstPauseMs: number;
  /** The longest pause that the client chooses by itself; a `Retry-After` may ask for more. */
  readonly longestPauseMs: number;
}

export const RETRIES: RetrySettings = { attempts: 5, firstPauseMs: 200, longestPauseMs: 10_000 };

const TOO_MANY_REQUESTS = 429;

/** Answers of servers, and of proxies before them, that may be another one next time. */
const PASSING = new Set([502, 503, 504]);

const SERVER_ERROR = 500;

/** What these say of a connection: it never was one, so nothing was sent. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether a failure of fetch tells for certain that nothing was sent. Browsers never tell. */
export function neverConnected(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = (thrown.cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && NEVER_CONNECTED.has(code);
}

function typeOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
}

/** Whether James surely recorded nothing: it was not reached, or turned the request away before it looked at it. */
function surelyUnseen(attempt: Attempt): boolean {
  if (attempt.kind === 'unanswered') return attempt.unsent;
  return attempt.status === TOO_MANY_REQUESTS || typeOf(attempt.json) === '/problems/overloaded';
}

/** Whether what was sent may have been recorded without being answered so. */
export function leavesOpen(attempt: Attempt): boolean {
  if (surelyUnseen(attempt)) return false;
  return attempt.kind === 'unanswered' || attempt.status >= SERVER_ERROR;
}

/** Whether a later attempt may go better; `isSafe`: nothing is recorded twice, however often it is sent. */
export function mayRetry(attempt: Attempt, isSafe: boolean): boolean {
  if (attempt.kind === 'unanswered' && attempt.why === 'aborted') return false;
  if (surelyUnseen(attempt)) return true;
  return isSafe && (attempt.kind === 'unanswered' || PASSING.has(attempt.status));
}

/** The milliseconds that a `Retry-After` header asks to wait, by seconds or by date; undefined where it asks for none. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/**
 * How long to wait after the n-th attempt: twice as long each time, and never quite the same, so that many clients do
 * not come back at once. Never shorter than the server asks. `random` is from 0 to 1.
 */
export function pauseMs(
  attempt: number,
  askedMs: number | undefined,
  { firstPauseMs, longestPauseMs }: RetrySettings,
  random: number,
): number {
  const step = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return askedMs === undefined ? (step / 2) * (1 + random) : askedMs + step * random;
}
