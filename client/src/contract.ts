// What the OpenAPI document says of each operation, as types: what it takes, what it answers, which problems it has.

import type { ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type {
  components,
  KEYED_OPERATIONS,
  NotFoundProblem,
  operations,
  paths,
} from './generated/openapi.ts';

type Schemas = components['schemas'];

/** A problem that James answers with, told by its `type`. */
export type Problem = Extract<Schemas[keyof Schemas], { readonly type: `/problems/${string}` }>;

/** The `type` of a problem: `/problems/loan-not-found`. */
export type ProblemType = Problem['type'];

export type OperationId = keyof operations;

type Responses<Operation> = Operation extends { readonly responses: infer All } ? All : never;

type Content<Response, Media extends string> = Response extends {
  readonly content: { readonly [media in Media]: infer Taken };
}
  ? Taken
  : never;

type AnyContent<Answers, Media extends string> = {
  [Status in keyof Answers]: Content<Answers[Status], Media>;
}[keyof Answers];

/** What an operation answers when it succeeds; nothing (204) is `undefined`. */
export type DataOf<Operation> =
  | AnyContent<Responses<Operation>, 'application/json'>
  | (204 extends keyof Responses<Operation> ? undefined : never);

/** The problems that an operation can answer; an address that an older James does not have is one of them. */
export type ProblemsOf<Operation> =
  | Extract<AnyContent<Responses<Operation>, 'application/problem+json'>, Problem>
  | NotFoundProblem;

/** What an operation answers, by its id: `Answer<'getLoan'>`. */
export type Answer<Id extends OperationId> = DataOf<operations[Id]>;

/** The problems of an operation, by its id. */
export type ProblemIn<Id extends OperationId> = ProblemsOf<operations[Id]>;

/** The body that an operation takes. */
export type Body<Id extends OperationId> = operations[Id] extends {
  readonly requestBody: { readonly content: { readonly 'application/json': infer Taken } };
}
  ? Taken
  : never;

/** The query parameters that an operation takes. */
export type Query<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>;

/** Methods that James knows. */
export type Method = 'get' | 'post' | 'delete';

/** The paths that a method has. */
export type PathWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends { readonly [method in M]: object } ? Path : never;
}[keyof paths];

/** The operation of a method and a path. */
export type OperationAt<M extends Method, Path extends PathWith<M>> = paths[Path][M & keyof paths[Path]];

type KeyedOperation = (typeof KEYED_OPERATIONS)[number];

/** Whether an operation takes an Idempotency-Key. */
export type IsKeyed<M extends Method, Path extends PathWith<M>> = `${M} ${Path}` extends KeyedOperation
  ? true
  : false;

/** `params` (`path`, `query`) and `body` of an operation, each where it has one. */
export type Input<Operation> = ParamsOption<Operation> & RequestBodyOption<Operation>;
