// Checks answers against the OpenAPI document that the same server serves: the address and method, the status, the
// media type and the schema of each answer must stand in it. It must never look at src/ or at the committed document:
// what counts is what a client of the running server can read.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export type MediaObject = { readonly schema?: unknown; readonly example?: unknown };
export type ResponseObject = {
  readonly description?: string;
  readonly content?: Readonly<Record<string, MediaObject>>;
};
export type ParameterObject = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
  readonly schema?: unknown;
};
export type OperationObject = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaObject>> };
  readonly responses: Readonly<Record<string, ResponseObject>>;
};
export type OpenApiDocument = {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components?: {
    readonly securitySchemes?: Readonly<Record<string, unknown>>;
    readonly schemas?: Readonly<Record<string, unknown>>;
  };
};

/** As much of an answer as is checked. */
export type CheckedAnswer = {
  readonly status: number;
  /** The Content-Type header, empty where there is none. */
  readonly mediaType: string;
  readonly text: string;
  /** undefined if the text is not JSON. */
  readonly json: unknown;
};

export type AnswerCheck = {
  readonly document: OpenApiDocument;
  /**
   * Throws where the document has the address and the answer differs from it. An address or method that is not in the
   * document must not be served.
   */
  check(method: string, path: string, answer: CheckedAnswer): void;
};

const documentName = 'openapi';

export async function answerCheck(url: string): Promise<AnswerCheck> {
  const response = await fetch(new URL('/openapi.json', url));
  if (response.status !== 200) throw new Error(`GET /openapi.json answered ${response.status}`);
  return answerCheckOf((await response.json()) as OpenApiDocument);
}

export function answerCheckOf(document: OpenApiDocument): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  // The forms of requests; no answer is validated by them.
  for (const name of ['binary', 'calendar-date', 'decimal', 'reference', 'bucket-bounds', 'reason'])
    ajv.addFormat(name, true);
  ajv.addSchema(document, documentName);
  const validators = new Map<string, ValidateFunction>();

  const validatorOf = (steps: readonly string[]): ValidateFunction => {
    const $ref = `${documentName}#/${steps.map(pointerStep).join('/')}`;
    const known = validators.get($ref);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref });
    validators.set($ref, made);
    return made;
  };

  const check: AnswerCheck['check'] = (method, path, answer) => {
    const about = `${method} ${path.slice(0, 200)} answered ${answer.status} ${answer.text.slice(0, 500)}`;
    const template = templateOf(document, path, method);
    if (template === undefined) {
      if (answer.status < 400) throw new Error(`${about}\nwhich the OpenAPI document does not have`);
      return;
    }
    const responses = document.paths[template]?.[method.toLowerCase()]?.responses ?? {};
    const documented = responses[answer.status];
    if (documented === undefined) {
      throw new Error(`${about}\nbut the document has only ${Object.keys(responses).join(', ')} there`);
    }
    const mediaType = answer.mediaType.split(';')[0]?.trim() ?? '';
    const content = documented.content ?? {};
    if (documented.content === undefined && answer.text === '') return;
    if (content[mediaType] === undefined) {
      const known = Object.keys(content).join(', ');
      throw new Error(`${about}\nas ${mediaType}, but the document has only ${known} there`);
    }
    const values = valuesOf(mediaType, answer);
    if (values.includes(undefined)) throw new Error(`${about}\nwhich is not JSON`);
    const steps = ['paths', template, method.toLowerCase(), 'responses', `${answer.status}`, 'content'];
    const validate = validatorOf([...steps, mediaType, 'schema']);
    if (values.every((value) => validate(value))) return;
    throw new Error(`${about}\nwhich is not as the document says: ${ajv.errorsText(validate.errors)}`);
  };
  return { document, check };
}

/** What the schema of an answer tells of: the answer itself, each of its lines, or, in a file, nothing. */
function valuesOf(mediaType: string, { text, json }: CheckedAnswer): unknown[] {
  if (mediaType === 'application/x-ndjson') return text.split('\n').slice(0, -1).map(parsedLine);
  return /[/+]json$/.test(mediaType) ? [json] : [];
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function canBeDecoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path template of the document that an address falls under; fixed parts before parameters. A path whose
 * percent-encoding is broken falls under none.
 */
function templateOf(document: OpenApiDocument, path: string, method: string): string | undefined {
  if (!canBeDecoded(path.split('?')[0] ?? '')) return undefined;
  const parts = (path.split('?')[0] ?? '').split('/');
  const fits = Object.keys(document.paths).filter((template) => {
    const steps = template.split('/');
    const same = (step: string, index: number) =>
      /^\{.*\}$/.test(step) ? parts[index] !== '' : step === parts[index];
    return steps.length === parts.length && steps.every(same);
  });
  return fits
    .filter((template) => document.paths[template]?.[method.toLowerCase()] !== undefined)
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

/** One step of a JSON pointer in the fragment of a URI. */
function pointerStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}
