// Validation of /v1: strict for bodies (a text is no number, an unknown member is an error), converting for
// parameters, which are texts by nature.

import { Ajv, type ErrorObject } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { parseDate } from '../../domain/calendar-date.ts';
import type { FieldError } from '../problem.ts';

/** What a text of each format is. */
const FORMS: Record<string, string> = {
  'calendar-date': 'is not a calendar date (YYYY-MM-DD)',
  decimal: 'is not a decimal number such as "1000.00"',
  reference: 'must have 1 to 100 characters, none of them a control character',
  'bucket-bounds': 'must be at most 20 ascending numbers of days with commas between them',
};

const DECIMAL = /^-?\d+(\.\d+)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const REFERENCE = /^[^\u0000-\u001f\u007f]{1,100}$/;
const BUCKET_BOUNDS = /^[1-9]\d{0,5}(,[1-9]\d{0,5}){0,19}$/;

function ajv(coerceTypes: boolean): Ajv {
  const made = new Ajv({ coerceTypes, allErrors: true, strict: true, allowUnionTypes: true });
  made.addFormat('calendar-date', (text: string) => parseDate(text) !== undefined);
  made.addFormat('decimal', DECIMAL);
  made.addFormat('reference', REFERENCE);
  made.addFormat('bucket-bounds', BUCKET_BOUNDS);
  return made;
}

const strict = ajv(false);
const converting = ajv(true);

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? strict : converting).compile(schema);

function detailOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not known here';
  if (keyword === 'format') return FORMS[params['format']] ?? 'is not of the form that it takes';
  if (keyword === 'enum' || keyword === 'const') return 'is not one of the values that this member takes';
  return `${message ?? 'is not valid'}${keyword === 'type' ? ` (${params['type']})` : ''}`.replace(
    / \(.*\)$/,
    '',
  );
}

function pointerOf({ keyword, params, instancePath }: ErrorObject, inBody: boolean): string {
  const member =
    keyword === 'required'
      ? `/${params['missingProperty']}`
      : keyword === 'additionalProperties'
        ? `/${params['additionalProperty']}`
        : '';
  const pointer = instancePath + member;
  return inBody ? pointer : pointer.slice(1);
}

/** Ajv's errors as problem errors: one for each place. Of a union's alternatives the form of the text says most. */
export function fieldErrors(errors: readonly ErrorObject[], part: string | undefined): FieldError[] {
  const byPointer = new Map<string, string>();
  for (const error of errors) {
    if (error.keyword === 'anyOf') continue;
    const pointer = pointerOf(error, part === 'body');
    if (!byPointer.has(pointer) || error.keyword === 'format') byPointer.set(pointer, detailOf(error));
  }
  return [...byPointer].map(([pointer, detail]) => ({ pointer, detail }));
}
