// /openapi.json: an OpenAPI 3.1 document that a generator of clients can take: references that resolve, operations
// with all that they need, schemas that compile, and examples that the server itself accepts.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { onEachEngine } from '../support/engines.ts';
import { heldImport, importedRows } from '../support/import-steps.ts';
import {
  type AnswerCheck,
  answerCheck,
  type MediaObject,
  type OpenApiDocument,
  type OperationObject,
} from '../support/openapi-answers.ts';
import { type Service, startService } from '../support/service.ts';
import { textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;
  let checked: AnswerCheck;
  let document: OpenApiDocument;

  before(async () => {
    service = await startService({ engine });
    checked = await answerCheck(service.url);
    document = checked.document;
    client = v1Client(service.url, undefined, checked);
  });
  after(async () => {
    await service?.stop();
  });

  const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

  type Operation = {
    readonly about: string;
    readonly path: string;
    readonly method: string;
  } & OperationObject;

  function operations(): Operation[] {
    return Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.includes(method))
        .map(([method, operation]) => ({ about: `${method} ${path}`, path, method, ...operation })),
    );
  }

  function surface(name: '/v1' | '/loans'): Operation[] {
    return operations().filter(({ path }) => path.startsWith(name));
  }

  /** Every value of the document with the pointer to it. */
  function* valuesOf(value: unknown, pointer = ''): Generator<[string, unknown]> {
    yield [pointer, value];
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) yield* valuesOf(inner, `${pointer}/${key}`);
  }

  describe('the document', () => {
    test('is served as JSON to everybody', async () => {
      const response = await fetch(new URL('/openapi.json', client.url));
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^application\/json(;|$)/);
    });

    test('says that it is OpenAPI 3.1, with a title and a version', () => {
      assert.match(document.openapi, /^3\.1\.\d+$/);
      for (const member of ['title', 'version']) assert.ok(document.info[member], member);
    });

    test('has references that all resolve', () => {
      for (const [pointer, value] of valuesOf(document)) {
        if (!pointer.endsWith('/$ref')) continue;
        assert.match(String(value), /^#\//, pointer);
        let target: unknown = document;
        for (const step of String(value).slice(2).split('/')) {
          const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
          target = (target as Record<string, unknown> | undefined)?.[key];
        }
        assert.notEqual(target, undefined, `${pointer}: ${value}`);
      }
    });

    test('has all addresses of both surfaces', () => {
      const known = operations().map(({ about }) => about);
      for (const about of [
        'post /loans',
        'post /loans/{id}/payments',
        'post /loans/{id}/balance',
        'post /v1/loans',
        'get /v1/loans/{id}',
        'post /v1/loans/{id}/payments',
        'get /v1/loans/{id}/balance',
        'post /v1/quotes',
        'get /v1/book/outstanding',
        'get /v1/book/arrears',
        'get /healthz',
      ]) {
        assert.ok(known.includes(about), `${about} is not in ${known.join(', ')}`);
      }
    });
  });

  describe('every operation', () => {
    test('has an operationId of its own, a summary, a security requirement and responses', () => {
      const ids = operations().map(({ about, operationId, summary, security, responses }) => {
        assert.match(operationId ?? '', /^[a-zA-Z]\w+$/, about);
        assert.ok(summary, about);
        assert.ok(Array.isArray(security), about);
        assert.ok(Object.keys(responses).length > 0, about);
        return operationId;
      });
      assert.equal(new Set(ids).size, ids.length);
    });

    test('names the problems that it answers, each in its schema as in its description', () => {
      type Schema = { readonly properties: Readonly<Record<string, { readonly enum: unknown[] }>> };
      const schemas = document.components?.schemas as Readonly<Record<string, Schema>>;
      for (const { about, responses } of surface('/v1')) {
        for (const [status, { description = '', content }] of Object.entries(responses)) {
          if (Number(status) < 400) continue;
          const { schema } = content?.['application/problem+json'] ?? assert.fail(`${about} ${status}`);
          const { anyOf = [schema] } = schema as { anyOf?: unknown[] };
          const types = anyOf.map((one) => {
            const named = String((one as { $ref: string }).$ref).split('/');
            const { properties } = schemas[named.at(-1) ?? ''] ?? assert.fail(named.join('/'));
            assert.deepEqual(properties['status']?.enum, [Number(status)], `${about} ${named}`);
            return properties['type']?.enum[0];
          });
          const described = [...description.matchAll(/`(\/problems\/[a-z-]+)`/g)].map(([, type]) => type);
          assert.ok(types.length > 0, `${about} ${status}`);
          assert.deepEqual(types, described, `${about} ${status}`);
        }
      }
    });

    test('has its parameters: those of the path, each of them required, and none that is not there', () => {
      for (const { about, path, parameters = [] } of operations()) {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const declared = parameters.filter((parameter) => parameter.in === 'path');
        assert.deepEqual(
          declared.map(({ name }) => name),
          inPath,
          about,
        );
        for (const parameter of declared) assert.equal(parameter.required, true, about);
        for (const parameter of parameters) assert.ok(parameter.schema, `${about} ${parameter.name}`);
      }
    });

    test('names security schemes that the document has', () => {
      for (const { about, security = [] } of operations()) {
        for (const name of security.flatMap((requirement) => Object.keys(requirement))) {
          assert.ok(document.components?.securitySchemes?.[name], `${about} ${name}`);
        }
      }
      for (const { about, security = [] } of surface('/v1')) {
        assert.ok(security.length > 0, about);
        // Alternatives: none of them may be empty, which would mean that nobody is asked who he is.
        for (const requirement of security) assert.equal(Object.keys(requirement).length, 1, about);
      }
    });

    test('has responses with a description and, for JSON, a schema', () => {
      for (const { about, responses } of operations()) {
        for (const [status, { description, content }] of Object.entries(responses)) {
          assert.match(status, /^([1-5]\d\d|default)$/, about);
          assert.ok(description, `${about} ${status}`);
          assert.notEqual(description, 'Default Response', `${about} ${status}`);
          for (const [type, { schema }] of Object.entries(content ?? {})) {
            assert.ok(schema, `${about} ${status} ${type}`);
          }
        }
      }
    });

    test('has schemas that compile', () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema(document, 'document');
      const compile = (about: string, media: MediaObject | undefined) => {
        const schema = { ...(media?.schema as object), components: document.components };
        assert.doesNotThrow(() => ajv.compile(schema), about);
      };
      for (const { about, requestBody, parameters = [], responses } of operations()) {
        for (const media of Object.values(requestBody?.content ?? {})) compile(about, media);
        for (const parameter of parameters) compile(`${about} ${parameter.name}`, parameter);
        for (const [status, { content = {} }] of Object.entries(responses)) {
          for (const media of Object.values(content)) compile(`${about} ${status}`, media);
        }
      }
    });
  });

  describe('every operation of /v1', () => {
    /** What is no JSON, since it is for spreadsheets and browsers. */
    const otherTypes: Readonly<Record<string, string>> = {
      'get /v1/imports/{id}/events': 'text/event-stream',
      'get /v1/imports/{id}/rejects': 'text/csv',
    };

    /** The types of an answer that is no error. */
    function typesOf(about: string, path: string, status: string): string[] {
      if (status === '204') return [];
      return path.startsWith('/v1/exports/')
        ? ['text/csv', 'application/x-ndjson', 'application/vnd.apache.parquet']
        : [otherTypes[about] ?? 'application/json'];
    }

    test('answers its errors as problems and all else as JSON, or as a file', () => {
      for (const { about, path, responses } of surface('/v1')) {
        for (const [status, { content = {} }] of Object.entries(responses)) {
          const types = Number(status) < 400 ? typesOf(about, path, status) : ['application/problem+json'];
          assert.deepEqual(Object.keys(content), types, `${about} ${status}`);
        }
      }
    });

    test('says what it answers without a key and while the database cannot serve', () => {
      for (const { about, responses } of surface('/v1')) {
        for (const status of ['401', '503']) assert.ok(responses[status], `${about} ${status}`);
      }
    });

    test('says what it answers to a body of the wrong form, size or media type, also where it takes none', () => {
      for (const { about, method, responses } of surface('/v1')) {
        // With GET a body is passed over.
        if (method === 'get') continue;
        for (const status of ['400', '413', '415']) assert.ok(responses[status], `${about} ${status}`);
      }
    });

    test('that has an id in its path says what it answers where there is no such thing', () => {
      for (const { about, path, responses } of surface('/v1')) {
        if (path.includes('{')) assert.ok(responses['404'], about);
      }
    });
  });

  describe('the examples of the document', () => {
    type Schema = {
      readonly properties?: Readonly<Record<string, Schema>>;
      readonly anyOf?: readonly Schema[];
      readonly enum?: readonly unknown[];
      readonly const?: unknown;
      readonly examples?: readonly unknown[];
    };

    /** A value that the schema itself suggests. */
    function exampleOf(schema: Schema): unknown {
      if (schema.examples !== undefined) return schema.examples[0];
      if (schema.const !== undefined) return schema.const;
      if (schema.enum !== undefined) return schema.enum[0];
      if (schema.anyOf?.[0] !== undefined) return exampleOf(schema.anyOf[0]);
      const members = Object.entries(schema.properties ?? {});
      return Object.fromEntries(members.map(([name, inner]) => [name, exampleOf(inner)]));
    }

    /** Undefined where an operation takes no body. */
    function bodyOf({ about, requestBody }: Operation): unknown {
      if (requestBody === undefined) return undefined;
      const file = requestBody.content['text/csv'];
      if (file !== undefined) return file.example;
      const schema = requestBody?.content['application/json']?.schema;
      assert.ok(schema, about);
      return exampleOf(schema as Schema);
    }

    /** The record that an operation's path names. */
    async function recordOf({ path, operationId }: Operation): Promise<string> {
      // What is to be cancelled must not have ended.
      if (operationId === 'cancelImport') return (await heldImport(client)).id;
      if (path.startsWith('/v1/imports/')) return (await importedRows(client, 'loans', '')).id;
      const { id } = await client.loan();
      if (!path.startsWith('/v1/payments/')) return id;
      return textOf(await client.pay(id, '2017-09-05'), 'id');
    }

    test('are accepted by /v1', async () => {
      // A cursor, a record to be replaced and a day on which the loan was known are of the very data.
      const ofTheData = ['after', 'replaces', 'known_at'];
      let keys = 0;
      for (const operation of surface('/v1')) {
        const { about, method, path, parameters = [], security = [] } = operation;
        // What only a session may ask is asked where sessions are tested.
        if (security.every((requirement) => 'session' in requirement)) continue;
        // A demo needs an empty book, and is asked where it is tested.
        if (method === 'post' && path === '/v1/demo') continue;
        const name = `key-${++keys}`;
        if (path.includes('{name}')) await client.post('/v1/keys', { name, role: 'viewer' });
        const id = await recordOf(operation);
        const query = parameters
          .filter((parameter) => parameter.in === 'query' && !ofTheData.includes(parameter.name))
          .map(({ name, example, schema }) => `${name}=${example ?? exampleOf(schema as Schema)}`);
        const address = `${path.replace('{id}', id).replace('{name}', name)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
        const members = bodyOf(operation);
        const body =
          members &&
          Object.fromEntries(Object.entries(members).filter(([member]) => !ofTheData.includes(member)));
        const answer =
          typeof members === 'string'
            ? await client.request('POST', address, undefined, { raw: members, contentType: 'text/csv' })
            : await client.request(method.toUpperCase(), address, body);
        assert.ok([200, 201, 202, 204].includes(answer.status), `${about} ${answer.text}`);
      }
    });

    test('are accepted by the James surface', async () => {
      const token = 'c3d09a8c8b5d4ee86daa9d7926cccff543b55cb71bd0dfdc8ef5b2eff096f449';
      let id = '';
      for (const operation of surface('/loans')) {
        const response = await fetch(`${client.url}${operation.path.replace('{id}', id)}`, {
          method: 'POST',
          headers: { authorization: token },
          body: JSON.stringify(bodyOf(operation)),
        });
        const text = await response.text();
        const json: unknown = JSON.parse(text);
        const mediaType = response.headers.get('content-type') ?? '';
        const path = operation.path.replace('{id}', id);
        checked.check('POST', path, { status: response.status, mediaType, text, json });
        assert.equal(response.status, 200, `${operation.about} ${text}`);
        id = (json as { loan_id?: string }).loan_id ?? id;
      }
    });

    test('answer /healthz as the document says', async () => {
      const answer = await client.get('/healthz', { key: null });
      assert.equal(answer.status, 200);
    });
  });
});
