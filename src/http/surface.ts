// What both surfaces are built on: the ledger, the keys, and who is calling.

import type { FastifyRequest } from 'fastify';
import type { Ledger, Origin } from '../ledger/ledger.ts';
import type { Authorization } from './authorization.ts';

export interface SurfaceParts {
  readonly ledger: Ledger;
  readonly authorization: Authorization;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the key that the request carried; empty before authorization. */
    keyName: string;
    /** The request id that the answer names: that of the first request where its answer is given again. */
    answerId: string;
    /** The body as it was sent, on surfaces whose parser reads it. */
    bodyBytes: Buffer | undefined;
  }
}

/** Who and what the records of a request will name. */
export function originOf(request: FastifyRequest): Origin {
  return { requestId: request.id, recordedBy: request.keyName };
}
