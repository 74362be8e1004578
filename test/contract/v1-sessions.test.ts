// The console's sessions: how they begin and end, what they open, and what keeps others from using them.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockedService } from '../support/clocked-service.ts';
import { onEachEngine, type TestDatabase } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf, textOf } from '../support/v1-assertions.ts';
import { type V1Answer, type V1Client, v1Client } from '../support/v1-client.ts';

/** The cookie that an answer sets, as a browser sends it back; with what the answer says of it. */
function cookieOf(answer: V1Answer): { cookie: string; attributes: string } {
  const set = answer.headers.get('set-cookie') ?? assert.fail(`no cookie: ${answer.status} ${answer.text}`);
  const [cookie = '', ...attributes] = set.split('; ');
  return { cookie, attributes: attributes.join('; ') };
}

interface Page {
  readonly cookie: string;
  readonly token: string;
  get(path: string): Promise<V1Answer>;
  /** With the session's token, unless another one is given; null: without. */
  send(method: string, path: string, body?: unknown, token?: string | null): Promise<V1Answer>;
}

/** A page of the console on a server, with a session. */
function pageOf(url: string, cookie: string, token: string): Page {
  const client = v1Client(url);
  return {
    cookie,
    token,
    get: (path) => client.get(path, { key: null, headers: { cookie } }),
    send: (method, path, body, sent = token) =>
      client.request(method, path, body, {
        key: null,
        headers: { cookie, ...(sent === null ? {} : { 'x-csrf-token': sent }) },
      }),
  };
}

async function signedIn(url: string, key?: string): Promise<Page> {
  const answer = await v1Client(url, key).post('/v1/session');
  assert.equal(answer.status, 201, answer.text);
  return pageOf(url, cookieOf(answer).cookie, textOf(answer, 'csrf_token'));
}

const AUTH_SECRET = '0123456789abcdef0123456789abcdef';
const terms = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' };

onEachEngine((engine) => {
  describe('a session', () => {
    let database: TestDatabase;
    let service: Service;
    let other: Service;
    let admin: V1Client;

    before(async () => {
      database = await engine.freshDatabase();
      const options = { databaseUrl: database.url, env: { AUTH_SECRET, TRUST_PROXY: '127.0.0.1' } };
      service = await startService(options);
      other = await startService(options);
      admin = v1Client(service.url);
    });
    after(async () => {
      await other?.stop();
      await service?.stop();
      await database?.[Symbol.asyncDispose]();
    });

    async function keyOf(name: string, role: string): Promise<string> {
      return textOf(await admin.post('/v1/keys', { name, role }), 'key');
    }

    test('begins with a key, and its cookie is out of reach of scripts and other sites', async () => {
      const answer = await admin.post('/v1/session');
      assertMembers(answer, 201, { name: 'development', role: 'admin' });
      const { cookie, attributes } = cookieOf(answer);
      assert.match(cookie, /^james=/);
      assert.match(attributes, /HttpOnly/);
      assert.match(attributes, /SameSite=Strict/);
      assert.match(attributes, /Path=\//);
      assert.ok(!answer.text.includes(cookie.slice('james='.length)));
      // Sealed, not only signed: nothing of what it says can be read.
      const parts = cookie
        .slice('james='.length)
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      for (const part of parts.slice(1)) assert.doesNotMatch(part, /development|began|csrf/);
    });

    test('over HTTPS is kept to HTTPS and to this very host', async () => {
      const answer = await admin.post('/v1/session', undefined, {
        headers: { 'x-forwarded-proto': 'https' },
      });
      const { cookie, attributes } = cookieOf(answer);
      assert.match(cookie, /^__Host-james=/);
      assert.match(attributes, /Secure/);
      const page = pageOf(service.url, cookie, textOf(answer, 'csrf_token'));
      assertMembers(await page.get('/v1/session'), 200, { name: 'development' });
    });

    test('opens what its key opens, on every server of the bank, and records name the key', async () => {
      const page = await signedIn(service.url, await keyOf('lena', 'officer'));
      assertMembers(await page.get('/v1/session'), 200, {
        name: 'lena',
        role: 'officer',
        csrf_token: page.token,
      });
      const loan = await page.send('POST', '/v1/loans', terms);
      assert.equal(loan.status, 201, loan.text);
      const there = pageOf(other.url, page.cookie, page.token);
      const history = objectOf(await there.get(`/v1/loans/${textOf(loan, 'id')}/history`));
      assert.equal((history['data'] as { recorded_by: string }[])[0]?.recorded_by, 'lena');
      assertProblem(await page.get('/v1/keys'), 403, 'forbidden');
    });

    test('changes nothing without its own token', async () => {
      const page = await signedIn(service.url);
      const stranger = await signedIn(service.url);
      // The last is as long as the right one in characters, but not in bytes.
      const wrong = [
        '',
        'x',
        stranger.token,
        page.token.slice(1),
        `${page.token}x`,
        `é${page.token.slice(1)}`,
      ];
      for (const token of [null, ...wrong]) {
        const refused = await page.send('POST', '/v1/loans', terms, token);
        assertProblem(refused, 403, 'forbidden');
        assert.match(textOf(refused, 'detail'), /X-CSRF-Token/);
      }
      assertProblem(await page.send('DELETE', '/v1/session', undefined, null), 403, 'forbidden');
      assert.equal((await page.send('POST', '/v1/loans', terms)).status, 201);
    });

    test('that is forged, torn or of another secret is none', async () => {
      const page = await signedIn(service.url);
      const [name, value = ''] = page.cookie.split('=', 2);
      await using foreign = await startService({
        databaseUrl: database.url,
        env: { AUTH_SECRET: 'f'.repeat(32) },
      });
      const stranger = await signedIn(foreign.url);
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      const said = Buffer.from('{"key":"development","began":0,"seen":0,"csrf":""}').toString('base64url');
      const forged = [
        '',
        'x',
        value.slice(0, -2),
        `${value}A`,
        `${none}.${said}.`,
        stranger.cookie.split('=', 2)[1],
      ];
      for (const text of forged) {
        const answer = await pageOf(service.url, `${name}=${text}`, page.token).get('/v1/session');
        assertProblem(answer, 401, 'unauthorized');
      }
    });

    test('ends when it is signed out of here, or everywhere', async () => {
      const key = await keyOf('max', 'viewer');
      const one = await signedIn(service.url, key);
      const two = await signedIn(other.url, key);
      const answer = await one.send('DELETE', '/v1/session');
      assert.equal(answer.status, 204);
      assert.match(answer.headers.get('set-cookie') ?? '', /^james=; Max-Age=0/);

      assert.equal((await two.send('DELETE', '/v1/sessions')).status, 204);
      // Also the cookie of the first, which somebody may have kept.
      await sleep(2_000);
      for (const page of [one, two]) {
        for (const url of [service.url, other.url]) {
          assertProblem(await pageOf(url, page.cookie, page.token).get('/v1/session'), 401, 'unauthorized');
        }
      }
      const three = await signedIn(other.url, key);
      assertMembers(await three.get('/v1/session'), 200, { name: 'max' });
    });

    test('ends with its key', async () => {
      const page = await signedIn(service.url, await keyOf('leaver', 'officer'));
      assertMembers(await page.get('/v1/session'), 200, { name: 'leaver' });
      await admin.post('/v1/keys/leaver/revocation');
      assertProblem(await page.get('/v1/session'), 401, 'unauthorized');
    });

    test('is not what a request with a key has', async () => {
      assertProblem(await admin.get('/v1/session'), 401, 'unauthorized');
      const page = await signedIn(service.url);
      // A key in the header goes before the cookie: then it is no session that signs in.
      assertProblem(await page.send('POST', '/v1/session'), 401, 'unauthorized');
    });
  });

  test('a session ends when it is idle for long, and after half a day however busy it is', async () => {
    await using service = await clockedService({ engine, at: Date.UTC(2026, 10, 22, 8) });
    const { clock, url } = service;
    const minutes = (count: number) => {
      clock.at += count * 60_000;
    };
    let page = await signedIn(url);
    minutes(29);
    assertMembers(await page.get('/v1/session'), 200, { name: 'development' });
    minutes(2);
    // The cookie of that answer says when it was last seen; the first one does not.
    assertProblem(await page.get('/v1/session'), 401, 'unauthorized');

    page = await signedIn(url);
    const began = clock.at;
    while (clock.at < began + 12 * 3_600_000) {
      const answer = await page.get('/v1/book/outstanding');
      assert.equal(answer.status, 200, `after ${(clock.at - began) / 60_000} minutes`);
      if (answer.headers.has('set-cookie')) page = pageOf(url, cookieOf(answer).cookie, page.token);
      minutes(20);
    }
    minutes(1);
    assertProblem(await page.get('/v1/book/outstanding'), 401, 'unauthorized');
  });
});
