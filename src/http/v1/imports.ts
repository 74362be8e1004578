// POST and GET /v1/imports, GET /v1/imports/:id, POST /v1/imports/:id/cancellation
//
// The body of a POST is a file of any size. It is taken as it comes, no faster than it can be made safe on disk, and never
// held in memory; the answer is sent when all of it is safe. Then it waits for its turn, and whoever lives carries it out.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Received } from '../../import/receiving.ts';
import { idempotencyKeyOf } from '../idempotency.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import { originOf, type ServedParts } from '../surface.ts';
import { importEventRoutes } from './import-events.ts';
import { bytesOf, FILE_DESCRIPTION, fileOf, ImportBody, ImportQuery, takeFiles } from './import-files.ts';
import { importRejectRoutes } from './import-rejects.ts';
import {
  Import,
  ImportKind,
  ImportPath,
  ImportState,
  importShape,
  sendUnknownImport,
} from './import-schemas.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import { Page, PageParameters } from './schemas.ts';
import type { V1App } from './v1-app.ts';

const ADMIN = { role: 'admin' } as const;
const PAGE_DEFAULT = 50;
const RETRY_AFTER_SECONDS = 5;

const FileHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Makes the request safe to send again. For 30 days the same file under the same key is the same import, answered as it is then, with `Idempotent-Replayed: true`; another one under it is refused. A file that was refused or broke off leaves its key free.',
      examples: ['5f0c3d0e-loans-2026-11'],
    }),
  ),
});

const ImportsQuery = Type.Object(
  { kind: Type.Optional(ImportKind), state: Type.Optional(ImportState), ...PageParameters },
  { additionalProperties: false },
);

/** Answers a file that came in, or did not. */
function sendReceived(request: FastifyRequest, reply: FastifyReply, received: Received): FastifyReply {
  switch (received.kind) {
    case 'received': {
      const { stored, isReplay } = received;
      if (isReplay) {
        reply.header('idempotent-replayed', 'true');
        request.answerId = stored.requestId;
      }
      return reply.code(202).header('location', `/v1/imports/${stored.id}`).send(importShape(stored));
    }
    case 'refused':
      return sendProblem(request, reply, PROBLEMS.importRefused, `The file: ${received.reason}.`);
    case 'too-large':
      return sendProblem(request, reply, PROBLEMS.bodyTooLarge, `The file: ${received.reason}.`);
    case 'broke-off':
      return sendProblem(request, reply, PROBLEMS.bodyTooSlow, 'The rest of the file did not come.');
    case 'cancelled':
      return sendProblem(request, reply, PROBLEMS.importCancelled, 'It was cancelled by its id.');
    case 'key-in-use':
      return sendProblem(request, reply, PROBLEMS.idempotencyKeyInUse, 'The first file is still coming in.');
    case 'key-used': {
      const detail = 'The key came with another file, or for another import, before.';
      return sendProblem(request, reply, PROBLEMS.idempotencyKeyUsed, detail);
    }
    case 'too-many':
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      return sendProblem(request, reply, PROBLEMS.tooManyImports, `${received.now} files are coming in.`);
    case 'stopping':
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      return sendProblem(
        request,
        reply,
        PROBLEMS.unavailable,
        'The server is stopping; send the file again.',
      );
  }
}

function fileRoute(app: V1App, { imports, bodyTimes }: ServedParts): void {
  app.post(
    '/imports',
    {
      config: { ...ADMIN, takesAsLong: true },
      schema: {
        operationId: 'createImport',
        summary: 'Import loans or payments from a file of any size',
        description: `The answer is sent once the whole file is safe on disk; its rows are then decided one after the other, by whichever process lives, also after a restart. What is recorded already is skipped, so a file may be sent again at any time. Rejected rows stop nothing and can be fetched, corrected and sent again. ${FILE_DESCRIPTION}`,
        tags: ['Imports'],
        headers: FileHeaders,
        querystring: ImportQuery,
        body: ImportBody,
        response: {
          202: { ...Import, description: 'The import, to be watched; its address is in `Location`.' },
          ...problemResponses(
            ...BODY_PROBLEMS,
            PROBLEMS.bodyTooSlow,
            PROBLEMS.importRefused,
            PROBLEMS.importCancelled,
            PROBLEMS.idempotencyKeyUsed,
            PROBLEMS.idempotencyKeyInUse,
            PROBLEMS.tooManyImports,
          ),
        },
      },
    },
    async (request, reply) => {
      const key = idempotencyKeyOf(request) ?? null;
      const file = fileOf(request);
      if (file === undefined) {
        const detail = 'Nothing says what the file is: CSV or NDJSON, plain or gzip.';
        return sendProblem(request, reply, PROBLEMS.unsupportedMediaType, detail);
      }
      const bytes = bytesOf(request);
      if (bytes === undefined) {
        return sendProblem(request, reply, PROBLEMS.invalidRequest, 'The request has no body.');
      }
      // It may take hours; the import itself sees to it that something comes.
      bodyTimes.spare(request.raw);
      try {
        const { kind, dry_run: dryRun = false } = request.query;
        const { requestId, recordedBy } = originOf(request);
        const received = await imports.receive({ ...file, kind, dryRun, requestId, recordedBy, key }, bytes);
        return sendReceived(request, reply, received);
      } finally {
        bodyTimes.watch(request.raw);
      }
    },
  );
}

export function importRoutes(app: V1App, parts: ServedParts): void {
  const { imports } = parts;
  app.register(async (scope) => {
    takeFiles(scope as unknown as FastifyInstance);
    fileRoute(scope as unknown as V1App, parts);
  });

  app.get(
    '/imports',
    {
      config: ADMIN,
      schema: {
        operationId: 'listImports',
        summary: 'Imports, the latest first',
        tags: ['Imports'],
        querystring: ImportsQuery,
        response: { 200: Page(Import), ...problemResponses(PROBLEMS.invalidRequest) },
      },
    },
    async (request, reply) => {
      const { kind, state, after = null, limit = PAGE_DEFAULT } = request.query;
      const filter = { ...(kind === undefined ? {} : { kind }), ...(state === undefined ? {} : { state }) };
      const page = await imports.list(filter, after, limit);
      if (page === undefined) {
        const detail = 'is no cursor of this list';
        const errors = [{ pointer: 'after', detail }];
        return sendProblem(request, reply, PROBLEMS.invalidRequest, `after ${detail}.`, errors);
      }
      return reply.send({ data: page.imports.map(importShape), next: page.next });
    },
  );

  app.get(
    '/imports/:id',
    {
      config: ADMIN,
      schema: {
        operationId: 'getImport',
        summary: 'An import, as far as it is now',
        tags: ['Imports'],
        params: ImportPath,
        response: { 200: Import, ...problemResponses(PROBLEMS.importNotFound) },
      },
    },
    async (request, reply) => {
      const stored = await imports.byId(request.params.id);
      if (stored === undefined) return sendUnknownImport(request, reply);
      return reply.send(importShape(stored));
    },
  );

  app.post(
    '/imports/:id/cancellation',
    {
      config: { ...ADMIN, bodyOptional: true },
      schema: {
        operationId: 'cancelImport',
        summary: 'End an import where it stands',
        description: 'No further row is booked; what is booked stays booked.',
        tags: ['Imports'],
        params: ImportPath,
        response: {
          200: Import,
          ...problemResponses(...BODY_PROBLEMS, PROBLEMS.importNotFound, PROBLEMS.importEnded),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = await imports.cancel(id);
      if (outcome.kind === 'unknown') return sendUnknownImport(request, reply);
      if (outcome.kind === 'ended') {
        const detail = `It has ended before: it is ${outcome.stored.state}.`;
        return sendProblem(request, reply, PROBLEMS.importEnded, detail);
      }
      return reply.send(importShape(outcome.stored));
    },
  );

  importEventRoutes(app, parts);
  importRejectRoutes(app, parts);
}
