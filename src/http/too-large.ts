// A body over the limit. Its sender hears 413 only if somebody reads what it is still sending: a connection that is closed
// over unread bytes is reset, and the answer lost with it. So a body of a size that can be borne is read and dropped.

import type { FastifyReply, FastifyRequest } from 'fastify';

const DRAINED_BYTES_MAX = 16 * 1024 * 1024;

/** Before 413 is answered: keeps the connection of a body that is not too large to be read to its end. */
export function drainBody(request: FastifyRequest, reply: FastifyReply): void {
  const declared = Number(request.headers['content-length']);
  // Node reads on and drops what nobody wanted, unless the connection is to be closed.
  if (declared <= DRAINED_BYTES_MAX) reply.removeHeader('connection');
}
