// How many requests are being served: past a limit new ones are turned away at once, so that those that are served stay
// fast. Turning one away must cost next to nothing, or nothing would be left for the others: it is done before the
// framework, and neither key nor body is looked at.

import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROBLEMS, problemBody } from './problem.ts';

const RETRY_AFTER_SECONDS = '1';

/** Addresses that tell how the service is, which is what one wants to know then; they count for nothing here. */
const ALWAYS = new Set(['/healthz', '/readyz', '/metrics']);

const JAMES_BODY = JSON.stringify({ error: 'Service unavailable.' });
const DETAIL = 'The server has as many requests as it can serve.';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export class InFlight {
  readonly #max: number;
  #now = 0;
  #shed = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Requests being served, but for those that ask how the service is. */
  get now(): number {
    return this.#now;
  }

  /** Requests turned away since the start. */
  get shed(): number {
    return this.#shed;
  }

  /** A handler that serves a request as `serve` does, while there are not too many. */
  limited(serve: Handler): Handler {
    return (request, response) => {
      if (ALWAYS.has(request.url ?? '')) {
        serve(request, response);
        return;
      }
      if (this.#now >= this.#max) {
        this.#shed++;
        turnAway(request, response);
        return;
      }
      this.#now++;
      response.once('close', () => {
        this.#now--;
      });
      serve(request, response);
    };
  }
}

function turnAway(request: IncomingMessage, response: ServerResponse): void {
  const requestId = randomUUIDv7();
  const isV1 = request.url?.startsWith('/v1') === true;
  response.writeHead(503, {
    'content-type': isV1 ? 'application/problem+json' : 'application/json',
    'retry-after': RETRY_AFTER_SECONDS,
    'x-request-id': requestId,
    'cache-control': 'no-store',
  });
  response.end(isV1 ? JSON.stringify(problemBody(PROBLEMS.overloaded, DETAIL, [], requestId)) : JAMES_BODY);
}
