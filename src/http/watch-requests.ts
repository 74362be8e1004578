// Counts and times every answer, and tells all figures at /metrics, in Prometheus form.

import type { FastifyInstance } from 'fastify';
import { PROBLEMS, sendProblem } from './problem.ts';
import type { SurfaceParts } from './surface.ts';

/** Where figures go, and where they come from. */
export interface Watch {
  /** `seconds` is undefined where they tell nothing of how fast the server is. */
  answered(method: string, route: string, status: number, seconds: number | undefined): void;
  /** The figures of the whole service, of all its workers, as text. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Whether anybody may read them; else a key is asked for. */
  readonly isOpen: boolean;
}

/** Where no route was found there are as many addresses as callers like. */
const UNKNOWN_ROUTE = 'unknown';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How long an answer takes is up to its caller: a file comes as fast as it is sent, events go on while something does. */
    takesAsLong?: boolean;
  }
}

export function watchRequests(app: FastifyInstance, parts: SurfaceParts, watch: Watch): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? UNKNOWN_ROUTE : (request.routeOptions.url ?? UNKNOWN_ROUTE);
    const seconds = request.routeOptions.config.takesAsLong ? undefined : reply.elapsedTime / 1000;
    watch.answered(request.method, route, reply.statusCode, seconds);
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!watch.isOpen) {
      const { authorization } = request.headers;
      const admission = await parts.authorization.byBearer(authorization, request.ip, 'viewer');
      if (admission.kind === 'wait') {
        reply.header('retry-after', admission.seconds);
        return sendProblem(request, reply, PROBLEMS.tooManyRequests, `Try again in ${admission.seconds} s.`);
      }
      if (admission.kind !== 'admitted') {
        reply.header('www-authenticate', 'Bearer realm="james"');
        return sendProblem(request, reply, PROBLEMS.unauthorized, 'Send Authorization: Bearer <API key>.');
      }
    }
    return reply.type(watch.contentType).send(await watch.text());
  });
}
