// The service's own addresses: is it alive, can it serve, what does it do, what do its problems mean.

import type { FastifyInstance } from 'fastify';
import { StoreUnavailable } from '../../ledger/ledger.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';

const Ok = {
  type: 'object',
  properties: { status: { type: 'string', enum: ['ok'] } },
  required: ['status'],
} as const;

const RETRY_AFTER_SECONDS = 1;

/** What is told to everybody of a database that can't serve: the kind of fault, never where it is. */
const FAULTS: Readonly<Record<StoreUnavailable['fault'], string>> = {
  unreachable: 'The database cannot be reached.',
  full: 'The disk of the database is full, or almost.',
  'read-only': 'The database is read-only.',
  busy: 'The database is busy.',
  'not-a-james-database': 'The database is not one of James’s.',
  'schema-not-current': 'The schema of the database is not current.',
  'other-bank': 'The database is another bank’s.',
  damaged: 'The database is damaged.',
  'server-too-old': 'The database server is too old.',
};

export async function serviceRoutes(app: FastifyInstance, parts: SurfaceParts): Promise<void> {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Whether the process is alive',
        tags: ['Service'],
        security: [],
        response: { 200: { ...Ok, description: 'It is.' } },
      },
    },
    async () => ({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'Whether it can serve: database, schema, room on the disk',
        tags: ['Service'],
        security: [],
        response: {
          200: { ...Ok, description: 'It can.' },
          503: {
            description: 'It cannot; `detail` says why.',
            content: { 'application/problem+json': { schema: { $ref: 'UnavailableProblem#' } } },
          },
        },
      },
    },
    async (request, reply) => {
      try {
        await parts.ledger.ready();
        return reply.send({ status: 'ok' });
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        request.log.warn({ err: error }, 'not ready');
        reply.header('retry-after', RETRY_AFTER_SECONDS);
        return sendProblem(request, reply, PROBLEMS.unavailable, FAULTS[error.fault]);
      }
    },
  );

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());

  for (const { name, title, status, explanation } of Object.values(PROBLEMS)) {
    app.get(`/problems/${name}`, { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(`${title} (HTTP ${status})\n\n${explanation}\n`),
    );
  }
}
