// How a call ended, as a value: what James answered, or what came in place of an answer.

import type { Answered, Unanswered } from './attempt.ts';
import type { Exchange } from './attempts.ts';
import type { Problem } from './contract.ts';
import { PROBLEM_TYPES } from './generated/openapi.ts';
import type { CallError, CallInfo, NoAnswer, Result } from './result.ts';

const KNOWN: ReadonlySet<unknown> = new Set(PROBLEM_TYPES);
/** How much of an answer that is not James's is shown. */
const SHOWN_CHARACTERS = 1000;

const NO_CONTENT = 204;

/** Answers that say nothing of what an earlier attempt of the same write has done. */
const UNDECIDED = new Set([401, 403, 429]);

const isOk = ({ status }: Answered) => status >= 200 && status < 300;

/** Whether an answer tells what became of a write, also of its earlier attempts. */
function decides({ last }: Exchange): boolean {
  if (last.kind === 'unanswered') return false;
  return last.status >= 200 && last.status < 500 && !UNDECIDED.has(last.status);
}

function isFieldError(value: unknown): boolean {
  const { pointer, detail } = (value ?? {}) as Record<string, unknown>;
  return typeof pointer === 'string' && typeof detail === 'string';
}

/** Whether an answer is a problem that this client knows, whole and under its own status. */
function isProblem(json: unknown, httpStatus: number): json is Problem {
  if (typeof json !== 'object' || json === null) return false;
  const { type, title, status, detail, errors, request_id: id } = json as Record<string, unknown>;
  return (
    KNOWN.has(type) &&
    status === httpStatus &&
    [title, detail, id].every((text) => typeof text === 'string') &&
    Array.isArray(errors) &&
    errors.every(isFieldError)
  );
}

const TITLES = {
  'network-failure': 'James was not reached',
  'timed-out': 'James did not answer in time',
  aborted: 'The call was aborted',
} as const;

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause instanceof Error ? ` (${cause.cause.message})` : '';
  return `${cause.message}${inner}`;
}

function unansweredError({ why, cause }: Unanswered): NoAnswer {
  const detail = reasonOf(cause);
  return { type: why, title: TITLES[why], status: null, detail, errors: [], request_id: null, cause };
}

function unexpected({ status, headers, text }: Answered): NoAnswer {
  return {
    type: 'unexpected-answer',
    title: 'The answer is not one of James',
    status,
    detail:
      status === 0
        ? 'A redirect, which is not followed.'
        : `An answer with the status ${status} that this client does not know.`,
    errors: [],
    request_id: headers.get('x-request-id'),
    body: text.slice(0, SHOWN_CHARACTERS),
  };
}

export interface Write {
  /** Under which it was sent; null where it carries none. */
  readonly idempotencyKey: string | null;
  /** Whether it records something. */
  readonly changes: boolean;
}

function infoOf(exchange: Exchange, { idempotencyKey, changes }: Write): CallInfo {
  const { last, attempts, open } = exchange;
  const headers = last.kind === 'answered' ? last.headers : undefined;
  return {
    status: last.kind === 'answered' ? last.status : null,
    requestId: headers?.get('x-request-id') ?? null,
    location: headers?.get('location') ?? null,
    replayed: headers?.get('idempotent-replayed') === 'true',
    idempotencyKey,
    attempts,
    outcomeUnknown: changes && open && !decides(exchange),
  };
}

/** The result of a call. It vouches for the form of problems; that data has its type is the server's word. */
export function resultOf(exchange: Exchange, write: Write): Result<unknown> {
  const { last } = exchange;
  const call = infoOf(exchange, write);
  const failed = (error: CallError): Result<unknown> => ({ ok: false, error, call });
  if (last.kind === 'unanswered') return failed(unansweredError(last));
  if (isOk(last)) {
    if (last.status === NO_CONTENT) return { ok: true, data: undefined, call };
    if (last.file !== undefined) return { ok: true, data: last.file, call };
    return last.json === undefined ? failed(unexpected(last)) : { ok: true, data: last.json, call };
  }
  return failed(isProblem(last.json, last.status) ? last.json : unexpected(last));
}
