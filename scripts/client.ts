// The client's part that is made from openapi.json: `--write` makes it, `--check` fails where the file in the repository
// says something else. It never looks at the server: what the document does not say, the client does not know.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

const root = join(import.meta.dirname, '..');
const document = join(root, 'openapi.json');
const file = join(root, 'client/src/generated/openapi.ts');

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
type JsonObject = { readonly [member: string]: Json };
type Operation = JsonObject & { readonly parameters?: readonly JsonObject[] };
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
};

const HEADER = `// Made from openapi.json by \`npm run client\`; changes here get lost.
`;

/** The frozen surface has clients of its own. */
const SERVED = /^(\/v1\/|\/healthz$|\/readyz$)/;

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Money and rates are texts on this side: a number is taken by the server, but can't say every amount. */
function exact(value: Json): Json {
  if (Array.isArray(value)) return value.map(exact);
  if (!isObject(value)) return value;
  const { anyOf, description, ...rest } = value;
  const isDecimal =
    Array.isArray(anyOf) && anyOf.some((one: Json) => isObject(one) && one['format'] === 'decimal');
  if (!isDecimal) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, exact(one)]));
  return {
    ...rest,
    type: 'string',
    description: String(description).replace('; a number is taken where it is exact', ''),
  };
}

const isIdempotencyKey = (parameter: JsonObject) =>
  parameter['in'] === 'header' && parameter['name'] === 'idempotency-key';

/** The key is the client's own affair: it sends one with whatever takes one. */
function withoutKey({ parameters = [], ...operation }: Operation): Operation {
  return { ...operation, parameters: parameters.filter((parameter) => !isIdempotencyKey(parameter)) };
}

/** A list of texts that the client needs while it runs. */
function listOf(name: string, comment: string, texts: readonly string[]): string {
  const lines = texts.map((text) => `    ${JSON.stringify(text)},\n`).join('');
  return `\n/** ${comment} */\nexport const ${name} = [\n${lines}] as const;\n`;
}

async function generated({ paths, components, ...rest }: Document): Promise<string> {
  const served = Object.entries(paths).filter(([path]) => SERVED.test(path));
  const keyed = served.flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { parameters }]) => parameters?.some(isIdempotencyKey))
      .map(([method]) => `${method} ${path}`),
  );
  const problems = Object.values(components.schemas).flatMap(({ properties }) => {
    const type = (properties as Readonly<Record<string, { readonly enum?: readonly string[] }>>)['type'];
    return (type?.enum ?? []).filter((name) => name.startsWith('/problems/'));
  });
  const known = served.map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [method, exact(withoutKey(operation))]),
    ),
  ]);
  const reduced = { ...rest, components, paths: Object.fromEntries(known) } as unknown as OpenAPI3;
  const ast = await openapiTS(reduced, { immutable: true, rootTypes: true, rootTypesNoSchemaPrefix: true });
  return (
    HEADER +
    astToString(ast) +
    listOf('KEYED_OPERATIONS', 'Operations that take an Idempotency-Key: method and path.', keyed) +
    listOf('PROBLEM_TYPES', 'The types of problems that James knows.', problems)
  );
}

const text = await generated(JSON.parse(readFileSync(document, 'utf8')) as Document);

if (process.argv.includes('--write')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('client/src/generated/openapi.ts is not what openapi.json says; run: npm run client');
  process.exitCode = 1;
}
