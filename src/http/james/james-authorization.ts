// Who is calling the James surface: the bearer of a token. Whoever is not let in gets 403 and an empty object, as from
// the original; who fails or asks too often gets 429.

import type { FastifyInstance } from 'fastify';
import { roleNeeded, type SurfaceParts } from '../surface.ts';
import { FORBIDDEN, sendError, sendJson, TOO_MANY } from './james-answers.ts';

/** Lets a request in, or answers it. */
export function authorizeJames(app: FastifyInstance, parts: Pick<SurfaceParts, 'authorization'>): void {
  app.addHook('onRequest', async (request, reply) => {
    const { authorization } = request.headers;
    const admission = await parts.authorization.byToken(authorization, request.ip, roleNeeded(request));
    if (admission.kind === 'wait') {
      return sendError(reply.header('retry-after', admission.seconds), 429, TOO_MANY);
    }
    if (admission.kind !== 'admitted') return sendJson(reply, 403, FORBIDDEN);
    request.keyName = admission.caller.name;
  });
}
