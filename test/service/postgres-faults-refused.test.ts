// PostgreSQL is there but does not do what James asks: it takes no writes, its tables are gone, it does not let James in.
// A server that runs answers 503 and goes on once that is mended; a command says in one line what is wrong.

import assert from 'node:assert/strict';
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { jamesClient } from '../support/james-client.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { createDatabase, disconnectJames, onDatabase } from '../support/server-databases.ts';
import { runJames, startService } from '../support/service.ts';
import { logged } from '../support/service-log.ts';
import { StubbornClients } from '../support/stubborn-clients.ts';
import { assertUnavailable, heardFromJames, heardFromV1 } from '../support/until-answered.ts';
import { assertMembers } from '../support/v1-assertions.ts';
import { type IssuedLoan, type V1Client, v1Client } from '../support/v1-client.ts';

const PASSWORD = 'a-word-that-no-log-may-have';

let server: PostgresServer;

before(async () => {
  server = await PostgresServer.start(embeddedPostgres());
});
after(() => server?.[Symbol.asyncDispose]());

/** Every kind of write is refused on both surfaces, and nothing of it is there. */
async function assertTakesNoWrite(client: V1Client, loan: IssuedLoan): Promise<void> {
  const james = jamesClient(client.url);
  assertUnavailable(await heardFromV1(client.issue()));
  assertUnavailable(await heardFromV1(client.pay(loan.id, '2017-10-05')));
  assertUnavailable(await heardFromV1(client.post(`/v1/loans/${loan.id}/reversal`)));
  assertUnavailable(await heardFromJames(james.issue()));
  assertUnavailable(await heardFromJames(james.pay(loan, '2017-10-05')));
}

async function assertAnswers(client: V1Client, { id, installment }: IssuedLoan): Promise<void> {
  assertMembers(await client.get(`/v1/loans/${id}`), 200, { payments_made: 1 });
  assertMembers(await client.balance(id, '2017-12-31'), 200, { value: '941.60' });
  assertMembers(await client.outstanding('2017-12-31'), 200, { value: '941.60', volume: 1 });
  assertMembers(await client.arrears('2017-12-31'), 200, { total: { value: '941.60', volume: 1 } });
  const series = '/v1/book/outstanding/series?from=2017-12-31&to=2017-12-31&step=day';
  assertMembers(await client.get(series), 200, { points: [{ as_of: '2017-12-31', value: '941.60' }] });
  const { status, json } = await jamesClient(client.url).balance({ id, installment }, '2017-12-31');
  assert.deepEqual([status, json], [200, { balance: 941.6 }]);
}

describe('a database that takes no writes', () => {
  test('by its own setting, still answers questions, and takes writes again once it may', async () => {
    const databaseUrl = await createDatabase(server, 'read_only');
    await using service = await startService({ databaseUrl });
    const client = v1Client(service.url);
    const loan = await client.loan();
    await client.paid(loan.id, '2017-09-05');
    await onDatabase(databaseUrl, 'ALTER DATABASE read_only SET default_transaction_read_only = on');
    await disconnectJames(databaseUrl);
    await assertTakesNoWrite(client, loan);
    await assertAnswers(client, loan);
    await onDatabase(server.url('postgres'), 'ALTER DATABASE read_only RESET ALL');
    await disconnectJames(databaseUrl);
    await client.paid(loan.id, '2017-10-05');
    await logged(service, /the database is read-only \(25006/);
  });

  test('as a standby, still answers questions, and takes writes once it is promoted', async () => {
    await using standby = await PostgresServer.start(embeddedPostgres());
    const databaseUrl = standby.url('postgres');
    await using service = await startService({ databaseUrl });
    const client = v1Client(service.url);
    const loan = await client.loan();
    await client.paid(loan.id, '2017-09-05');
    await standby.stop();
    const data = join(standby.directory, 'data');
    const { uid, gid } = statSync(data);
    writeFileSync(join(data, 'standby.signal'), '');
    chownSync(join(data, 'standby.signal'), uid, gid);
    await standby.restart();
    await assertTakesNoWrite(client, loan);
    await assertAnswers(client, loan);
    await onDatabase(databaseUrl, 'SELECT pg_promote()');
    await client.paid(loan.id, '2017-10-05');
    const { code, output } = await runJames(['verify'], { env: { DATABASE_URL: databaseUrl } });
    assert.equal(code, 0, output);
  });
});

describe('tables that are not there', () => {
  test('for a while, under load, cost nothing but 503', async (t) => {
    const databaseUrl = await createDatabase(server, 'renamed');
    await using service = await startService({ databaseUrl });
    const clients = await StubbornClients.start(service, 12);
    for (const table of ['loan', 'payment', 'book_pending', 'kept_answer']) {
      await clients.served();
      await onDatabase(databaseUrl, `ALTER TABLE ${table} RENAME TO somewhere_else`);
      await clients.refused();
      await onDatabase(databaseUrl, `ALTER TABLE somewhere_else RENAME TO ${table}`);
    }
    await clients.served();
    await clients.stop();
    t.diagnostic(String(clients.tally));
    await logged(service, /James’s tables are not there \(42P01/);
    await clients.assertKept(databaseUrl);
  });

  test('at all, or their database, are answered 503 for', async () => {
    const databaseUrl = await createDatabase(server, 'dropped');
    await using service = await startService({ databaseUrl });
    const client = v1Client(service.url);
    const loan = await client.loan();
    for (const drop of ['DROP SCHEMA public CASCADE', 'DROP DATABASE dropped WITH (FORCE)']) {
      await onDatabase(drop.includes('DATABASE') ? server.url('postgres') : databaseUrl, drop);
      await assertTakesNoWrite(client, loan);
      assertUnavailable(await heardFromV1(client.get(`/v1/loans/${loan.id}`)));
      assertUnavailable(await heardFromV1(client.outstanding()));
      assertUnavailable(
        await heardFromV1(client.get('/v1/book/outstanding/series?from=2017-08-01&to=2017-09-01')),
      );
    }
    await logged(service, /the server has no such database \(3D000/);
  });
});

describe('a server that does not let James in', () => {
  /** With the user's password and the rules that ask for it. */
  async function askForPassword(password: string): Promise<void> {
    await onDatabase(server.url('postgres'), `ALTER USER james PASSWORD '${password}'`);
    writeFileSync(rules, 'host all all 127.0.0.1/32 scram-sha-256\nlocal all all trust\n');
    await onDatabase(socket, 'SELECT pg_reload_conf()');
  }
  async function askForNone(): Promise<void> {
    writeFileSync(rules, trusting);
    await onDatabase(socket, 'SELECT pg_reload_conf()');
  }
  let rules: string;
  let trusting: string;
  let socket: string;

  before(() => {
    rules = join(server.directory, 'data', 'pg_hba.conf');
    trusting = readFileSync(rules, 'utf8');
    socket = `postgresql:///postgres?host=${server.directory}&port=${server.port}&user=james`;
  });
  after(() => askForNone());

  /** Each command ends with code 1 and one line that says what is wrong, without the password. */
  async function assertRefused(url: string, reason: RegExp): Promise<void> {
    const env = { DATABASE_URL: url, PORT: '0' };
    const commands = [['serve'], ['book'], ['verify']].map((command) => runJames(command, { env }));
    for (const { code, output } of await Promise.all(commands)) {
      assert.equal(code, 1, output);
      assert.match(output, reason);
      assert.equal(output.trim().split('\n').length, 1, output);
      assert.ok(!output.includes(PASSWORD), output);
    }
  }

  test('to a database that does not exist says so', async () => {
    const url = server.url('nowhere').replace('james@', `james:${PASSWORD}@`);
    await assertRefused(url, /^postgresql:\/\/james@.*\/nowhere: the server has no such database/);
    // A password that should have been encoded is none the less a password.
    const withAt = url.replace(PASSWORD, `one@${PASSWORD}@two`);
    await assertRefused(withAt, /^postgresql:\/\/james@127.*\/nowhere: the server has no such database/);
  });

  test('because nobody listens there, or the name is of no machine, says so', async () => {
    await using gone = await PostgresServer.start(embeddedPostgres());
    await gone.stop();
    await assertRefused(gone.url('postgres'), /cannot be reached \(ECONNREFUSED\)/);
    await assertRefused(
      `postgresql://james:${PASSWORD}@no-such-host.invalid/x`,
      /cannot be reached \(E\w+\)/,
    );
  });

  test('because of what the URL asks for says so', async () => {
    const url = server.url('postgres').replace('james@', `james:${PASSWORD}@`);
    await assertRefused(
      `${url}?options=-c%20no_such_setting%3D1`,
      /the server refused the connection \(42704/,
    );
    await assertRefused(
      `${url}?sslmode=verify-full&sslrootcert=/no/such/file`,
      /no secure connection \(ENOENT/,
    );
    await assertRefused(url.replace(PASSWORD, `${PASSWORD}%E0%A4`), /the URL is malformed/);
    const env = { DATABASE_URL: `${url}?lock_timeout=1s&statement_timeout=0&connect_timeout=5`, PORT: '0' };
    const { code, output } = await runJames(['serve'], { env });
    assert.equal(code, 1, output);
    assert.match(output, /lock_timeout "1s" is not a number of milliseconds/);
    assert.match(output, /statement_timeout "0" is not a number of milliseconds/);
    assert.doesNotMatch(output, /connect_timeout "/);
    assert.ok(!output.includes(PASSWORD), output);
  });

  test('without a password says so, and a server that runs goes on once none is asked for', async () => {
    const databaseUrl = await createDatabase(server, 'unguarded');
    await using service = await startService({ databaseUrl });
    const client = v1Client(service.url);
    const loan = await client.loan();
    await askForPassword(PASSWORD);
    await assertRefused(databaseUrl, /the server asks for a password that James cannot give/);
    await disconnectJames(socket.replace('/postgres?', '/unguarded?'));
    assertUnavailable(await heardFromV1(client.get(`/v1/loans/${loan.id}`)));
    assertUnavailable(await heardFromV1(client.issue()));
    await askForNone();
    assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { id: loan.id });
    await client.loan();
  });

  test('with a wrong password says so, and a server that runs goes on once it is right again', async () => {
    const databaseUrl = (await createDatabase(server, 'guarded')).replace('james@', `james:${PASSWORD}@`);
    await using service = await startService({ databaseUrl });
    const client = v1Client(service.url);
    const loan = await client.loan();
    await askForPassword('another');
    await assertRefused(databaseUrl, /the server refused the user or the password \(28P01/);
    await disconnectJames(socket.replace('/postgres?', '/guarded?'));
    assertUnavailable(await heardFromV1(client.get(`/v1/loans/${loan.id}`)));
    assertUnavailable(await heardFromV1(client.issue()));
    await onDatabase(socket, `ALTER USER james PASSWORD '${PASSWORD}'`);
    assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { id: loan.id });
    await client.loan();
    assert.ok(!service.output().includes(PASSWORD), service.output());
  });
});
