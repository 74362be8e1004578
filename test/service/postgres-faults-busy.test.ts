// PostgreSQL has no time, no lock and no connection for James: whoever can be served is, others hear 503 and are served
// when they come back. Nothing waits longer than the limits, which the database's URL sets here.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { jamesClient } from '../support/james-client.ts';
import { until } from '../support/polling.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import {
  AT_WORK_FOR_JAMES,
  connectTo,
  createDatabase,
  holdLocks,
  onDatabase,
} from '../support/server-databases.ts';
import { startService } from '../support/service.ts';
import { logged } from '../support/service-log.ts';
import { StubbornClients } from '../support/stubborn-clients.ts';
import { assertUnavailable, heardFromJames, heardFromV1 } from '../support/until-answered.ts';
import { assertMembers } from '../support/v1-assertions.ts';
import { v1Client } from '../support/v1-client.ts';

const CLIENTS = 12;
const NO_LOAN = '01900000-0000-7000-8000-000000000000';

let server: PostgresServer;

before(async () => {
  server = await PostgresServer.start(embeddedPostgres(), { settings: ['max_connections=30'] });
});
after(() => server?.[Symbol.asyncDispose]());

describe('a loan that another session has locked', () => {
  const lockOf = (id: string) => `SELECT FROM loan WHERE id = '${id}' FOR UPDATE`;

  test('is waited for, and the caller gets the true answer', async () => {
    const databaseUrl = await createDatabase(server, 'waits');
    await using service = await startService({ databaseUrl });
    const client = v1Client(service.url);
    const { id } = await client.loan();
    const release = await holdLocks(databaseUrl, lockOf(id));
    const paying = client.pay(id, '2017-09-05');
    await until(async () => {
      const waiting = await onDatabase(databaseUrl, `${AT_WORK_FOR_JAMES} AND wait_event_type = 'Lock'`);
      return waiting.length > 0;
    }, 'James waits for the loan');
    await release();
    assertMembers(await paying, 201, {});
    assertMembers(await client.balance(id, '2017-09-05'), 200, { payments_made: 1 });
  });

  test('for longer than the server lets a transaction last, which ends the connection too, is answered 503 for', async () => {
    const databaseUrl = await createDatabase(server, 'lasts');
    await using service = await startService({
      databaseUrl: `${databaseUrl}?options=-c%20transaction_timeout%3D1000`,
    });
    const client = v1Client(service.url);
    const { id } = await client.loan();
    const release = await holdLocks(databaseUrl, lockOf(id));
    assertUnavailable(await heardFromV1(client.pay(id, '2017-09-05')));
    await release();
    await logged(service, /a transaction took too long \(25P04/);
    await client.paid(id, '2017-09-05');
    assertMembers(await client.balance(id, '2017-09-05'), 200, { payments_made: 1 });
  });

  for (const [limit, said] of [
    ['lock_timeout', /a lock of another transaction was held for too long \(55P03/],
    ['statement_timeout', /a statement took too long \(57014/],
  ] as const) {
    test(`for longer than ${limit} is answered 503 for, and others are served though the pool is small`, async () => {
      const databaseUrl = await createDatabase(server, limit);
      await using service = await startService({
        databaseUrl: `${databaseUrl}?${limit}=2000`,
        env: { DATABASE_POOL: '2' },
      });
      const client = v1Client(service.url);
      const james = jamesClient(service.url);
      const locked = await client.loan();
      // Loans with references are spread over the lanes.
      const others = await Promise.all(
        Array.from({ length: 40 }, (_, index) => client.loan({ reference: `other ${index}` })),
      );
      const release = await holdLocks(databaseUrl, lockOf(locked.id));
      const payingOthers = others.map(({ id }) => heardFromV1(client.pay(id, '2017-09-05')));
      assertUnavailable(await heardFromV1(client.pay(locked.id, '2017-09-05')));
      assertUnavailable(await heardFromJames(james.pay(locked, '2017-09-05')));
      // Questions wait for nobody's lock.
      assertMembers(await client.balance(locked.id, '2017-09-05'), 200, { payments_made: 0 });
      const answers = await Promise.all(payingOthers);
      // Those of the same lane may have shared its batch.
      for (const answer of answers) if (answer.status !== 201) assertUnavailable(answer);
      const served = answers.filter(({ status }) => status === 201).length;
      assert.ok(served > others.length / 2, `${served} were served`);
      await release();
      await logged(service, said);
      for (const { id } of [locked, ...others]) {
        const { status, text } = await client.pay(id, '2017-09-05');
        assert.ok(status === 201 || status === 409, text);
        assertMembers(await client.balance(id, '2017-09-05'), 200, { payments_made: 1 });
      }
    });
  }
});

describe('under load', () => {
  test('locks on whole tables, and a pool that they exhaust, cost nothing but 503', async (t) => {
    const databaseUrl = await createDatabase(server, 'tables');
    await using service = await startService({
      databaseUrl: `${databaseUrl}?lock_timeout=200&connect_timeout=1`,
      env: { DATABASE_POOL: '2' },
    });
    const client = v1Client(service.url);
    const clients = await StubbornClients.start(service, CLIENTS);
    for (const lock of [
      'loan IN EXCLUSIVE MODE',
      'payment IN ACCESS EXCLUSIVE MODE',
      'bank IN ACCESS EXCLUSIVE MODE',
    ]) {
      await clients.served();
      const release = await holdLocks(databaseUrl, `LOCK TABLE ${lock}`);
      await clients.refused();
      if (lock.startsWith('payment')) {
        // Each of them holds the pool's one connection for questions as long as a lock is waited for.
        const answers = Array.from({ length: 30 }, () => heardFromV1(client.balance(NO_LOAN)));
        for (const answer of await Promise.all(answers)) assertUnavailable(answer);
      }
      await release();
    }
    await clients.served();
    await clients.stop();
    t.diagnostic(String(clients.tally));
    await logged(service, /all connections to the database are in use/);
    await clients.assertKept(databaseUrl);
  });

  test('a server without a connection left costs nothing but 503', async (t) => {
    const databaseUrl = await createDatabase(server, 'connections');
    await using service = await startService({ databaseUrl });
    const clients = await StubbornClients.start(service, CLIENTS);
    await clients.served();
    const administrator = await connectTo(databaseUrl);
    const taken: pg.Client[] = [];
    const takeOne = () =>
      connectTo(databaseUrl).then(
        (client) => taken.push(client) > 0,
        () => false,
      );
    await clients.until(async () => {
      await administrator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'james'`,
      );
      while (await takeOne());
      return /the database server has no connection left/.test(service.output());
    }, 'James is refused a connection');
    await clients.refused(20);
    await Promise.all([administrator, ...taken].map((client) => client.end()));
    await clients.served();
    await clients.stop();
    t.diagnostic(String(clients.tally));
    await clients.assertKept(databaseUrl);
  });
});
