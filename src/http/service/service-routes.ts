// The service's own addresses: is it alive, what can it do, what do its problems mean.

import type { FastifyInstance } from 'fastify';
import { PROBLEMS } from '../problem.ts';

export async function serviceRoutes(app: FastifyInstance): Promise<void> {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Whether the process is alive',
        tags: ['Service'],
        security: [],
        response: {
          200: {
            type: 'object',
            description: 'It is.',
            properties: { status: { type: 'string', enum: ['ok'] } },
            required: ['status'],
          },
        },
      },
    },
    async () => ({ status: 'ok' }),
  );

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());

  for (const { name, title, status, explanation } of Object.values(PROBLEMS)) {
    app.get(`/problems/${name}`, { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(`${title} (HTTP ${status})\n\n${explanation}\n`),
    );
  }
}
