// How every call ends: with what was asked for, or with an error that says by its `type` what happened. Both are values;
// unwrap makes exceptions of errors for those who prefer them.

import type { Problem } from './contract.ts';

/** What is known of a call, however it ended. */
export interface CallInfo {
  /** The HTTP status of the last answer; null where there was none. */
  readonly status: number | null;
  /** Under which James has the request in its log and its records; null where it did not answer. */
  readonly requestId: string | null;
  /** The address of what was created, relative to James's root. */
  readonly location: string | null;
  /** Whether the answer was given before, to an earlier request under the same key. */
  readonly replayed: boolean;
  /** Under which a write was sent. Sending the same again under it books nothing twice, for 30 days. */
  readonly idempotencyKey: string | null;
  /** How often it was sent. */
  readonly attempts: number;
  /**
   * Whether a write may have been recorded although no answer says so: it was sent, and what became of it was not heard.
   * Send it again under its idempotencyKey, or look whether it is there.
   */
  readonly outcomeUnknown: boolean;
}

/** What every error has beside its type. */
interface ErrorMembers {
  readonly title: string;
  /** What went wrong in this very call. */
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

/** James was not reached, or the connection broke before its answer was whole. */
export interface NetworkFailure extends ErrorMembers {
  readonly type: 'network-failure';
  readonly status: null;
  readonly request_id: null;
  /** What fetch threw. */
  readonly cause: unknown;
}

/** The time that the call may take was over. */
export interface TimedOut extends ErrorMembers {
  readonly type: 'timed-out';
  readonly status: null;
  readonly request_id: null;
  readonly cause: unknown;
}

/** The caller's signal said so. */
export interface Aborted extends ErrorMembers {
  readonly type: 'aborted';
  readonly status: null;
  readonly request_id: null;
  /** The reason that the signal gave. */
  readonly cause: unknown;
}

/** Something answered that does not speak as James does: a proxy, another server, a James with newer problems. */
export interface UnexpectedAnswer extends ErrorMembers {
  readonly type: 'unexpected-answer';
  readonly status: number;
  readonly request_id: string | null;
  /** The beginning of the answer's body. */
  readonly body: string;
}

/** Errors that are none of James's answers. */
export type NoAnswer = NetworkFailure | TimedOut | Aborted | UnexpectedAnswer;

/** What can go wrong in a call, told by its `type`. */
export type CallError<P extends Problem = Problem> = P | NoAnswer;

export interface Success<Data> {
  readonly ok: true;
  readonly data: Data;
  readonly call: CallInfo;
}

export interface Failure<P extends Problem = Problem> {
  readonly ok: false;
  readonly error: CallError<P>;
  readonly call: CallInfo;
}

/** How a call ended. */
export type Result<Data, P extends Problem = Problem> = Success<Data> | Failure<P>;

/** An error as an exception. */
export class JamesError extends Error {
  override readonly name = 'JamesError';
  readonly error: CallError;
  readonly call: CallInfo;

  constructor({ error, call }: Failure) {
    const where = error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    const id = error.request_id === null ? '' : ` (request ${error.request_id})`;
    super(`${error.title}: ${error.detail}${where === '' ? '' : ` [${where}]`}${id}`, {
      cause: 'cause' in error ? error.cause : undefined,
    });
    this.error = error;
    this.call = call;
  }

  /** The type of the error: `/problems/loan-not-found`, `network-failure` … */
  get type(): CallError['type'] {
    return this.error.type;
  }

  get status(): number | null {
    return this.error.status;
  }
}

/** The data of a call that succeeded. Throws a JamesError where it failed. */
export async function unwrap<Data>(result: Result<Data> | PromiseLike<Result<Data>>): Promise<Data> {
  const ended = await result;
  if (ended.ok) return ended.data;
  throw new JamesError(ended);
}
