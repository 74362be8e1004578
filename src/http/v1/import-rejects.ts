// GET /v1/imports/:id/rejects: the rejected rows of an import as CSV, to be corrected and sent again.

import { Readable } from 'node:stream';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { ImportPath, sendUnknownImport } from './import-schemas.ts';
import { problemResponses } from './problem-responses.ts';
import type { V1App } from './v1-app.ts';

const EXAMPLE =
  'line,field,reason,reference,amount,term,rate,date\n7,amount,must be greater than zero,A-6,0.00,12,0.05,2017-08-05\n';

export function importRejectRoutes(app: V1App, { imports }: SurfaceParts): void {
  app.get(
    '/imports/:id/rejects',
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'getImportRejects',
        summary: 'The rejected rows of an import, as CSV',
        description:
          'In the order of the file: the line on which a row begins, the field at fault (empty: the row as a whole) and the reason, and then the row’s own columns as they were sent. Corrected, the file can be sent as it is: its first three columns are taken no notice of. Of an import that runs they are those so far.',
        tags: ['Imports'],
        params: ImportPath,
        response: {
          200: {
            description: 'The rejected rows; a first line names the columns.',
            content: { 'text/csv': { schema: { type: 'string', examples: [EXAMPLE] } } },
          },
          ...problemResponses(PROBLEMS.importNotFound),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const rejects = await imports.rejects(id);
      if (rejects === undefined) return sendUnknownImport(request, reply);
      return (reply as unknown as import('fastify').FastifyReply)
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${id}.rejects.csv"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(rejects, { objectMode: false }));
    },
  );
}
