// What a program that calls James imports. Nothing here is Node's own: it runs in a browser too.

export type { Retrying } from './attempts.ts';
export type { Book } from './book.ts';
export type { Call, Called, OptionsAt, ResultAt } from './calls.ts';
export type {
  Answer,
  Body,
  OperationId,
  Problem,
  ProblemIn,
  ProblemType,
  Query,
} from './contract.ts';
export type { DemoRuns } from './demo.ts';
export type { Exports } from './exports.ts';
export { newIdempotencyKey } from './headers.ts';
export type { FileContent, Imports, NewImport } from './imports.ts';
export { createJames, type James, type SessionJames } from './james.ts';
export type { Keys } from './keys.ts';
export type { Loans } from './loans.ts';
export type { Page } from './pages.ts';
export type { Payments } from './payments.ts';
export {
  type Aborted,
  type CallError,
  type CallInfo,
  type Failure,
  JamesError,
  type NetworkFailure,
  type NoAnswer,
  type Result,
  type Success,
  type TimedOut,
  type UnexpectedAnswer,
  unwrap,
} from './result.ts';
export type { RetrySettings } from './retries.ts';
export type { Sessions } from './sessions.ts';
export type {
  CallOptions,
  ClientOptions,
  Fetch,
  KeyOptions,
  SessionOptions,
  WriteOptions,
} from './settings.ts';
export type * from './shapes.ts';
