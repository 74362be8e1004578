// What every writing route of /v1 takes: the idempotency key, and who is asking.

import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { IdempotencyKey } from '../../ledger/commands.ts';
import type { Origin } from '../../ledger/ledger.ts';
import { idempotencyOf } from '../idempotency.ts';
import { originOf } from '../surface.ts';

export const WriteHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Makes the request safe to send again. For 30 days the same request under the same key gets the first answer again, with `Idempotent-Replayed: true`; another request under it is refused. Successes and refusals by rule are kept.',
      examples: ['5f0c3d0e-issue-A-1'],
    }),
  ),
});

/** The request's part of a command. */
export function commandedBy(request: FastifyRequest): {
  readonly origin: Origin;
  readonly idempotency?: IdempotencyKey;
} {
  return { origin: originOf(request), ...idempotencyOf(request, request.bodyBytes, 'refusals') };
}
