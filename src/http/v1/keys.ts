// GET and POST /v1/keys, GET /v1/keys/:name, POST /v1/keys/:name/rotation, POST /v1/keys/:name/revocation
//
// A secret is never kept, so these take no Idempotency-Key: a second POST of one name is refused, and a rotation that got
// lost is simply made again.

import { type Static, Type } from 'typebox';
import type { ShownKey, StoredKey } from '../../access/keys.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { pageOf } from './pages.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import { Page, PageParameters } from './schemas.ts';
import type { V1App } from './v1-app.ts';

const ADMIN = { role: 'admin' } as const;
/** A year: longer, and a rotation would be none. */
const OVERLAP_SECONDS_MAX = 31_536_000;
const RATE_MAX = 1_000_000;

const RoleName = Type.Union([Type.Literal('viewer'), Type.Literal('officer'), Type.Literal('admin')], {
  description:
    'Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.',
  examples: ['officer'],
});

const Instant = (description: string) => Type.String({ description, examples: ['2026-11-22T10:15:00.000Z'] });
const NullableInstant = (description: string) =>
  Type.Union([Instant(description), Type.Null()], { description });
const Limit = (what: string) =>
  Type.Union([Type.Integer({ minimum: 1, maximum: RATE_MAX }), Type.Null()], {
    description: `${what} a second, at most; null: as many as the server's settings say.`,
    examples: [100],
  });

const KeyFields = {
  name: Type.String({
    description: "Under which the ledger's records name the key.",
    examples: ['branch-7'],
  }),
  role: RoleName,
  status: Type.Union([Type.Literal('active'), Type.Literal('expired'), Type.Literal('revoked')]),
  created_at: Instant('When it was made.'),
  created_by: Type.String({ description: 'The name of the key that made it.' }),
  expires_at: NullableInstant('From then on it opens nothing; null: never.'),
  revoked_at: NullableInstant('When it was revoked.'),
  revoked_by: Type.Union([Type.String(), Type.Null()], {
    description: 'The name of the key that revoked it.',
  }),
  last_used_at: NullableInstant('When it was last used, to the minute; null: never.'),
  reads_per_second: Limit('Requests that read'),
  writes_per_second: Limit('Requests that write'),
};
const Key = Type.Object(KeyFields, { description: 'A key, without its secret.' });

const SecretFields = {
  key: Type.String({ description: 'The key itself. It is shown this once and kept nowhere.' }),
  token: Type.String({ description: 'Its token for the James surface: the SHA-256 of the key.' }),
};

const KeyInput = Type.Object(
  {
    name: Type.String({ format: 'key-name', maxLength: 100, examples: ['branch-7'] }),
    role: RoleName,
    expires_at: Type.Optional(
      Type.Union([Type.String({ format: 'instant', maxLength: 40 }), Type.Null()], {
        description: 'An instant with an offset.',
        examples: ['2027-12-31T00:00:00Z'],
      }),
    ),
    reads_per_second: Type.Optional(Limit('Requests that read')),
    writes_per_second: Type.Optional(Limit('Requests that write')),
  },
  { additionalProperties: false },
);

const RotationInput = Type.Object(
  {
    overlap_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: OVERLAP_SECONDS_MAX,
        default: 0,
        examples: [3600],
        description: 'For so long the old secret still opens.',
      }),
    ),
  },
  { additionalProperties: false },
);

const KeyPath = Type.Object({ name: Type.String({ description: "The key's name." }) });

function instantText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function statusOf({ revokedAt, expiresAt }: StoredKey, now: number): Static<typeof KeyFields.status> {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

/** A key in the shape of /v1; `james keys --json` prints it too. */
export function keyShape(key: StoredKey, now = Date.now()) {
  return {
    name: key.name,
    role: key.role,
    status: statusOf(key, now),
    created_at: new Date(key.createdAt).toISOString(),
    created_by: key.createdBy,
    expires_at: instantText(key.expiresAt),
    revoked_at: instantText(key.revokedAt),
    revoked_by: key.revokedBy,
    last_used_at: instantText(key.lastUsedAt),
    reads_per_second: key.readsPerSecond,
    writes_per_second: key.writesPerSecond,
  };
}

/** A key in the one moment in which it can be seen. */
export function shownKeyShape(key: StoredKey, { key: secret, token }: ShownKey) {
  return { ...keyShape(key), key: secret, token };
}

export function keyRoutes(app: V1App, { keys }: SurfaceParts): void {
  app.get(
    '/keys',
    {
      config: ADMIN,
      schema: {
        operationId: 'listKeys',
        summary: 'All API keys that were ever made, by name',
        tags: ['Keys'],
        querystring: Type.Object(PageParameters, { additionalProperties: false }),
        response: { 200: Page(Key), ...problemResponses(PROBLEMS.invalidRequest) },
      },
    },
    async (request, reply) => {
      const named = (await keys.list()).map((key) => ({ id: key.name, key }));
      const page = pageOf(named, request.query, request, reply);
      if (page === undefined) return reply;
      return reply.send({ data: page.items.map(({ key }) => keyShape(key)), next: page.next });
    },
  );

  app.post(
    '/keys',
    {
      config: ADMIN,
      schema: {
        operationId: 'createKey',
        summary: 'Make an API key; the answer alone shows it',
        tags: ['Keys'],
        body: KeyInput,
        response: {
          201: Type.Object({ ...KeyFields, ...SecretFields }, { description: 'The key, with its secret.' }),
          ...problemResponses(...BODY_PROBLEMS, PROBLEMS.keyNameTaken),
        },
      },
    },
    async (request, reply) => {
      const { name, role, expires_at: expires = null } = request.body;
      const { reads_per_second: reads = null, writes_per_second: writes = null } = request.body;
      const expiresAt = expires === null ? null : Temporal.Instant.from(expires).epochMilliseconds;
      const limits = { readsPerSecond: reads, writesPerSecond: writes };
      const outcome = await keys.create({ name, role, expiresAt, ...limits }, request.keyName);
      switch (outcome.kind) {
        case 'made':
          reply.code(201).header('location', `/v1/keys/${name}`).header('cache-control', 'no-store');
          return reply.send(shownKeyShape(outcome.stored, outcome.shown));
        case 'name-taken':
          return sendProblem(request, reply, PROBLEMS.keyNameTaken, `There has been a key “${name}”.`);
        case 'name-reserved':
          return sendProblem(
            request,
            reply,
            PROBLEMS.keyNameTaken,
            `“${name}” is not for keys of this kind.`,
          );
        case 'expired-already': {
          const errors = [{ pointer: '/expires_at', detail: 'must lie ahead' }];
          return sendProblem(request, reply, PROBLEMS.invalidRequest, 'expires_at must lie ahead.', errors);
        }
      }
    },
  );

  app.get(
    '/keys/:name',
    {
      config: ADMIN,
      schema: {
        operationId: 'getKey',
        summary: 'One API key',
        tags: ['Keys'],
        params: KeyPath,
        response: { 200: Key, ...problemResponses(PROBLEMS.keyNotFound) },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const key = await keys.byName(name);
      if (key === undefined) return sendProblem(request, reply, PROBLEMS.keyNotFound, NO_SUCH_KEY);
      return reply.send(keyShape(key));
    },
  );

  app.post(
    '/keys/:name/rotation',
    {
      config: { ...ADMIN, bodyOptional: true },
      preValidation: async (request) => {
        if (request.body === undefined) request.body = {};
      },
      schema: {
        operationId: 'rotateKey',
        summary: 'Give a key another secret',
        description: 'The old one opens nothing any more, or only for `overlap_seconds`.',
        tags: ['Keys'],
        params: KeyPath,
        body: RotationInput,
        response: {
          201: Type.Object(
            { ...KeyFields, ...SecretFields, old_secret_ends_at: Instant('When the old secret ends.') },
            { description: 'The key, with its new secret.' },
          ),
          ...problemResponses(...BODY_PROBLEMS, PROBLEMS.keyNotFound, PROBLEMS.keyRevoked),
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const outcome = await keys.rotate(name, (request.body.overlap_seconds ?? 0) * 1000);
      if (outcome.kind === 'unknown-key') {
        return sendProblem(request, reply, PROBLEMS.keyNotFound, NO_SUCH_KEY);
      }
      if (outcome.kind === 'revoked-before') {
        return sendProblem(request, reply, PROBLEMS.keyRevoked, `The key “${name}” is revoked.`);
      }
      reply.code(201).header('cache-control', 'no-store');
      return reply.send({
        ...shownKeyShape(outcome.stored, outcome.shown),
        old_secret_ends_at: new Date(outcome.othersEndAt).toISOString(),
      });
    },
  );

  app.post(
    '/keys/:name/revocation',
    {
      config: { ...ADMIN, bodyOptional: true },
      schema: {
        operationId: 'revokeKey',
        summary: 'Shut a key out for good, with all its sessions',
        description: 'Within two seconds on every process of every server.',
        tags: ['Keys'],
        params: KeyPath,
        response: {
          200: Key,
          ...problemResponses(...BODY_PROBLEMS, PROBLEMS.keyNotFound, PROBLEMS.keyRevoked),
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const outcome = await keys.revoke(name, request.keyName);
      if (outcome.kind === 'unknown-key') {
        return sendProblem(request, reply, PROBLEMS.keyNotFound, NO_SUCH_KEY);
      }
      if (outcome.kind === 'revoked-before') {
        return sendProblem(request, reply, PROBLEMS.keyRevoked, `The key “${name}” was revoked before.`);
      }
      return reply.send(keyShape(outcome.stored));
    },
  );
}

const NO_SUCH_KEY = 'No key that was made has this name.';
