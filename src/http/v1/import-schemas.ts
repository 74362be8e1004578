// An import as /v1 shows it, and the schema of that.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { StoredImport } from '../../import/imports.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import { Id } from './schemas.ts';

export const ImportKind = Type.Union([Type.Literal('loans'), Type.Literal('payments')], {
  description: 'What the rows are.',
  examples: ['loans'],
});

export const ImportFormat = Type.Union([Type.Literal('csv'), Type.Literal('ndjson')], {
  description:
    'CSV whose first line names the columns, or one JSON object a line. With a file that is sent it goes before its media type, and is needed where that does not tell, as with `application/gzip`.',
  examples: ['csv'],
});

export const ImportState = Type.Union(
  [
    Type.Literal('receiving'),
    Type.Literal('waiting'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ],
  {
    description:
      '`receiving`: its file is coming in. `waiting`: for its turn; one import is carried out at a time. `running`: its rows are being decided. `done`, `failed`, `cancelled`: it has ended.',
    examples: ['running'],
  },
);

const Instant = (description: string) => Type.String({ description, examples: ['2026-11-22T10:15:00.000Z'] });
const NullableInstant = (description: string) =>
  Type.Union([Instant(description), Type.Null()], { description });
const Count = (description: string, example: number) => Type.Integer({ description, examples: [example] });

export const Import = Type.Object(
  {
    id: Id("The import's id."),
    kind: ImportKind,
    format: ImportFormat,
    dry_run: Type.Boolean({ description: 'Whether it checks everything and books nothing.' }),
    state: ImportState,
    reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it failed; null unless it did.' }),
    bytes: Count('Bytes of the file that came in, unzipped.', 52_428_800),
    rows: Count('Rows of the file; while it is `receiving`, those that came in so far.', 1_000_000),
    rows_read: Count('Rows about which something is decided: the sum of the next three.', 250_000),
    accepted: Count('Rows that are booked (in a dry run: that would be).', 249_000),
    skipped: Count('Rows that are recorded already, by an earlier import or an earlier row.', 900),
    rejected: Count('Rows that are not booked, each for a reason.', 100),
    rejects_kept: Count(
      'Rejected rows that can be fetched from `/v1/imports/{id}/rejects`: no more than the server keeps of one import, and none when they have been dropped after their time.',
      100,
    ),
    rows_per_second: Type.Union([Type.Integer(), Type.Null()], {
      description: 'How fast it lately went; null before it runs.',
      examples: [40_000],
    }),
    seconds_left: Type.Union([Type.Integer(), Type.Null()], {
      description: 'How long the rest will take at this rate; null unless it is `running`.',
      examples: [19],
    }),
    created_by: Type.String({
      description: 'The name of the key that sent it; its records name it too.',
      examples: ['lena'],
    }),
    created_at: Instant('When its file began to come in.'),
    received_at: NullableInstant('When its file was whole and safe on disk; null before.'),
    started_at: NullableInstant('When the first of its rows was decided; null before.'),
    ended_at: NullableInstant('When it ended; null before.'),
  },
  { description: 'An import.' },
);

export type ImportShape = Static<typeof Import>;

function instantText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function secondsLeft({ state, rows, rowsRead, rowsPerSecond }: StoredImport): number | null {
  if (state !== 'running' || !rowsPerSecond) return null;
  return Math.ceil((rows - rowsRead) / rowsPerSecond);
}

/** An import in the shape of /v1. */
export function importShape(stored: StoredImport): ImportShape {
  return {
    id: stored.id,
    kind: stored.kind,
    format: stored.format,
    dry_run: stored.dryRun,
    state: stored.state,
    reason: stored.reason,
    bytes: stored.bytes,
    rows: stored.rows,
    rows_read: stored.rowsRead,
    accepted: stored.accepted,
    skipped: stored.alreadyThere,
    rejected: stored.rejected,
    rejects_kept: stored.rejectsKept,
    rows_per_second: stored.rowsPerSecond,
    seconds_left: secondsLeft(stored),
    created_by: stored.recordedBy,
    created_at: new Date(stored.createdAt).toISOString(),
    received_at: instantText(stored.receivedAt),
    started_at: instantText(stored.startedAt),
    ended_at: instantText(stored.endedAt),
  };
}

export const ImportPath = Type.Object({ id: Id("The import's id.") });

/** Answers a request for an import that is none. */
export function sendUnknownImport(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, PROBLEMS.importNotFound, 'There is no import with this id.');
}
