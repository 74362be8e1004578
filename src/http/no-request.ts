// What comes in and is no request that HTTP allows: refused before the framework, with a request id like everything else.
// It must never tell what was sent, nor what the server is made of.

import { randomUUIDv7 } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { SECURITY_HEADERS } from './security-headers.ts';

const NO_REQUEST = 'This is no HTTP request.';

/** By the code of the server's error; whatever else it is, it is no request. */
const REFUSALS: Readonly<Record<string, readonly [status: number, error: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request came too slowly.'],
  HPE_HEADER_OVERFLOW: [431, 'The head of the request is too large.'],
};

function answerOf(error: string) {
  const body = JSON.stringify({ error });
  const headers = {
    ...SECURITY_HEADERS.http,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
    'x-request-id': randomUUIDv7(),
  };
  return { body, headers };
}

/** Answers what the parser could not read, or was tired of waiting for, and closes the connection. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, text] = REFUSALS[error.code ?? ''] ?? [400, NO_REQUEST];
  if (socket.writable) {
    const { body, headers } = answerOf(text);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  }
  socket.destroy(error);
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Refuses HTTP/1.1 without a Host, as HTTP demands; Node's own check would answer without a request id. */
export function demandHost(serve: Handler): Handler {
  return (request, response) => {
    if (request.headers.host !== undefined || request.httpVersion === '1.0') {
      serve(request, response);
      return;
    }
    const { body, headers } = answerOf('A request names its Host.');
    response.writeHead(400, headers).end(body);
  };
}
