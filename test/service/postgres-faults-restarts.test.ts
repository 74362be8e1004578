// PostgreSQL is stopped and started, under load and while nobody asks, in each way that a server ends: callers hear the
// true answer or 503, what was acknowledged is there once, and the service comes back by itself, without a restart.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { jamesClient } from '../support/james-client.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { createDatabase } from '../support/server-databases.ts';
import { startService } from '../support/service.ts';
import { logged } from '../support/service-log.ts';
import { StubbornClients } from '../support/stubborn-clients.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { assertUnavailable, heardFromJames, heardFromV1 } from '../support/until-answered.ts';
import { assertMembers } from '../support/v1-assertions.ts';
import { v1Client } from '../support/v1-client.ts';

const CLIENTS = 12;
const PASSWORD = 'a-word-that-no-log-may-have';

let server: PostgresServer;

before(async () => {
  server = await PostgresServer.start(embeddedPostgres());
});
after(() => server?.[Symbol.asyncDispose]());

/** The URL of a fresh database, with a password, which this server does not ask for. */
async function freshDatabase(name: string): Promise<string> {
  return (await createDatabase(server, name)).replace('james@', `james:${PASSWORD}@`);
}

describe('a server that is stopped and started under load', () => {
  for (const [how, way] of [
    ['fast, where open transactions are rolled back', 'stop'],
    ['at once, as in a crash', 'crash'],
  ] as const) {
    test(`${how}, costs nothing but 503 meanwhile`, async (t) => {
      const databaseUrl = await freshDatabase(way);
      await using service = await startService({ databaseUrl });
      const clients = await StubbornClients.start(service, CLIENTS);
      for (let times = 0; times < 3; times++) {
        await clients.served();
        await server[way]();
        await clients.refused();
        await server.restart();
      }
      await clients.served();
      await clients.stop();
      t.diagnostic(String(clients.tally));
      await clients.assertKept(databaseUrl);
      await logged(service, /cannot be reached \(ECONNREFUSED\)/);
      assert.ok(!service.output().includes(PASSWORD), service.output());
    });
  }
});

describe('a server that goes while nobody asks', () => {
  test('is answered 503 for on both surfaces, and as soon as it is back the next answer is the true one', async () => {
    await using service = await startService({ databaseUrl: await freshDatabase('idle') });
    const v1 = v1Client(service.url);
    const james = jamesClient(service.url);
    const { id, installment } = await v1.loan();
    const questions = [
      () => heardFromV1(v1.get(`/v1/loans/${id}`)),
      () => heardFromV1(v1.get(`/v1/loans/${id}/history`)),
      () => heardFromV1(v1.get('/v1/loans')),
      () => heardFromV1(v1.outstanding('2017-08-31')),
      () => heardFromV1(v1.get('/v1/book/outstanding?as_of=2017-08-31&known_at=2017-08-31')),
      () => heardFromV1(v1.arrears('2017-08-31')),
      () => heardFromV1(v1.get('/v1/book/outstanding/series?from=2017-08-01&to=2018-08-01&step=month')),
      () => heardFromV1(v1.get('/v1/book/movements?from=2017-08-01&to=2018-08-01')),
      () => heardFromJames(james.balance({ id, installment }, '2017-08-31')),
    ];
    const texts = async () => Promise.all(questions.map((ask) => ask().then(({ text }) => text)));
    const answers = await texts();
    for (const way of ['stop', 'crash'] as const) {
      await server[way]();
      for (const ask of questions) assertUnavailable(await ask());
      assertUnavailable(await heardFromV1(v1.pay(id, '2017-09-05')));
      assertUnavailable(await heardFromJames(james.pay({ id, installment }, '2017-09-05')));
      assertMembers(await v1.get('/healthz'), 200, { status: 'ok' });
      await server.restart();
      assert.deepEqual(await texts(), answers);
    }
    await v1.paid(id, '2017-09-05');
  });

  test('leaving connections that seem to be open, is asked again on new ones, and no caller notices', async () => {
    await using proxy = await TcpProxy.before(server.port);
    await using service = await startService({ databaseUrl: proxy.through(await freshDatabase('unheard')) });
    const client = v1Client(service.url);
    const loan = await client.loan();
    const manyAtOnce = () => [
      ...Array.from({ length: 40 }, () => client.loan().then(() => 200)),
      ...Array.from({ length: 40 }, () => client.balance(loan.id).then(({ status }) => status)),
      ...Array.from({ length: 10 }, () => client.get('/v1/book/arrears').then(({ status }) => status)),
    ];
    await Promise.all(manyAtOnce());
    for (const ask of [
      () => client.get(`/v1/loans/${loan.id}`),
      () => client.get('/v1/book/outstanding/series?from=2017-08-01&to=2018-08-01&step=month'),
    ]) {
      // A machine that has forgotten its connections resets each at its next use.
      const forgotten = proxy.opened;
      proxy.rule = (_direction, _piece, { number }) => (number <= forgotten ? { cutAfter: 0 } : 'pass');
      assert.equal((await ask()).status, 200);
      await client.loan();
      assert.deepEqual(new Set(await Promise.all(manyAtOnce())), new Set([200]));
    }
  });
});
