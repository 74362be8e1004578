// The cookie of a console session: for this host only, out of reach of scripts, never sent along from another site.

import { type SerializeOptions, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session, Sessions } from '../access/sessions.ts';

const SECURE_NAME = '__Host-james';
const PLAIN_NAME = 'james';

/** Under which a session may come. */
export const SESSION_COOKIES = [SECURE_NAME, PLAIN_NAME];

/** Over HTTPS the browser takes and sends it over HTTPS only; development on this machine has no HTTPS. */
function cookieOf(request: FastifyRequest, value: string, maxAgeSeconds: number): string {
  const secure = request.protocol === 'https';
  const options: SerializeOptions = {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: maxAgeSeconds,
  };
  return stringifySetCookie({ name: secure ? SECURE_NAME : PLAIN_NAME, value, ...options });
}

/** Gives the browser a session, seen now. */
export async function sendSession(
  request: FastifyRequest,
  reply: FastifyReply,
  sessions: Sessions,
  session: Session,
): Promise<void> {
  const value = await sessions.seal(session);
  reply.header('set-cookie', cookieOf(request, value, Math.ceil(sessions.limits.absoluteMs / 1000)));
}

/** Takes the session away from the browser. */
export function endSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('set-cookie', cookieOf(request, '', 0));
}
