// The body of POST /v1/imports: a file, under the names that files of rows go by, zipped or not. Here it is not looked at,
// only named; whoever reads it takes it from the socket as fast as it can use it.

import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ImportFormat } from '../../import/imports.ts';
import { ImportFormat as FormatSchema, ImportKind } from './import-schemas.ts';
import { validatorCompiler } from './v1-validation.ts';

/** What each media type is; null: what the query says. */
const FORMATS: Readonly<Record<string, ImportFormat | null>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/gzip': null,
  'application/octet-stream': null,
};

export const ImportQuery = Type.Object(
  {
    kind: ImportKind,
    format: Type.Optional(FormatSchema),
    dry_run: Type.Optional(
      Type.Boolean({
        description: 'Check everything, say what would become of each row, and book nothing.',
        default: false,
        examples: [false],
      }),
    ),
  },
  { additionalProperties: false },
);

const CSV_EXAMPLE = 'reference,amount,term,rate,date\nA-1,1000.00,12,0.05,2017-08-05\n';
const NDJSON_EXAMPLE = '{"reference":"A-1","amount":"1000.00","term":12,"rate":"0.05","date":"2017-08-05"}\n';

/** What a file must say. */
export const FILE_DESCRIPTION =
  'Loans need the columns (members) reference, amount, term, rate and date, and may have installment; payments need reference, payment (`made` or `missed`), date and amount. Others are taken no notice of. gzip is known by its first bytes, with or without `Content-Encoding: gzip`.';

/** The body, as the OpenAPI document has it. */
export const ImportBody = {
  content: {
    'text/csv': { schema: { type: 'string', examples: [CSV_EXAMPLE] } },
    'application/x-ndjson': { schema: { type: 'string', examples: [NDJSON_EXAMPLE] } },
    'application/gzip': { schema: { type: 'string', format: 'binary' } },
  },
};

export interface SentFile {
  readonly format: ImportFormat;
  /** Whether the sender says that it is gzip. */
  readonly isGzip: boolean;
}

/** What a request says of its file; undefined where nobody can tell what it is. */
export function fileOf({ headers, query }: FastifyRequest): SentFile | undefined {
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const format = (query as { format?: ImportFormat }).format ?? FORMATS[mediaType];
  if (!format || !['identity', 'gzip', 'x-gzip'].includes(encoding)) return undefined;
  return { format, isGzip: encoding !== 'identity' };
}

/** Lets the routes of a scope take files: their bodies are streams that nobody has begun to read. */
export function takeFiles(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(FORMATS), (_request, body, done) => done(null, body));
  app.addContentTypeParser('*', (_request, _body, done) => {
    done(Object.assign(new Error('no file of rows'), { statusCode: 415 }));
  });
  // Nothing can be said of a body that nobody has read.
  app.setValidatorCompiler((route) =>
    route.httpPart === 'body' ? () => true : validatorCompiler(route as never),
  );
}

/** The file's bytes; undefined where the request has no body. */
export function bytesOf(request: FastifyRequest): Readable | undefined {
  return request.body as Readable | undefined;
}
