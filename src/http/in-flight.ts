// How many requests are being served: past a limit new ones are turned away at once, so that those that are served stay
// fast. Turning one away costs next to nothing: neither its key nor its body is looked at.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './james/james-answers.ts';
import { PROBLEMS, sendProblem } from './problem.ts';

const RETRY_AFTER_SECONDS = 1;

/** Addresses that tell how the service is, which is what one wants to know then. */
const ALWAYS = new Set(['/healthz', '/readyz', '/metrics']);

export class InFlight {
  readonly #max: number;
  #now = 0;
  #shed = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Requests being served. */
  get now(): number {
    return this.#now;
  }

  /** Requests turned away since the start. */
  get shed(): number {
    return this.#shed;
  }

  /** Counts a request until its answer is out, or refuses it. */
  take(request: FastifyRequest, reply: FastifyReply): boolean {
    if (this.#now >= this.#max && !ALWAYS.has(request.url)) {
      this.#shed++;
      return false;
    }
    this.#now++;
    reply.raw.once('close', () => {
      this.#now--;
    });
    return true;
  }
}

/** Serves at most so many requests at once. */
export function limitInFlight(app: FastifyInstance, inFlight: InFlight): void {
  app.addHook('onRequest', async (request, reply) => {
    if (inFlight.take(request, reply)) return;
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    if (request.url.startsWith('/v1')) {
      return sendProblem(
        request,
        reply,
        PROBLEMS.overloaded,
        'The server has as many requests as it can serve.',
      );
    }
    return sendError(reply, 503, 'Service unavailable.');
  });
}
