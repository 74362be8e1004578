// One call of an operation: its address, its headers, its attempts, and how it ended. Every request of the client goes
// through here.

import { createFinalURL, createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
import { type Exchange, exchange, type HeaderValues } from './attempts.ts';
import type {
  Answer,
  DataOf,
  Input,
  IsKeyed,
  Method,
  OperationAt,
  OperationId,
  PathWith,
  ProblemIn,
  ProblemsOf,
} from './contract.ts';
import type { Credentials } from './credentials.ts';
import { resultOf } from './failures.ts';
import { KEYED_OPERATIONS } from './generated/openapi.ts';
import { idempotencyKeyOf, newIdempotencyKey, requestIdOf } from './headers.ts';
import type { Result } from './result.ts';
import {
  type CallOptions,
  retryOf,
  type Settings,
  TIMEOUT_MS_MAX,
  timeoutOf,
  type WriteOptions,
} from './settings.ts';

/** The options that a call of an operation takes. */
export type OptionsAt<M extends Method, Path extends PathWith<M>> =
  IsKeyed<M, Path> extends true ? WriteOptions : CallOptions;

/** What a method of the client gives. */
export type Called<Id extends OperationId> = Promise<Result<Answer<Id>, ProblemIn<Id>>>;

export type ResultAt<M extends Method, Path extends PathWith<M>> = Result<
  DataOf<OperationAt<M, Path>>,
  ProblemsOf<OperationAt<M, Path>>
>;

/**
 * Calls the operation of a method and a path, as the OpenAPI document has it:
 * `call('get', '/v1/loans/{id}', { params: { path: { id } } })`. Rejects only where an argument can't be sent.
 */
export type Call = <M extends Method, Path extends PathWith<M>>(
  method: M,
  path: Path,
  input: Input<OperationAt<M, Path>>,
  options?: OptionsAt<M, Path>,
) => Promise<ResultAt<M, Path>>;

interface AnyInput {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
  };
  readonly body?: unknown;
  /** A body that goes as it is. */
  readonly file?: FileToSend;
  /** Whether the answer is a file. */
  readonly opensFile?: boolean;
}

/** A file on its way to James. A stream can be sent once only. */
export interface FileToSend {
  readonly content: Blob | ReadableStream<Uint8Array>;
  readonly mediaType: string;
}

/** Calls an operation that takes or answers a file. */
export type Transfer = (
  method: Method,
  path: string,
  input: AnyInput,
  options?: WriteOptions,
) => Promise<Result<unknown>>;

/** Both ways to call, on the same settings and credentials. */
export interface Calls {
  readonly call: Call;
  readonly transfer: Transfer;
}

const KEYED: ReadonlySet<string> = new Set(KEYED_OPERATIONS);
const FORBIDDEN = 403;
const querySerializer = createQuerySerializer();

/** Throws a TypeError for a part of a path that would lead to another address. */
function addressOf(baseUrl: string, path: string, { params = {} }: AnyInput): string {
  for (const [name, value] of Object.entries(params.path ?? {})) {
    const isPart = typeof value === 'string' && value !== '' && value !== '.' && value !== '..';
    if (!isPart)
      throw new TypeError(`${name} must be a text other than "", "." and "..", not ${JSON.stringify(value)}`);
  }
  return createFinalURL(path, { baseUrl, params, querySerializer, pathSerializer: defaultPathSerializer });
}

const wasForbidden = ({ last }: Exchange) => last.kind === 'answered' && last.status === FORBIDDEN;

/** The calls of a client with its settings and credentials. */
export function callsOf(settings: Settings, credentials: Credentials): Calls {
  async function call(
    method: Method,
    path: string,
    input: AnyInput,
    options: WriteOptions = {},
  ): Promise<Result<unknown>> {
    const operation = `${method} ${path}`;
    const url = addressOf(settings.url, path, input);
    const { file, opensFile = false } = input;
    const json = input.body === undefined ? undefined : JSON.stringify(input.body);
    const body = file?.content ?? json;
    const { signal, requestId, idempotencyKey } = options;
    const key = KEYED.has(operation) ? idempotencyKeyOf(idempotencyKey ?? newIdempotencyKey()) : null;
    const headers: HeaderValues = {
      // A problem is taken in any case.
      accept: opensFile ? '*/*' : 'application/json',
      ...(body === undefined ? {} : { 'content-type': file?.mediaType ?? 'application/json' }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(requestId === undefined ? {} : { 'x-request-id': requestIdOf(requestId) }),
    };
    const isStream = file?.content instanceof ReadableStream;
    const timeoutMs = timeoutOf(
      'timeoutMs',
      options.timeoutMs ?? (file === undefined ? settings.timeoutMs : TIMEOUT_MS_MAX),
    );
    let sent: HeaderValues = {};
    const attempts = () =>
      exchange({
        credentials: async () => {
          sent = await credentials.headers(method);
          return sent;
        },
        send: (own, until) =>
          settings.fetch(url, {
            method: method.toUpperCase(),
            headers: { ...headers, ...own },
            ...(body === undefined ? {} : { body }),
            ...(isStream ? { duplex: 'half' } : {}),
            credentials: credentials.mode,
            cache: 'no-store',
            // A credential must not be sent to wherever an answer points.
            redirect: 'manual',
            signal: until,
          } as RequestInit),
        opensFile,
        isSafe: method === 'get' || key !== null,
        retry: isStream ? retryOf(false, settings.retry) : retryOf(options.retry, settings.retry),
        timeoutMs,
        attemptTimeoutMs: file === undefined ? settings.attemptTimeoutMs : timeoutMs,
        signal,
        onRetry: (retrying) => settings.onRetry({ operation, ...retrying }),
      });
    let ended = await attempts();
    if (!isStream && wasForbidden(ended) && (await credentials.renewed(sent))) {
      const again = await attempts();
      ended = { ...again, attempts: ended.attempts + again.attempts, open: ended.open || again.open };
    }
    return resultOf(ended, { idempotencyKey: key, changes: method !== 'get' });
  }
  return { call: call as Call, transfer: call };
}
