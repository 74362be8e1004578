// The operations of an OpenAPI document, as far as requests are made from them. Whatever the document has is asked:
// no operation may be named here.

import type { OpenApiDocument, ParameterObject } from '../support/openapi-answers.ts';

/** As much of a JSON schema as values are made from. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly isRequired: boolean;
  readonly schema: Schema;
}

export interface Operation {
  /** For people, and for counting: "POST /v1/loans". */
  readonly name: string;
  readonly method: string;
  /** With its parameters in braces: /v1/loans/{id}. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** Of the body; undefined where it takes none. */
  readonly body: Schema | undefined;
  /** Of the body: the first that the document names. A file's has a text as its schema's example. */
  readonly mediaType: string;
  /** Names of security schemes, any of which opens it; empty: it is open to everybody. */
  readonly security: readonly string[];
}

const DEPTH_MAX = 20;

/** The value with every reference into the document replaced by what it stands for. */
function withoutReferences(document: unknown, value: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutReferences(document, item, depth + 1));
  const { $ref } = value as { $ref?: unknown };
  if (typeof $ref === 'string') {
    const steps = $ref.slice(2).split('/');
    const target = steps.reduce(
      (at: unknown, step) => (at as Record<string, unknown>)[decodeURIComponent(step)],
      document,
    );
    return withoutReferences(document, target, depth + 1);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutReferences(document, inner, depth + 1)]),
  );
}

function parameterOf({ name, in: place, required = false, example, schema }: ParameterObject): Parameter {
  const plain = schema as Schema;
  const suggested = example === undefined ? plain : { ...plain, examples: [example] };
  return { name, in: place, isRequired: required, schema: suggested };
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  const { paths } = withoutReferences(document, document) as OpenApiDocument;
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const { parameters = [], requestBody, security = [] } = operation;
      const [[mediaType, body] = ['', undefined]] = Object.entries(requestBody?.content ?? {});
      const schema = body?.schema as Schema | undefined;
      return {
        name: `${method.toUpperCase()} ${template}`,
        method: method.toUpperCase(),
        template,
        parameters: parameters.map(parameterOf),
        body: schema && body?.example !== undefined ? { ...schema, examples: [body.example] } : schema,
        mediaType,
        security: security.flatMap((requirement) => Object.keys(requirement)),
      };
    }),
  );
}
