// Validation of /v1: strict for bodies (a text is no number, an unknown member is an error), converting for
// parameters, which are texts by nature.

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { KEY_NAME } from '../../access/keys.ts';
import { parseDate, parseMonth } from '../../domain/calendar-date.ts';
import { isReference } from '../../domain/loan.ts';
import type { FieldError } from '../problem.ts';

/** What a text of each format is. */
const FORMS: Record<string, string> = {
  'calendar-date': 'is not a calendar date (YYYY-MM-DD)',
  'calendar-month': 'is not a calendar month (YYYY-MM)',
  decimal: 'is not a decimal number such as "1000.00"',
  reference: 'must have 1 to 100 characters, none of them a control character',
  reason: 'must not have control characters',
  'key-name': 'must begin with a letter or digit and go on with letters, digits or . _ @ -',
  instant: 'is not an instant with an offset, such as 2027-12-31T00:00:00Z',
  'bucket-bounds': 'must be at most 20 ascending numbers of days with commas between them',
};

/** Also of a JSON number that no double holds, which arrives as no number at all (exact-json.ts). */
const NEITHER_TEXT_NOR_EXACT = 'must be a decimal string, or a number that a double holds exactly';

const DECIMAL = /^-?\d+(\.\d+)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f]/;
const BUCKET_BOUNDS = /^[1-9]\d{0,5}(,[1-9]\d{0,5}){0,19}$/;

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function ajv(coerceTypes: boolean): Ajv {
  // A parameter such as 1e400 converts to Infinity, which ajv compares with no bounds unless numbers may be infinite.
  const strictNumbers = !coerceTypes;
  const made = new Ajv({ coerceTypes, strictNumbers, allErrors: true, strict: true, allowUnionTypes: true });
  made.addFormat('calendar-date', (text: string) => parseDate(text) !== undefined);
  made.addFormat('calendar-month', (text: string) => parseMonth(text) !== undefined);
  made.addFormat('decimal', DECIMAL);
  made.addFormat('reference', isReference);
  made.addFormat('reason', (text: string) => !UNPRINTABLE.test(text) && text.isWellFormed());
  made.addFormat('key-name', KEY_NAME);
  made.addFormat('instant', isInstant);
  made.addFormat('bucket-bounds', BUCKET_BOUNDS);
  return made;
}

const strict = ajv(false);
const converting = ajv(true);

/** The validator compiles itself when it is first used, as on-first-use.ts says. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let compiled: ValidateFunction | undefined;
  const validator = (data: unknown): boolean => {
    compiled ??= (httpPart === 'body' ? strict : converting).compile(schema);
    const isValid = compiled(data);
    // Where Fastify looks for them.
    validator.errors = compiled.errors ?? null;
    return isValid;
  };
  validator.errors = null as ErrorObject[] | null;
  return validator;
};

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

/** A member's name in an RFC 6901 pointer. */
function escaped(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1');
}

function pointerOf({ keyword, params, instancePath }: ErrorObject, inBody: boolean): string {
  const member =
    keyword === 'required'
      ? `/${params['missingProperty']}`
      : keyword === 'additionalProperties'
        ? `/${escaped(params['additionalProperty'])}`
        : '';
  const pointer = instancePath + member;
  return inBody ? pointer : pointer.slice(1);
}

/** Ajv's errors as problem errors: one for each place. Of a union's alternatives the form of the text says most. */
export function fieldErrors(errors: readonly ErrorObject[], part: string | undefined): FieldError[] {
  const byPointer = Map.groupBy(
    errors.filter(({ keyword }) => keyword !== 'anyOf'),
    (error) => pointerOf(error, part === 'body'),
  );
  return [...byPointer].map(([pointer, alternatives]) => {
    const form = alternatives.find(({ keyword }) => keyword === 'format');
    if (form !== undefined) return { pointer, detail: detailOf(form) };
    const types = alternatives
      .filter(({ keyword }) => keyword === 'type')
      .map(({ params }) => params['type']);
    if (types.join() === 'string,number') return { pointer, detail: NEITHER_TEXT_NOR_EXACT };
    if (types.length > 1) return { pointer, detail: `must be ${types.join(' or ')}` };
    return { pointer, detail: detailOf(alternatives[0] as ErrorObject) };
  });
}
