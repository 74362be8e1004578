// Who is calling /v1: the bearer of a key, or the holder of a console session. A session comes with a cookie, which a
// browser sends along wherever the request comes from; so whatever changes something must also bring the session's token.

import { parseCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from '../authorization.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import { SESSION_COOKIES, sendSession } from '../session-cookie.ts';
import { roleNeeded, type SurfaceParts } from '../surface.ts';

type Entry = Admission | { readonly kind: 'forged' };

async function bySession(
  { sessions, authorization }: SurfaceParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Entry> {
  const cookies = parseCookie(request.headers.cookie ?? '');
  const cookie = SESSION_COOKIES.map((name) => cookies[name]).find((value) => value !== undefined);
  const open = cookie === undefined ? undefined : await sessions.open(cookie);
  if (open === undefined) return { kind: 'unknown' };
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  if (changes && !sessions.isToken(open.session, request.headers['x-csrf-token'])) return { kind: 'forged' };
  if (sessions.isDue(open.session)) await sendSession(request, reply, sessions, open.session);
  request.session = open.session;
  return authorization.bySession(open.caller, roleNeeded(request));
}

/** Lets a request in, or answers it. */
export function authorize(app: FastifyInstance, parts: SurfaceParts): void {
  app.addHook('onRequest', async (request, reply) => {
    const { authorization: header, cookie } = request.headers;
    const entry =
      header === undefined && cookie !== undefined
        ? await bySession(parts, request, reply)
        : await parts.authorization.byBearer(header, request.ip, roleNeeded(request));
    switch (entry.kind) {
      case 'admitted':
        request.caller = entry.caller;
        request.keyName = entry.caller.name;
        return;
      case 'unknown':
        reply.header('www-authenticate', 'Bearer realm="james"');
        return sendProblem(request, reply, PROBLEMS.unauthorized, 'Send Authorization: Bearer <API key>.');
      case 'forged':
        return sendProblem(request, reply, PROBLEMS.forbidden, 'Send the session’s token as X-CSRF-Token.');
      case 'forbidden': {
        const detail = `The key “${entry.caller.name}” is of the role ${entry.caller.role}; this takes ${roleNeeded(request)}.`;
        return sendProblem(request, reply, PROBLEMS.forbidden, detail);
      }
      case 'wait':
        reply.header('retry-after', entry.seconds);
        return sendProblem(request, reply, PROBLEMS.tooManyRequests, `Try again in ${entry.seconds} s.`);
    }
  });
}

/** Whether who sent a request that is still being answered may still ask it: the key or session may have ended since. */
export async function isStillAdmitted(parts: SurfaceParts, request: FastifyRequest): Promise<boolean> {
  const { caller, session } = request;
  return caller !== undefined && parts.authorization.isStillAdmitted(caller, session, roleNeeded(request));
}
