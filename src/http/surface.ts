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
  }
}

/** Who and what the records of a request will name. */
export function originOf(request: FastifyRequest): Origin {
  return { requestId: request.id, recordedBy: request.keyName };
}
