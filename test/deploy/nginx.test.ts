// deploy/nginx/james.conf in the real nginx, in front of real James processes in production: what callers see through it,
// and what James sees of the callers.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type Server, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { POSTGRES, SQLITE, type TestDatabase } from '../support/engines.ts';
import { type HttpsAnswer, type HttpsOptions, sendHttps } from '../support/https-client.ts';
import { loanText, tokenOf } from '../support/james-client.ts';
import { type Nginx, type NginxOptions, startNginx } from '../support/nginx.ts';
import { until } from '../support/polling.ts';
import { API_KEY, productionSettings, startInProduction } from '../support/production.ts';
import { type Service, startService } from '../support/service.ts';
import { handshake } from '../support/tls-handshake.ts';
import { assertMembers, assertProblem, textOf } from '../support/v1-assertions.ts';
import { contractLoan, v1Client } from '../support/v1-client.ts';

const MIB = 1024 * 1024;
const BEARER = { authorization: `Bearer ${API_KEY}` };
const TOKEN = { authorization: tokenOf(API_KEY) };
const BEHIND_NGINX = { TRUST_PROXY: '127.0.0.1' };

function through(nginx: Nginx, path: string, options: Partial<HttpsOptions> = {}): Promise<HttpsAnswer> {
  return sendHttps(`${nginx.httpsUrl}${path}`, { ca: nginx.certificate.cert, headers: BEARER, ...options });
}

function issue(nginx: Nginx, path = '/v1/loans'): Promise<HttpsAnswer> {
  return through(nginx, path, { method: 'POST', body: contractLoan });
}

function issueAsJames(nginx: Nginx, options: Partial<HttpsOptions> = {}): Promise<HttpsAnswer> {
  return through(nginx, '/loans', { method: 'POST', headers: TOKEN, body: loanText(), ...options });
}

async function withNginx(options: NginxOptions, work: (nginx: Nginx) => Promise<void>): Promise<void> {
  await using nginx = await startNginx(options);
  await work(nginx);
}

describe('through nginx', () => {
  let database: TestDatabase;
  let service: Service;
  let nginx: Nginx;

  before(async () => {
    database = await SQLITE.freshDatabase();
    service = await startInProduction(database, BEHIND_NGINX);
    nginx = await startNginx({ behind: [service.url] });
  });
  after(async () => {
    await nginx?.[Symbol.asyncDispose]();
    await service?.stop();
    await database?.[Symbol.asyncDispose]();
  });

  test('plain HTTP leads to HTTPS, whatever the method', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${nginx.httpUrl}/v1/loans?limit=1`, { method, redirect: 'manual' });
      assert.equal(answer.status, 308);
      assert.equal(answer.headers.get('location'), 'https://james.bank.example/v1/loans?limit=1');
    }
  });

  test('TLS is 1.2 or 1.3', async () => {
    const { httpsUrl: url, certificate } = nginx;
    const old = { agreed: false, code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' };
    assert.deepEqual(await handshake(url, 'TLSv1.1', certificate.cert), old);
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      assert.deepEqual(await handshake(url, version, certificate.cert), { agreed: true, version });
    }
  });

  test('the James surface answers as it does without', async () => {
    const issued = await issueAsJames(nginx);
    assert.equal(issued.status, 200, issued.text);
    const { loan_id: id, installment } = issued.json as { loan_id: string; installment: number };
    assert.equal(installment, 85.6);
    const refused = await issueAsJames(nginx, { headers: { authorization: 'wrong' } });
    assert.equal(refused.status, 403, refused.text);
    const balance = await through(nginx, `/loans/${id}/balance`, {
      method: 'POST',
      headers: TOKEN,
      body: { date: '2017-08-05' },
    });
    assert.deepEqual([balance.status, balance.text], [200, '{"balance":1027.2}']);
    const unknown = await through(nginx, '/nothing');
    assert.deepEqual([unknown.status, unknown.text], [404, '{}']);
  });

  test('/v1 answers as it does without, with the id of the request and one Strict-Transport-Security', async () => {
    const issued = await through(nginx, '/v1/loans', {
      method: 'POST',
      headers: { ...BEARER, 'x-request-id': 'branch-7/2017-08-05#1', 'idempotency-key': 'one' },
      body: contractLoan,
    });
    assertMembers(issued, 201, { installment: '85.60' });
    assert.equal(issued.headers.get('x-request-id'), 'branch-7/2017-08-05#1');
    assert.match(issued.headers.get('strict-transport-security') ?? '', /^max-age=\d+$/);
    const location = issued.headers.get('location') ?? assert.fail(issued.text);
    assert.equal(location, `/v1/loans/${textOf(issued, 'id')}`);
    assertMembers(await through(nginx, location), 200, { id: textOf(issued, 'id') });
    const direct = await v1Client(service.url, API_KEY).get(location);
    assertMembers(direct, 200, { id: textOf(issued, 'id') });
    assert.equal(direct.headers.get('strict-transport-security'), null);
  });

  test('a request without an id gets one, which the log has too', async () => {
    const answer = await through(nginx, '/v1/loans?limit=1');
    const id = answer.headers.get('x-request-id') ?? assert.fail('no id');
    await until(() => nginx.requestLog().includes(id), 'the request is logged');
    const line = nginx
      .requestLog()
      .split('\n')
      .find((one) => one.includes(id));
    assert.match(line ?? '', /127\.0\.0\.1 "GET \/v1\/loans\?limit=1 HTTP\/1\.1" 200 /);
    assert.ok(!nginx.requestLog().includes(API_KEY));
  });

  test('the console signs in, with a cookie for HTTPS and this host alone', async () => {
    const answer = await through(nginx, '/v1/session', { method: 'POST' });
    assertMembers(answer, 201, { role: 'admin' });
    const [cookie = '', ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ');
    assert.match(cookie, /^__Host-james=/);
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict']) {
      assert.ok(attributes.includes(attribute), `${attribute} in ${attributes}`);
    }
    assertMembers(await through(nginx, '/v1/session', { headers: { cookie } }), 200, { role: 'admin' });
    // Past nginx there is no HTTPS, whatever a caller says whom James has no reason to believe.
    assertProblem(await v1Client(service.url, API_KEY).post('/v1/session'), 403, 'forbidden');
  });

  test('who fails too often waits by its own address, whatever it claims, and no other caller does', async () => {
    const asked = (from: string, key: string, claims: string) =>
      through(nginx, '/v1/loans', {
        from,
        headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': claims, forwarded: `for=${claims}` },
      });
    let failures = 0;
    // Each failure past the free ones makes the wait twice as long, so it outlasts even a slow machine.
    await until(async () => {
      const claims = `203.0.113.${++failures % 256}`;
      await asked('127.0.0.2', `guess-${failures}`, claims);
      return (await asked('127.0.0.2', API_KEY, claims)).status === 429;
    }, 'the address has to wait');
    assert.ok(failures > 30, `after ${failures}`);
    assert.equal((await asked('127.0.0.3', API_KEY, '127.0.0.2')).status, 200);
    assert.equal((await through(nginx, '/v1/loans')).status, 200);
  });

  test('a body over 1 MiB is refused in the words of either surface, one of 1 MiB goes through', async () => {
    const send = (path: string, bytes: number, headers: HttpsOptions['headers'] = BEARER) =>
      through(nginx, path, { method: 'POST', headers, body: 'x'.repeat(bytes) });
    assertProblem(await send('/v1/loans', MIB + 1), 413, 'body-too-large');
    const james = await send('/loans', MIB + 1, TOKEN);
    assert.deepEqual([james.status, james.text], [413, '{"error":"Request body is too large."}']);
    assert.match(james.headers.get('content-type') ?? '', /^application\/json/);
    assertProblem(await send('/v1/loans', MIB), 400, 'invalid-request');
    assert.equal((await send('/loans', MIB, TOKEN)).status, 400);
  });

  test('/metrics is not to be had', async () => {
    assert.equal((await through(nginx, '/metrics')).status, 404);
  });

  test('nothing of all this troubles nginx', () => {
    assert.doesNotMatch(nginx.output(), /\[(?:crit|alert|emerg)\]|buffered to a temporary file/);
  });
});

describe('a James process behind nginx', () => {
  test('that is away is told as 503 in the form of either surface, and serves again when it is back', async () => {
    await using database = await SQLITE.freshDatabase();
    const service = await startInProduction(database, BEHIND_NGINX);
    await withNginx({ behind: [service.url] }, async (nginx) => {
      assert.equal((await issue(nginx)).status, 201);
      assert.deepEqual(await service.stop(), { code: 0, signal: null });

      const v1 = await issue(nginx);
      assertProblem(v1, 503, 'unavailable');
      assert.equal(v1.headers.get('retry-after'), '1');
      const james = await issueAsJames(nginx);
      assert.deepEqual([james.status, james.text], [503, '{"error":"Service unavailable."}']);
      assert.equal(james.headers.get('retry-after'), '1');

      const { port } = new URL(service.url);
      const env = productionSettings(database, { ...BEHIND_NGINX, PORT: port });
      await using again = await startService({ databaseUrl: database.url, env });
      await until(async () => (await issue(nginx)).status === 201, `${again.url} serves again`);
    });
  });

  test('can be restarted beside another without a request being lost', async () => {
    await using database = await POSTGRES.freshDatabase();
    const first = await startInProduction(database, BEHIND_NGINX);
    await using second = await startInProduction(database, BEHIND_NGINX);
    let restarted: Service | undefined;
    await withNginx({ behind: [first.url, second.url] }, async (nginx) => {
      const ids: string[] = [];
      const record = async (times: number) => {
        for (let count = 0; count < times; count++) {
          const answer = await issue(nginx);
          assertMembers(answer, 201, {});
          ids.push(textOf(answer, 'id'));
        }
      };
      await record(10);
      await first.stop();
      await record(10);
      const env = productionSettings(database, { ...BEHIND_NGINX, PORT: new URL(first.url).port });
      restarted = await startService({ databaseUrl: database.url, env });
      await record(10);
      assert.equal(new Set(ids).size, 30);
      for (const id of ids) assertMembers(await through(nginx, `/v1/loans/${id}`), 200, { id });
    }).finally(() => restarted?.stop());
  });

  test('that breaks off in the midst of a POST is not replaced by another: nothing is sent twice', async () => {
    await using database = await SQLITE.freshDatabase();
    await using service = await startInProduction(database, BEHIND_NGINX);
    let begun = 0;
    const breaking = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        begun++;
        socket.destroy();
      });
    }).listen(0, '127.0.0.1');
    await once(breaking, 'listening');
    const behind = [`http://127.0.0.1:${(breaking.address() as AddressInfo).port}`, service.url];
    const volume = async () => {
      const { json } = await v1Client(service.url, API_KEY).outstanding();
      return (json as { volume: number }).volume;
    };
    try {
      await withNginx({ behind }, async (nginx) => {
        const answer = await issue(nginx);
        assert.equal(begun, 1);
        assertProblem(answer, 503, 'unavailable');
        assert.equal(await volume(), 0);
      });
      // A question is put to the other one.
      await withNginx({ behind }, async (nginx) => {
        assertMembers(await through(nginx, '/v1/book/outstanding'), 200, { volume: 0 });
        assert.equal(begun, 2);
      });
    } finally {
      breaking.close();
    }
  });
});

describe('under a path', () => {
  test('James answers with addresses under that path', async () => {
    await using database = await SQLITE.freshDatabase();
    await using service = await startInProduction(database, BEHIND_NGINX);
    await withNginx({ behind: [service.url], underPath: true }, async (nginx) => {
      const issued = await issue(nginx, '/james/v1/loans');
      const location = issued.headers.get('location') ?? assert.fail(issued.text);
      assert.equal(location, `/james/v1/loans/${textOf(issued, 'id')}`);
      assertMembers(await through(nginx, location), 200, { id: textOf(issued, 'id') });
      const james = { method: 'POST', headers: TOKEN, body: loanText() };
      assert.equal((await through(nginx, '/james/loans', james)).status, 200);
    });
  });
});

describe('a stream of events', () => {
  let emitter: Server;
  let next: (() => void) | undefined;

  before(async () => {
    // Sends an event only after the one before has arrived: with a buffer in between none would.
    emitter = createHttpServer((_request, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      let sent = 0;
      next = () => {
        response.write(`data: ${++sent}\n\n`);
        if (sent === 3) response.end();
      };
      next();
    }).listen(0, '127.0.0.1');
    await once(emitter, 'listening');
  });
  after(() => emitter?.close());

  test('passes event by event where its answer says so', async () => {
    const behind = [`http://127.0.0.1:${(emitter.address() as AddressInfo).port}`];
    await withNginx({ behind }, async (nginx) => {
      const outgoing = request(`${nginx.httpsUrl}/v1/events`, { ca: nginx.certificate.cert, agent: false });
      outgoing.end();
      const [incoming] = (await once(outgoing, 'response')) as [AsyncIterable<Buffer>];
      let read = '';
      for await (const bytes of incoming) {
        read += bytes.toString('utf8');
        next?.();
      }
      assert.equal(read, 'data: 1\n\ndata: 2\n\ndata: 3\n\n');
    });
  });
});
