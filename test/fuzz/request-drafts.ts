// Requests for an operation: all of it valid, one part of it not, or none.

import { fc } from '../support/properties.ts';
import { type BodyDraft, otherBody, validBody } from './body-drafts.ts';
import { type Draft, oftener } from './drafts.ts';
import { otherHeaders, validHeaders } from './header-drafts.ts';
import type { HeadersDraft } from './header-values.ts';
import type { Operation } from './operations.ts';
import type { Target } from './path-drafts.ts';
import { otherMethod, otherTarget, validTarget } from './target-drafts.ts';
import type { Framing, WireRequest } from './wire-request.ts';

export type RequestDraft = Draft<WireRequest>;

interface Parts {
  readonly method: fc.Arbitrary<string>;
  readonly target: fc.Arbitrary<Draft<Target>>;
  readonly headers: fc.Arbitrary<HeadersDraft>;
  readonly body: fc.Arbitrary<BodyDraft>;
}

const framings: fc.Arbitrary<Framing> = oftener<Framing>(
  [12, fc.constant('length')],
  [2, fc.constant('chunked')],
  [1, fc.constant('small chunks')],
);

function requestOf(operation: Operation, parts: Parts): fc.Arbitrary<RequestDraft> {
  return fc.record({ ...parts, framing: framings }).map(
    ({ method, target, headers, body, framing }): RequestDraft =>
      (moment) => {
        const { path, thing } = target(moment);
        const facts = thing?.facts ?? {};
        return {
          operation,
          method,
          target: path,
          headers: headers(moment),
          body: body({ ...moment, facts }),
          framing,
        };
      },
  );
}

function validParts(operation: Operation): Parts {
  return {
    method: fc.constant(operation.method),
    target: validTarget(operation),
    headers: validHeaders(operation),
    body: validBody(operation),
  };
}

/** Requests that the operation takes, as far as its schemas say. */
export function validRequest(operation: Operation): fc.Arbitrary<RequestDraft> {
  return requestOf(operation, validParts(operation));
}

/** Requests of all kinds. */
export function anyRequest(operation: Operation): fc.Arbitrary<RequestDraft> {
  const valid = validParts(operation);
  const target = otherTarget(operation);
  const headers = otherHeaders(operation);
  const body = otherBody(operation);
  const method = otherMethod(operation);
  const isBare = operation.body === undefined;
  return oftener(
    [4, requestOf(operation, valid)],
    [isBare ? 6 : 2, requestOf(operation, { ...valid, target })],
    [isBare ? 1 : 6, requestOf(operation, { ...valid, body })],
    [3, requestOf(operation, { ...valid, headers })],
    [2, requestOf(operation, { method, target, headers, body })],
  );
}
