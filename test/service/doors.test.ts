// The doors of a server in production: who fails too often waits, sprawling and slow requests are cut off, browsers of
// other sites get nothing, and no answer or log line tells what it should not.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { SQLITE, type TestDatabase } from '../support/engines.ts';
import { assertAnswer, assertIssued } from '../support/james-assertions.ts';
import { jamesClient, tokenOf } from '../support/james-client.ts';
import { until } from '../support/polling.ts';
import { runJames, type Service, startService } from '../support/service.ts';
import { assertProblem } from '../support/v1-assertions.ts';
import { sendV1, type V1Answer, v1Client } from '../support/v1-client.ts';

const API_KEY = 'the-bank-s-own-key-of-these-tests';
const AUTH_SECRET = 'a-secret-of-these-tests-that-is-long-enough';

/** Failures that cost nothing. */
const FREE = 30;

async function inProduction(database: TestDatabase, env: Record<string, string> = {}): Promise<Service> {
  const all = { NODE_ENV: 'production', DATABASE_URL: database.url, API_KEY, AUTH_SECRET, ...env };
  const made = await runJames(['init-db'], { env: all });
  assert.equal(made.code, 0, made.output);
  return startService({ databaseUrl: database.url, env: all });
}

async function rawAnswer(url: string, bytes: string, whole: () => boolean = () => true): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  await once(socket, 'connect');
  socket.write(bytes);
  if (whole()) socket.end();
  await once(socket, 'close');
  return answer;
}

describe('who fails too often', () => {
  let database: TestDatabase;
  let service: Service;

  before(async () => {
    database = await SQLITE.freshDatabase();
    // The proxy's word counts, so that these tests come from several addresses.
    service = await inProduction(database, { TRUST_PROXY: '127.0.0.1' });
  });
  after(async () => {
    await service?.stop();
    await database?.[Symbol.asyncDispose]();
  });

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

  /** Unchecked, since what is tested here passes by within a second. */
  const asked = (key: string, address: string): Promise<V1Answer> =>
    sendV1(service.url, 'GET', '/v1/loans', undefined, { key, ...from(address) });

  test('waits, on either surface, also with the right key if that could have been guessed', async () => {
    const address = '192.0.2.1';
    for (let count = 0; count <= FREE; count++) {
      assert.equal((await asked(`guess-${count}`, address)).status, 401);
    }
    const refused = await asked(API_KEY, address);
    assertProblem(refused, 429, 'too-many-requests');
    assert.match(refused.headers.get('retry-after') ?? '', /^[12]$/);
    const client = jamesClient(service.url, tokenOf(API_KEY));
    const james = await client.issue({}, from(address));
    assertAnswer(james, 429, { error: 'Too many requests.' });
    assert.match(String(james.headers['retry-after']), /^[12]$/);

    // Others are not concerned, and after the wait nobody is.
    assertIssued(await client.issue({}, from('192.0.2.2')), '85.6');
    await until(async () => (await asked(API_KEY, address)).status === 200, 'the wait is over');
  });

  test('with one credential from many addresses waits too', async () => {
    const revoked = 'a-key-that-was-revoked-long-ago';
    for (let count = 0; count <= FREE; count++) {
      assert.equal((await asked(revoked, `198.51.100.${count + 1}`)).status, 401);
    }
    assert.equal((await asked(revoked, '198.51.100.99')).status, 429);
    assert.equal((await asked('another', '198.51.100.200')).status, 401);
  });

  test('keeps nobody out whose key nobody can guess', async () => {
    const admin = v1Client(service.url, API_KEY);
    const { key } = (await admin.post('/v1/keys', { name: 'made', role: 'officer' })).json as { key: string };
    const address = '192.0.2.3';
    for (let count = 0; count <= FREE; count++) await asked(`wrong-${count}`, address);
    assert.equal((await asked('wrong', address)).status, 429);
    assert.equal((await asked(key, address)).status, 200);
  });
});

describe('a request', () => {
  let database: TestDatabase;
  let service: Service;

  before(async () => {
    database = await SQLITE.freshDatabase();
    service = await inProduction(database);
  });
  after(async () => {
    await service?.stop();
    await database?.[Symbol.asyncDispose]();
  });

  test('with too large a head is refused', async () => {
    const long = 'x'.repeat(20_000);
    for (const head of [
      `GET /v1/loans?after=${long} HTTP/1.1\r\n`,
      `GET /v1/loans HTTP/1.1\r\nx-long: ${long}\r\n`,
    ]) {
      const answer = await rawAnswer(service.url, `${head}host: x\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 431 /);
      assert.doesNotMatch(answer, /x{100}/);
    }
  });

  test('that is none is refused, and says nothing of the server', async () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      '\u0016\u0003\u0001\u0000',
      'GET /\r\n\r\n',
    ]) {
      const answer = await rawAnswer(service.url, bytes);
      assert.match(answer, /^HTTP\/1\.1 4\d\d /);
      assert.doesNotMatch(answer, /\bat \w|node:|\.ts|\.js/);
    }
  });

  test('whose head comes too slowly is cut off', async () => {
    const started = performance.now();
    const answer = await rawAnswer(service.url, 'GET /v1/loans HTTP/1.1\r\nhost: x\r\n', () => false);
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.ok(performance.now() - started < 60_000);
  });

  test('gets an answer that no browser makes more of than it is', async () => {
    for (const path of [
      '/v1/book/outstanding',
      '/v1/nothing',
      '/healthz',
      '/openapi.json',
      '/problems/not-found',
    ]) {
      const { headers } = await sendV1(service.url, 'GET', path, undefined, { key: API_KEY });
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.equal(headers.get('cache-control'), 'no-store', path);
      assert.match(
        headers.get('content-security-policy') ?? '',
        /^default-src 'none'; frame-ancestors 'none'/,
        path,
      );
      assert.equal(headers.get('x-powered-by'), null);
      assert.equal(headers.get('access-control-allow-origin'), null);
    }
    const james = await jamesClient(service.url, tokenOf(API_KEY)).issue();
    assert.equal(james.headers['x-content-type-options'], 'nosniff');
    const docs = await fetch(`${service.url}/docs/static/index.html`);
    assert.match(docs.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(docs.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  });

  test('from a page of another origin gets nothing, unless that origin is set', async () => {
    const preflight = (url: string, origin: string) =>
      fetch(`${url}/v1/loans`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
    const closed = await preflight(service.url, 'https://app.bank.example');
    assert.equal(closed.headers.get('access-control-allow-origin'), null);
    assert.ok(closed.status >= 400);

    await using open = await startService({
      env: { CORS_ORIGINS: 'https://app.bank.example, https://b.example' },
    });
    const allowed = await preflight(open.url, 'https://app.bank.example');
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.bank.example');
    assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
    const other = await preflight(open.url, 'https://evil.example');
    assert.notEqual(other.headers.get('access-control-allow-origin'), 'https://evil.example');
    const answer = await fetch(`${open.url}/v1/loans`, {
      headers: { origin: 'https://b.example', authorization: 'Bearer secretkeydev' },
    });
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://b.example');
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /retry-after/);
  });

  test('to sign in over plain HTTP is refused in production: the cookie would be anybody’s', async () => {
    const answer = await v1Client(service.url, API_KEY).post('/v1/session');
    assertProblem(answer, 403, 'forbidden');
    assert.match(answer.text, /HTTPS/);
    assert.equal(answer.headers.get('set-cookie'), null);
  });

  test('for /metrics takes a key in production', async () => {
    assertProblem(await v1Client(service.url, 'wrong').get('/metrics'), 401, 'unauthorized');
    const metrics = await fetch(`${service.url}/metrics`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    assert.equal(metrics.status, 200);
    assert.match(await metrics.text(), /^james_http_requests_total\{/m);
  });
});

describe('what a server says', () => {
  test('names no secret, no statement and no line of the program, whatever goes wrong', async () => {
    await using database = await SQLITE.freshDatabase();
    const service = await inProduction(database, { LOG_LEVEL: 'info' });
    const client = v1Client(service.url, API_KEY);
    const told: string[] = [];
    try {
      const loan = await client.loan();
      const { renameSync } = await import('node:fs');
      const file = database.url.replace('sqlite:///', '');
      renameSync(file, `${file}.away`);
      for (const answer of [
        await client.issue(),
        await client.pay(loan.id, '2017-09-05'),
        await client.outstanding(),
        await client.get('/readyz'),
        await client.get('/v1/keys'),
      ]) {
        told.push(answer.text);
        assert.ok([200, 503].includes(answer.status), answer.text);
      }
      assert.equal((await client.issue()).status, 503);
      renameSync(`${file}.away`, file);
      for (const body of ['{', '{"amount":"x"}', `{"a":${'['.repeat(5_000)}`]) {
        told.push((await client.post('/v1/loans', undefined, { raw: body })).text);
      }
    } finally {
      await service.stop();
    }
    told.push(service.output());
    for (const text of told) {
      for (const secret of [API_KEY, AUTH_SECRET, tokenOf(API_KEY), tokenOf(tokenOf(API_KEY))]) {
        assert.ok(!text.includes(secret), text);
      }
      assert.doesNotMatch(text, /\bat (?:async )?[\w.#<>]+ \(|\bat file:|node_modules|\.ts:\d/);
      assert.doesNotMatch(text, /\b(?:SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/);
    }
    assert.match(service.output(), /"msg":"the database cannot serve"/);
    assert.match(service.output(), /"fault":"unreachable"/);
  });
});
