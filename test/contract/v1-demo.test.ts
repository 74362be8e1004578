// GET and POST /v1/demo: a made-up bank for an empty book, run in the background, refused wherever it could harm.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onEachEngine, POSTGRES, type TestEngine } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { runJames, type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

interface Run {
  readonly state: string;
  readonly day: string | null;
  readonly until: string;
  readonly part: number;
  readonly records: number;
  readonly records_in_all: number | null;
  readonly overtaken_on: string | null;
  readonly fault: string | null;
}

async function runOf(client: V1Client): Promise<Run | null> {
  const answer = await client.get('/v1/demo');
  assert.equal(answer.status, 200, answer.text);
  return objectOf(answer)['run'] as Run | null;
}

/** The run when it is over. */
async function ended(client: V1Client): Promise<Run> {
  let last: Run | null = null;
  await until(async () => {
    last = await runOf(client);
    return last !== null && last.state !== 'running';
  }, 'the demo is over');
  return last as unknown as Run;
}

async function withService(
  engine: TestEngine,
  env: Record<string, string>,
  work: (client: V1Client, service: Service) => Promise<void>,
): Promise<void> {
  const service = await startService({ engine, env });
  try {
    await work(v1Client(service.url), service);
  } finally {
    await service.stop();
  }
}

onEachEngine((engine) => {
  describe('a demo over HTTP', () => {
    test('fills an empty book while the server answers, once, and leaves a sound book', async () => {
      await withService(engine, {}, async (client, service) => {
        const before = await client.get('/v1/demo');
        assertMembers(before, 200, { can_start: true, reason: null, run: null });

        const started = await client.post('/v1/demo', { loans: 200, years: 1, seed: 7 });
        assert.equal(started.status, 202, started.text);
        assert.equal(started.headers.get('location'), '/v1/demo');
        assertMembers(started, 202, { can_start: false, reason: 'running' });
        assertProblem(await client.post('/v1/demo', {}), 409, 'demo-refused');
        assert.equal((await client.outstanding()).status, 200);

        const run = await ended(client);
        assert.equal(run.state, 'done', `${run.fault}`);
        assert.equal(run.part, 1);
        assert.equal(run.records, run.records_in_all);
        assert.equal(run.overtaken_on, null);
        assert.ok(run.records > 200 * 3, `${run.records} records`);

        const { volume } = objectOf(await client.outstanding()) as { volume: number };
        assert.ok(volume > 150 && volume <= 200, `${volume} loans are outstanding`);
        assertMembers(await client.get('/v1/demo'), 200, { can_start: false, reason: 'book-not-empty' });
        assertProblem(await client.post('/v1/demo'), 409, 'demo-refused');
        const { output, code } = await runJames(['verify'], { env: { DATABASE_URL: service.databaseUrl } });
        assert.equal(code, 0, output);
      });
    });

    test('knows on each date what was known then', async () => {
      await withService(engine, {}, async (client) => {
        await client.post('/v1/demo', { loans: 300, years: 2 });
        const { until } = await ended(client);
        const date = `${Number(until.slice(0, 4)) - 1}-12-20`;
        const value = async (query: string) =>
          (objectOf(await client.get(`/v1/book/outstanding?as_of=${date}${query}`)) as { value: string })
            .value;
        assert.notEqual(await value(`&known_at=${date}`), await value(''), 'payments were recorded late');
        assert.equal(await value(`&known_at=${until}`), await value(''));
        assert.equal(await value('&known_at=2000-01-01'), '0.00');
      });
    });

    test('is refused on a book with a loan, even one that was taken back', async () => {
      await withService(engine, {}, async (client) => {
        const { id } = await client.loan();
        await client.post(`/v1/loans/${id}/reversal`, { reason: 'a mistake' });
        assertProblem(await client.post('/v1/demo'), 409, 'demo-refused');
        assertMembers(await client.get('/v1/demo'), 200, { can_start: false, reason: 'book-not-empty' });
      });
    });

    test('is refused where the settings say so, and in production unless they allow it', async () => {
      const production = { NODE_ENV: 'production', API_KEY: 'k-of-the-test', AUTH_SECRET: 's'.repeat(40) };
      const refused = async (env: Record<string, string>, key: string, reason: string | null) => {
        const database = await engine.freshDatabase();
        const made = await runJames(['init-db'], { env: { DATABASE_URL: database.url } });
        assert.equal(made.code, 0, made.output);
        const service = await startService({ databaseUrl: database.url, env });
        try {
          const client = v1Client(service.url, key);
          assertMembers(await client.get('/v1/demo'), 200, { can_start: reason === null, reason });
          if (reason !== null) assertProblem(await client.post('/v1/demo'), 409, 'demo-refused');
        } finally {
          await service.stop();
          await database[Symbol.asyncDispose]();
        }
      };
      await refused({ DEMO: 'no' }, 'secretkeydev', 'not-allowed');
      await refused(production, production.API_KEY, 'not-allowed');
      await refused({ ...production, DEMO: 'yes' }, production.API_KEY, null);
    });

    test('is for admins, and takes sizes within bounds only', async () => {
      await withService(engine, {}, async (client) => {
        const made = await client.post('/v1/keys', { name: 'an-officer', role: 'officer' });
        const officer = v1Client(client.url, (objectOf(made) as { key: string }).key);
        assertProblem(await officer.post('/v1/demo'), 403, 'forbidden');
        assert.equal((await officer.get('/v1/demo')).status, 200);
        for (const loans of [0, -1, 50_001, 1.5, '20', null]) {
          assertProblem(await client.post('/v1/demo', { loans }), 400, 'invalid-request', ['/loans']);
        }
        for (const seed of [-1, 2 ** 32, 0.5]) {
          assertProblem(await client.post('/v1/demo', { seed }), 400, 'invalid-request', ['/seed']);
        }
        assertProblem(await client.post('/v1/demo', { years: 11 }), 400, 'invalid-request', ['/years']);
        assertMembers(await client.get('/v1/demo'), 200, { can_start: true, run: null });
      });
    });

    test('that something else is recorded beside goes on, as learned from then on', async () => {
      await withService(engine, {}, async (client, service) => {
        await client.post('/v1/demo', { loans: 400, years: 2 });
        await until(async () => ((await runOf(client))?.records ?? 0) > 0, 'the demo has begun');
        await client.loan({ reference: 'another' });
        const run = await ended(client);
        assert.equal(run.state, 'done', `${run.fault}`);
        assert.match(run.overtaken_on ?? '', /^\d{4}-\d\d-\d\d$/);
        const { output, code } = await runJames(['verify'], { env: { DATABASE_URL: service.databaseUrl } });
        assert.equal(code, 0, output);
      });
    });

    test('ends with the server, after its day', async () => {
      const database = await engine.freshDatabase();
      try {
        const service = await startService({ databaseUrl: database.url });
        const client = v1Client(service.url);
        await client.post('/v1/demo', { loans: 5_000, years: 3 });
        await until(async () => ((await runOf(client))?.records ?? 0) > 0, 'the demo has begun');
        assert.deepEqual(await service.stop(), { code: 0, signal: null });
        const { output, code } = await runJames(['verify'], { env: { DATABASE_URL: database.url } });
        assert.equal(code, 0, output);
      } finally {
        await database[Symbol.asyncDispose]();
      }
    });
  });
});

describe('a demo on a server of several processes', () => {
  test('is known to each of them', async () => {
    await withService(POSTGRES, { WORKERS: '3' }, async ({ url }) => {
      // Each client has connections of its own, which reach whichever process is next.
      const clients = Array.from({ length: 6 }, () => v1Client(url));
      const [first, ...others] = clients as [V1Client, ...V1Client[]];
      assert.equal((await first.post('/v1/demo', { loans: 300, years: 1 })).status, 202);
      for (const client of others) {
        await until(async () => (await runOf(client)) !== null, 'this process has heard of it');
        assertProblem(await client.post('/v1/demo'), 409, 'demo-refused');
      }
      for (const client of clients) assert.equal((await ended(client)).state, 'done');
    });
  });
});
