// POST, GET and DELETE /v1/session, DELETE /v1/sessions: the console's sessions. Signing in is a request with the key; what
// comes back is a cookie that no script can read, and the token that every change must bring.

import { Type } from 'typebox';
import { PROBLEMS, sendProblem } from '../problem.ts';
import { endSession, sendSession } from '../session-cookie.ts';
import type { SurfaceParts } from '../surface.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import type { V1App } from './v1-app.ts';

const ANY_ROLE = { role: 'viewer', bodyOptional: true } as const;

const SessionInfo = Type.Object(
  {
    name: Type.String({ description: 'The name of the key that signed in.', examples: ['branch-7'] }),
    role: Type.Union([Type.Literal('viewer'), Type.Literal('officer'), Type.Literal('admin')]),
    csrf_token: Type.String({ description: 'To be sent as X-CSRF-Token with everything but GET.' }),
    expires_at: Type.String({
      description: 'When the session ends at the latest; it ends before if it is not used.',
      examples: ['2026-11-22T22:15:00.000Z'],
    }),
  },
  { description: 'The session.' },
);

const Over = { 204: Type.Null({ description: 'It is over.' }) };

export function sessionRoutes(app: V1App, { sessions }: SurfaceParts): void {
  app.post(
    '/session',
    {
      config: ANY_ROLE,
      schema: {
        operationId: 'signIn',
        summary: 'Begin a session of the console with an API key',
        description: 'Sends the session as a cookie (HttpOnly, SameSite=Strict; over HTTPS also Secure).',
        tags: ['Keys'],
        security: [{ apiKey: [] }],
        response: { 201: SessionInfo, ...problemResponses(...BODY_PROBLEMS) },
      },
    },
    async (request, reply) => {
      const { caller } = request;
      if (caller === undefined || request.session !== undefined) {
        return sendProblem(
          request,
          reply,
          PROBLEMS.unauthorized,
          'Sign in with Authorization: Bearer <API key>.',
        );
      }
      if (sessions.needsHttps && request.protocol !== 'https') {
        const detail =
          'Sessions need HTTPS: set TLS_CERT and TLS_KEY, or TRUST_PROXY where a proxy speaks it.';
        return sendProblem(request, reply, PROBLEMS.forbidden, detail);
      }
      const session = sessions.begin(caller);
      await sendSession(request, reply, sessions, session);
      reply.code(201).header('cache-control', 'no-store');
      return reply.send(sessions.told(session, caller));
    },
  );

  app.get(
    '/session',
    {
      config: ANY_ROLE,
      schema: {
        operationId: 'getSession',
        summary: 'Whose session this is',
        tags: ['Keys'],
        security: [{ session: [] }],
        response: { 200: SessionInfo, ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { caller, session } = request;
      if (caller === undefined || session === undefined) {
        return sendProblem(request, reply, PROBLEMS.unauthorized, 'There is no session: sign in.');
      }
      return reply.header('cache-control', 'no-store').send(sessions.told(session, caller));
    },
  );

  app.delete(
    '/session',
    {
      config: ANY_ROLE,
      schema: {
        operationId: 'signOut',
        summary: 'Sign out of this session',
        tags: ['Keys'],
        response: { ...Over, ...problemResponses(...BODY_PROBLEMS) },
      },
    },
    async (request, reply) => {
      endSession(request, reply);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/sessions',
    {
      config: ANY_ROLE,
      schema: {
        operationId: 'signOutEverywhere',
        summary: "End all sessions of the caller's key, on every machine",
        tags: ['Keys'],
        response: { ...Over, ...problemResponses(...BODY_PROBLEMS) },
      },
    },
    async (request, reply) => {
      await sessions.endAll(request.keyName);
      endSession(request, reply);
      return reply.code(204).send(null);
    },
  );
}
