// The answer of an export: which form it takes, what its file is called, and its body as it comes.

import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { formatDate } from '../../domain/calendar-date.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportQuestion,
  MEDIA_TYPES,
} from '../../export/export-question.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { EndedExport, RunningExports } from '../running-exports.ts';

const RETRY_AFTER_SECONDS = 10;

const PARAMETERS: Partial<Record<ExportFormat, string>> = { csv: '; charset=utf-8; header=present' };

/** The form that a request asks for; sends the problem and returns undefined where it takes none of them. */
export function askedFormat(
  given: ExportFormat | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): ExportFormat | undefined {
  if (given !== undefined) return given;
  reply.header('vary', 'Accept');
  const offered = EXPORT_FORMATS.flatMap((format) => MEDIA_TYPES[format]);
  const accepted = new Negotiator(request.raw).mediaType([...offered]);
  const format = EXPORT_FORMATS.find((one) => MEDIA_TYPES[one].includes(accepted ?? ''));
  if (format === undefined) {
    const detail = `takes none of ${EXPORT_FORMATS.map((one) => MEDIA_TYPES[one][0]).join(', ')}`;
    sendProblem(request, reply, PROBLEMS.notAcceptable, `Accept ${detail}.`, [{ pointer: 'accept', detail }]);
  }
  return format;
}

/** james-loans-2010-12-31.csv; what was known on a day that has passed says so. */
export function fileNameOf({ table, format, asOf, knownAt }: ExportQuestion): string {
  const known = knownAt === undefined ? '' : `-known-${formatDate(knownAt)}`;
  return `james-${table}-${formatDate(asOf)}${known}.${format}`;
}

/** Who took how much out of the bank's book, and whether it got there. */
function log(request: FastifyRequest, { question, outcome, rows, bytes, seconds, error }: EndedExport): void {
  const { table, format, asOf, knownOn } = question;
  const told = {
    key: request.keyName,
    table,
    format,
    as_of: formatDate(asOf),
    known_at: formatDate(knownOn),
    outcome,
    rows,
    bytes,
    seconds: Number(seconds.toFixed(3)),
    ...(error === undefined ? {} : { err: error }),
  };
  if (outcome === 'failed') request.log.error(told, 'an export failed on the way');
  else request.log.info(told, 'export');
}

/** Sends an export; its snapshot is taken now. */
export async function sendExport(
  exports: RunningExports,
  question: ExportQuestion,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { format, asOf, knownOn } = question;
  const isHead = request.method === 'HEAD';
  const body = isHead
    ? Readable.from([])
    : await exports.start(question, reply.raw, (ended) => log(request, ended));
  if (body === undefined) {
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    return sendProblem(
      request,
      reply,
      PROBLEMS.exportsBusy,
      'As many exports are under way as may be at once.',
    );
  }
  return reply
    .header('content-type', `${MEDIA_TYPES[format][0]}${PARAMETERS[format] ?? ''}`)
    .header('content-disposition', `attachment; filename="${fileNameOf(question)}"`)
    .header('x-as-of', formatDate(asOf))
    .header('x-known-at', formatDate(knownOn))
    .send(body);
}
