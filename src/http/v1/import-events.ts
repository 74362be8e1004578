// GET /v1/imports/:id/events: how an import goes on, as server-sent events, until it has ended.
//
// A stream ends with its import, with the key or session that opened it, and with the server. What is sent is the whole
// import each time, so that whoever missed something has missed nothing.

import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { StoredImport } from '../../import/imports.ts';
import { StoreUnavailable } from '../../ledger/ledger.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { ImportPath, importShape, sendUnknownImport } from './import-schemas.ts';
import { problemResponses } from './problem-responses.ts';
import type { V1App } from './v1-app.ts';
import { isStillAdmitted } from './v1-authorization.ts';

const EVERY_MS = 1_000;
/** A comment is sent after so many looks that brought nothing new, lest somebody on the way takes the stream for dead. */
const QUIET_LOOKS_MAX = 10;
const RETRY_AFTER_SECONDS = 5;
/** How soon a client comes back whose stream broke. */
const RECONNECT_MS = 2_000;
/** Names the last event of a stream: a client that comes back after it is told to stay away. */
const ENDED_ID = 'ended';

const EXAMPLE = [
  'event: progress',
  'data: {"id":"019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a","kind":"loans","format":"csv","dry_run":false,"state":"running","reason":null,"bytes":52428800,"rows":1000000,"rows_read":250000,"accepted":249000,"skipped":900,"rejected":100,"rejects_kept":100,"rows_per_second":40000,"seconds_left":19,"created_by":"lena","created_at":"2026-11-22T10:15:00.000Z","received_at":"2026-11-22T10:15:06.000Z","started_at":"2026-11-22T10:15:06.100Z","ended_at":null}',
  '',
  '',
].join('\n');

const EventHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      description: 'As browsers send it when they come back; after the last event they are answered 204.',
    }),
  ),
});

function eventText(stored: StoredImport): string {
  const data = `data: ${JSON.stringify(importShape(stored))}\n\n`;
  return stored.endedAt === null ? `event: progress\n${data}` : `event: end\nid: ${ENDED_ID}\n${data}`;
}

interface Following {
  readonly first: StoredImport;
  readonly look: () => Promise<StoredImport | undefined>;
  readonly isAdmitted: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

async function* eventsOf({ first, look, isAdmitted, signal }: Following): AsyncGenerator<string> {
  let told = eventText(first);
  yield `retry: ${RECONNECT_MS}\n\n${told}`;
  let latest: StoredImport | undefined = first;
  for (let quiet = 0; latest?.endedAt === null; ) {
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted || !(await isAdmitted())) return;
    try {
      latest = await look();
    } catch (error) {
      // The database comes back, and the stream goes on.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
    const text = latest === undefined ? told : eventText(latest);
    if (text !== told) {
      told = text;
      quiet = 0;
      yield text;
    } else if (++quiet % QUIET_LOOKS_MAX === 0) yield ':\n\n';
  }
}

export function importEventRoutes(app: V1App, parts: SurfaceParts): void {
  const { imports } = parts;
  const stopping = new AbortController();
  let streams = 0;
  app.addHook('preClose', async () => stopping.abort());

  app.get(
    '/imports/:id/events',
    {
      config: { role: 'admin', takesAsLong: true },
      // Its answer has no end that could be waited for.
      exposeHeadRoute: false,
      schema: {
        operationId: 'watchImport',
        summary: 'How an import goes on, as server-sent events',
        description:
          'Each event holds the import as GET /v1/imports/{id} answers it: `progress` at once and then whenever something has changed, at most once a second, and `end` when the import has ended, after which the stream is closed. A browser’s EventSource should be closed at `end`.',
        tags: ['Imports'],
        params: ImportPath,
        headers: EventHeaders,
        response: {
          200: {
            description: 'The events.',
            content: { 'text/event-stream': { schema: { type: 'string', examples: [EXAMPLE] } } },
          },
          204: { type: 'null', description: 'The client has had the last event.' },
          ...problemResponses(PROBLEMS.importNotFound, PROBLEMS.tooManyStreams),
        },
      },
    },
    async (request, answer) => {
      const reply = answer as unknown as FastifyReply;
      const { id } = request.params;
      const first = await imports.byId(id);
      if (first === undefined) return sendUnknownImport(request, reply);
      if (request.headers['last-event-id'] === ENDED_ID && first.endedAt !== null) {
        return reply.code(204).send();
      }
      if (streams >= imports.limits.streamsMax) {
        reply.header('retry-after', RETRY_AFTER_SECONDS);
        return sendProblem(request, reply, PROBLEMS.tooManyStreams, `${streams} streams are open.`);
      }
      streams++;
      const gone = new AbortController();
      reply.raw.once('close', () => {
        streams--;
        gone.abort();
      });
      const events = eventsOf({
        first,
        look: () => imports.lately(id),
        isAdmitted: () => isStillAdmitted(parts, request),
        signal: AbortSignal.any([stopping.signal, gone.signal]),
      });
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(events, { objectMode: false }));
    },
  );
}
