// What a client is made with, checked: what is wrong in it is a mistake of the program and thrown at once.

import type { Retrying } from './attempts.ts';
import { RETRIES, type RetrySettings } from './retries.ts';

/** A function that works as the platform's own `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface CommonOptions {
  /** Where James is, with the path under which it is served: `https://bank.example/james`. In a browser it may be relative. */
  readonly url: string;
  /** In place of the platform's own, as for a proxy or client certificates. */
  readonly fetch?: Fetch;
  /** How often and after which pauses a call is sent again; false: never. */
  readonly retry?: Partial<RetrySettings> | false;
  /** How long a call may take with all its attempts and pauses; two minutes unless given. */
  readonly timeoutMs?: number;
  /** How long one attempt may take; 35 s unless given, which is longer than James lets a database take. */
  readonly attemptTimeoutMs?: number;
  /** Told before something is sent again, as for a log. */
  readonly onRetry?: (retrying: Retrying) => void;
}

/** A client that calls with an API key; a function is asked before each attempt, so that keys can be rotated. */
export interface KeyOptions extends CommonOptions {
  readonly apiKey: string | (() => string | Promise<string>);
  readonly session?: never;
}

/** A client in a page of James's own origin that calls within a session; it begins with `session.signIn`. */
export interface SessionOptions extends CommonOptions {
  readonly session: true;
  readonly apiKey?: never;
}

export type ClientOptions = KeyOptions | SessionOptions;

/** What a single call can be given. */
export interface CallOptions {
  /** Ends the call; its error is then `aborted`. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetrySettings> | false;
  /** A request id of one's own, for the logs of both sides: 1 to 100 printable ASCII characters, no spaces. */
  readonly requestId?: string;
}

/** What a call that writes under an Idempotency-Key can be given. */
export interface WriteOptions extends CallOptions {
  /** 1 to 255 printable ASCII characters. Unless given, each call gets a key of its own, which its retries keep. */
  readonly idempotencyKey?: string;
}

export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly retry: RetrySettings;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly onRetry: (retrying: Retrying) => void;
}

const TIMEOUT_MS = 120_000;
const ATTEMPT_TIMEOUT_MS = 35_000;
/** The longest that a timer can run. */
export const TIMEOUT_MS_MAX = 2_147_483_647;
const ATTEMPTS_MAX = 100;

function whole(name: string, value: number, min: number, max: number): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new TypeError(`${name} must be a whole number from ${min} to ${max}, not ${value}`);
}

/** A time limit, checked. */
export function timeoutOf(name: string, ms: number): number {
  return whole(name, ms, 1, TIMEOUT_MS_MAX);
}

/** What `retry` says on top of what holds otherwise. */
export function retryOf(
  retry: Partial<RetrySettings> | false | undefined,
  base: RetrySettings,
): RetrySettings {
  if (retry === undefined) return base;
  if (retry === false) return { ...base, attempts: 1 };
  const merged = {
    attempts: retry.attempts ?? base.attempts,
    firstPauseMs: retry.firstPauseMs ?? base.firstPauseMs,
    longestPauseMs: retry.longestPauseMs ?? base.longestPauseMs,
  };
  whole('retry.attempts', merged.attempts, 1, ATTEMPTS_MAX);
  whole('retry.firstPauseMs', merged.firstPauseMs, 0, TIMEOUT_MS_MAX);
  whole('retry.longestPauseMs', merged.longestPauseMs, 0, TIMEOUT_MS_MAX);
  return merged;
}

function urlOf(text: string): string {
  const page = (globalThis as { readonly location?: { readonly href: string } }).location?.href;
  if (!URL.canParse(text, page)) throw new TypeError(`url is no address: ${JSON.stringify(text)}`);
  const url = new URL(text, page);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`url must be one of http or https, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') throw new TypeError('url must not have a password in it');
  if (url.search !== '' || url.hash !== '') throw new TypeError('url must end with its path');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Options as the client goes by them. Throws a TypeError that names what is wrong. */
export function settingsOf(options: ClientOptions): Settings {
  return {
    url: urlOf(options.url),
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    retry: retryOf(options.retry, RETRIES),
    timeoutMs: timeoutOf('timeoutMs', options.timeoutMs ?? TIMEOUT_MS),
    attemptTimeoutMs: timeoutOf('attemptTimeoutMs', options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS),
    onRetry: options.onRetry ?? (() => undefined),
  };
}
