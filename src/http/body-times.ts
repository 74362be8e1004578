// How long the body of a request may take. Node has one limit for all requests, and a file to be imported may take hours;
// so the limit is kept here, and an import's body is spared of it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseConnection } from './no-request.ts';

const CHECKED_MS = 2_000;
/** As Node's own limit calls it. */
const TOO_SLOW = 'ERR_HTTP_REQUEST_TIMEOUT';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Coming {
  readonly response: ServerResponse;
  /** When it must be whole. */
  endsAt: number;
}

export class BodyTimes {
  readonly #limitMs: number;
  /** Requests whose body is still coming in. */
  readonly #coming = new Map<IncomingMessage, Coming>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** A handler that serves a request as `serve` does, if its body is whole in time. */
  limited(serve: Handler): Handler {
    return (request, response) => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      if (encoding !== undefined || (length !== undefined && length !== '0')) {
        request.once('close', () => this.#coming.delete(request));
        this.#coming.set(request, { response, endsAt: performance.now() + this.#limitMs });
        this.#timer ??= setInterval(() => this.#check(), CHECKED_MS).unref();
      }
      serve(request, response);
    };
  }

  /** From now on a body may take as long as it likes. */
  spare(request: IncomingMessage): void {
    this.#end(request, Number.POSITIVE_INFINITY);
  }

  /** From now on it has the limit again. */
  watch(request: IncomingMessage): void {
    this.#end(request, performance.now() + this.#limitMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #end(request: IncomingMessage, endsAt: number): void {
    const coming = this.#coming.get(request);
    if (coming !== undefined) coming.endsAt = endsAt;
  }

  #check(): void {
    const now = performance.now();
    for (const [request, { response, endsAt }] of this.#coming) {
      if (now < endsAt) continue;
      this.#coming.delete(request);
      // Where an answer has begun, nothing may be written into it.
      if (response.headersSent) request.socket.destroy();
      else refuseConnection(Object.assign(new Error('too slow'), { code: TOO_SLOW }), request.socket);
    }
  }
}
