// API keys over /v1 and from the command line: what each role may do, how keys come and go, and what is shown of them.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { onEachEngine, type TestDatabase } from '../support/engines.ts';
import { assertAnswer, assertIssued } from '../support/james-assertions.ts';
import { jamesClient, tokenOf } from '../support/james-client.ts';
import { until } from '../support/polling.ts';
import { rawContent } from '../support/raw-sql.ts';
import { runJames, type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf, textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { listed } from '../support/v1-steps.ts';

/** Within so long a revoked key opens nothing any more, on any process. */
const REVOKED_MS = 2_000;

onEachEngine((engine) => {
  describe('API keys', () => {
    let database: TestDatabase;
    let service: Service;
    let other: Service;
    let admin: V1Client;

    before(async () => {
      database = await engine.freshDatabase();
      service = await startService({ databaseUrl: database.url });
      other = await startService({ databaseUrl: database.url });
      admin = v1Client(service.url);
    });
    after(async () => {
      await other?.stop();
      await service?.stop();
      await database?.[Symbol.asyncDispose]();
    });

    function cli(...args: readonly string[]) {
      return runJames(['keys', ...args], { env: { DATABASE_URL: database.url } });
    }

    /** A new key of a role, and a client that uses it. */
    async function made(name: string, role: string, url = service.url) {
      const answer = await admin.post('/v1/keys', { name, role });
      assertMembers(answer, 201, { name, role, status: 'active', created_by: 'development' });
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('location'), `/v1/keys/${name}`);
      const key = textOf(answer, 'key');
      assert.equal(textOf(answer, 'token'), createHash('sha256').update(key).digest('hex'));
      return { key, client: v1Client(url, key) };
    }

    test('open both surfaces, and records name them', async () => {
      const { key, client } = await made('branch-1', 'officer');
      const loan = await client.loan();
      const james = jamesClient(service.url, tokenOf(key));
      assertIssued(await james.issue(), '85.6');
      assert.equal((await james.pay({ id: loan.id, installment: '85.6' }, '2017-09-05')).status, 200);
      const history = await listed(client, `/v1/loans/${loan.id}/history`);
      assert.deepEqual(
        history.map((entry) => entry['recorded_by']),
        ['branch-1', 'branch-1'],
      );
    });

    test('do what their role may, and are told what it takes', async () => {
      const viewer = await made('eye', 'viewer');
      const officer = await made('hand', 'officer');
      const boss = await made('head', 'admin');
      const { id } = await officer.client.loan();
      const payment = textOf(await officer.client.pay(id, '2017-09-05'), 'id');
      const reads = [
        ...[
          `/v1/loans/${id}`,
          `/v1/loans/${id}/balance`,
          `/v1/loans/${id}/history`,
          `/v1/payments/${payment}`,
        ],
        ...[
          '/v1/loans',
          '/v1/book/outstanding',
          '/v1/book/arrears',
          '/v1/book/movements?from=2017-01-01&to=2017-12-31',
        ],
      ];
      const terms = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' };
      for (const { client } of [viewer, officer, boss]) {
        for (const path of reads) assert.equal((await client.get(path)).status, 200, path);
        assertMembers(await client.post('/v1/quotes', terms), 200, { installment: '85.60' });
      }
      const writes: [path: string, body: unknown][] = [
        ['/v1/loans', terms],
        [`/v1/loans/${id}/payments`, { payment: 'made', date: '2017-10-05' }],
        [`/v1/payments/${payment}/reversal`, {}],
        [`/v1/loans/${id}/reversal`, {}],
      ];
      for (const [path, body] of writes) {
        const refused = await viewer.client.post(path, body);
        assertProblem(refused, 403, 'forbidden');
        assert.match(textOf(refused, 'detail'), /“eye” is of the role viewer; this takes officer/);
        assert.notEqual((await officer.client.post(path, body)).status, 403, path);
      }
      for (const { client } of [viewer, officer]) {
        assertProblem(await client.get('/v1/keys'), 403, 'forbidden');
        assertProblem(await client.post('/v1/keys', { name: 'x', role: 'viewer' }), 403, 'forbidden');
        assertProblem(await client.post('/v1/keys/head/revocation', {}), 403, 'forbidden');
      }
      assert.equal((await boss.client.get('/v1/keys')).status, 200);
      // The original's surface knows one refusal for all of this.
      const james = jamesClient(service.url, tokenOf(viewer.key));
      const loan = { id, installment: '85.6' };
      assertAnswer(await james.issue(), 403, {});
      assertAnswer(await james.pay(loan, '2017-10-05'), 403, {});
      assert.equal((await james.balance(loan, '2017-10-05')).status, 200);
    });

    test('that were just made or revoked are so on every process', async () => {
      const { client } = await made('short-lived', 'officer', other.url);
      await client.loan();
      const revoked = await admin.post('/v1/keys/short-lived/revocation', {});
      assertMembers(revoked, 200, { status: 'revoked', revoked_by: 'development' });
      const here = v1Client(service.url, 'nothing');
      assertProblem(await here.get('/v1/book/outstanding'), 401, 'unauthorized');
      await sleep(REVOKED_MS);
      assertProblem(await client.get('/v1/book/outstanding'), 401, 'unauthorized');
      assertProblem(await admin.post('/v1/keys/short-lived/revocation', {}), 409, 'key-revoked');
      assertProblem(await admin.post('/v1/keys/short-lived/rotation', {}), 409, 'key-revoked');
      assertProblem(
        await admin.post('/v1/keys', { name: 'short-lived', role: 'viewer' }),
        409,
        'key-name-taken',
      );
    });

    test('that are rotated keep their name and role, and the old secret as long as was said', async () => {
      const { client: old } = await made('rotated', 'officer');
      const rotation = await admin.post('/v1/keys/rotated/rotation', { overlap_seconds: 3600 });
      assertMembers(rotation, 201, { name: 'rotated', role: 'officer', status: 'active' });
      const second = v1Client(service.url, textOf(rotation, 'key'));
      for (const client of [old, second]) assert.equal((await client.get('/v1/loans')).status, 200);
      const third = v1Client(service.url, textOf(await admin.post('/v1/keys/rotated/rotation'), 'key'));
      assert.equal((await third.get('/v1/loans')).status, 200);
      for (const client of [old, second]) assertProblem(await client.get('/v1/loans'), 401, 'unauthorized');
    });

    test('that expire open nothing from then on', async () => {
      const expires = new Date(Date.now() + 1_500).toISOString();
      const answer = await admin.post('/v1/keys', { name: 'brief', role: 'viewer', expires_at: expires });
      assertMembers(answer, 201, { expires_at: expires, status: 'active' });
      const client = v1Client(service.url, textOf(answer, 'key'));
      assert.equal((await client.get('/v1/loans')).status, 200);
      await until(async () => (await client.get('/v1/loans')).status === 401, 'the key has expired');
      assert.ok(Date.now() >= Date.parse(expires));
      assertMembers(await admin.get('/v1/keys/brief'), 200, { status: 'expired' });
      const past = await admin.post('/v1/keys', {
        name: 'past',
        role: 'viewer',
        expires_at: '2017-08-05T00:00:00Z',
      });
      assertProblem(past, 400, 'invalid-request', ['/expires_at']);
    });

    test('send no more requests a second than their own limits say', async () => {
      const limits = { reads_per_second: 5, writes_per_second: 2 };
      const answer = await admin.post('/v1/keys', { name: 'slow', role: 'officer', ...limits });
      assertMembers(answer, 201, limits);
      const client = v1Client(service.url, textOf(answer, 'key'));
      await client.get('/v1/loans');
      const reads = await Promise.all(Array.from({ length: 30 }, () => client.get('/v1/loans?limit=1')));
      const refused = reads.filter(({ status }) => status === 429);
      assert.ok(refused.length >= 15, `${refused.length} refused`);
      for (const one of refused) {
        assertProblem(one, 429, 'too-many-requests');
        assert.match(one.headers.get('retry-after') ?? '', /^[12]$/);
      }
      await until(async () => (await client.get('/v1/loans?limit=1')).status === 200, 'a second is over');
    });

    test('are listed without their secrets, with when they were last used', async () => {
      const { key, client } = await made('seen', 'viewer');
      await client.get('/v1/loans');
      const answer = await admin.get('/v1/keys/seen');
      assertMembers(answer, 200, { name: 'seen', revoked_at: null, expires_at: null });
      for (const text of [answer.text, (await admin.get('/v1/keys?limit=500')).text]) {
        assert.ok(!text.includes(key));
        assert.doesNotMatch(text, /[0-9a-f]{64}/);
      }
      const names = (await listed(admin, '/v1/keys', { limit: '2' })).map((one) => one['name']);
      assert.deepEqual(names, names.toSorted());
      assert.ok(names.includes('seen') && names.includes('branch-1'));
    });

    test('that do not exist are not found, whatever stands in place of a name', async () => {
      for (const name of [
        'nobody',
        '%00',
        'seen%00',
        '%F0%9F%8F%A6',
        '%ED%95%9C',
        'a%2Fb',
        '__proto__',
        ' ',
      ]) {
        const path = `/v1/keys/${name}`;
        assertProblem(await admin.get(path), 404, 'key-not-found');
        assertProblem(await admin.post(`${path}/rotation`, {}), 404, 'key-not-found');
        assertProblem(await admin.post(`${path}/revocation`), 404, 'key-not-found');
      }
    });

    test('stand in the database as what opens nothing', async () => {
      const { key } = await made('leaked', 'admin');
      const content = JSON.stringify(await rawContent(database.address), (_name, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value,
      );
      assert.ok(!content.includes(key));
      assert.ok(!content.includes(tokenOf(key)));
      const stored = tokenOf(tokenOf(key));
      assert.ok(content.includes(stored), 'the credential that is stored');
      assertAnswer(await jamesClient(service.url, stored).issue(), 403, {});
      assertProblem(await v1Client(service.url, stored).get('/v1/loans'), 401, 'unauthorized');
      assertProblem(await v1Client(service.url, tokenOf(key)).get('/v1/loans'), 401, 'unauthorized');
    });

    test('with a name or a role that cannot be are refused by the field', async () => {
      for (const name of ['', ' ', 'ä', 'a b', '-a', 'a'.repeat(101), 'x/y']) {
        assertProblem(await admin.post('/v1/keys', { name, role: 'viewer' }), 400, 'invalid-request', [
          '/name',
        ]);
      }
      for (const name of ['development', 'environment', 'command-line']) {
        assertProblem(await admin.post('/v1/keys', { name, role: 'viewer' }), 409, 'key-name-taken');
      }
      assertProblem(await admin.post('/v1/keys', { name: 'r', role: 'king' }), 400, 'invalid-request', [
        '/role',
      ]);
      assertProblem(await admin.post('/v1/keys', { name: 'r' }), 400, 'invalid-request', ['/role']);
      const expires = await admin.post('/v1/keys', { name: 'r', role: 'viewer', expires_at: 'soon' });
      assertProblem(expires, 400, 'invalid-request', ['/expires_at']);
    });

    test('are made, listed, rotated and revoked from the command line, beside the server', async () => {
      const created = await cli('create', 'from-cli', '--role', 'admin', '--expires', '90d', '--json');
      assert.equal(created.code, 0, created.output);
      const { key, created_by: by } = JSON.parse(created.output) as { key: string; created_by: string };
      assert.equal(by, 'command-line');
      const client = v1Client(other.url, key);
      assert.equal((await client.get('/v1/keys')).status, 200);

      const again = await cli('create', 'from-cli', '--role', 'viewer');
      assert.equal(again.code, 1);
      assert.match(again.output, /another key has, or had, this name/);
      const wrong = await cli('create', 'x', '--role', 'king');
      assert.match(wrong.output, /--role: "king" is not one of viewer, officer, admin/);

      const rotated = await cli('rotate', 'from-cli', '--overlap', '1h');
      assert.equal(rotated.code, 0, rotated.output);
      const second = /key +(james_\S+)/.exec(rotated.output)?.[1] ?? '';
      for (const secret of [key, second]) {
        assert.equal((await v1Client(other.url, secret).get('/v1/keys')).status, 200);
      }
      const shown = await cli('list');
      assert.match(shown.output, /^from-cli +admin +active +expires /m);
      assert.ok(!shown.output.includes(second));
      const revoked = await cli('revoke', 'from-cli');
      assert.equal(revoked.code, 0, revoked.output);
      await sleep(REVOKED_MS);
      for (const secret of [key, second]) {
        assertProblem(await v1Client(other.url, secret).get('/v1/keys'), 401, 'unauthorized');
      }
      assert.equal((await cli('revoke', 'from-cli')).code, 1);
    });

    test('note their last use in the database', async () => {
      const { client } = await made('noted', 'viewer', other.url);
      await client.get('/v1/loans');
      // A process that stops notes what it has not noted yet.
      const url = database.url;
      await other.stop();
      other = await startService({ databaseUrl: url });
      const { last_used_at: used } = objectOf(await admin.get('/v1/keys/noted'));
      assert.ok(typeof used === 'string' && Math.abs(Date.now() - Date.parse(used)) < 60_000, `${used}`);
    });
  });
});
