// Every way to name a PostgreSQL database: aliases of the setting and of the scheme, a socket, and each sslmode, on a
// server with TLS and on one without.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { selfSignedCertificate } from '../support/certificate.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { runJames, type Settings, startService, temporaryDirectory } from '../support/service.ts';
import { assertMembers } from '../support/v1-assertions.ts';
import { v1Client } from '../support/v1-client.ts';

let directory: string;
let rootCertificate: string;
let withTls: PostgresServer;
let plain: PostgresServer;

before(async () => {
  directory = temporaryDirectory();
  rootCertificate = join(directory, 'root.crt');
  const certificate = await selfSignedCertificate();
  writeFileSync(rootCertificate, certificate.cert);
  withTls = await PostgresServer.start(embeddedPostgres(), { tls: certificate });
  plain = await PostgresServer.start(embeddedPostgres());
});
after(async () => {
  await withTls?.[Symbol.asyncDispose]();
  await plain?.[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

async function assertReached(env: Settings): Promise<void> {
  const migrated = await runJames(['migrate'], { env });
  assert.equal(migrated.code, 0, migrated.output);
  const book = await runJames(['book', '--json'], { env });
  assert.equal(book.code, 0, book.output);
}

async function assertNotReached(url: string, reason: RegExp): Promise<void> {
  const { code, output } = await runJames(['migrate'], { env: { DATABASE_URL: url } });
  assert.equal(code, 1, output);
  assert.match(output, reason);
  assert.equal(output.trim().split('\n').length, 1, output);
}

describe('a database is reached', () => {
  test('by the alias of the setting, and by the schemes of SQLAlchemy', async () => {
    await assertReached({ SQLALCHEMY_URL: plain.url('postgres'), DATABASE_URL: undefined });
    for (const scheme of ['postgres', 'postgresql+psycopg2']) {
      await assertReached({ DATABASE_URL: plain.url('postgres').replace('postgresql', scheme) });
    }
  });

  test('through a socket', async () => {
    const socket = `?host=${encodeURIComponent(plain.directory)}&port=${plain.port}`;
    await assertReached({ DATABASE_URL: `postgresql://james@/postgres${socket}` });
    // The path as people write it, and a server that serves.
    const url = `postgresql:///postgres?host=${plain.directory}&port=${plain.port}&user=james`;
    await using service = await startService({ databaseUrl: url });
    const client = v1Client(service.url);
    await client.loan();
    assertMembers(await client.outstanding('2017-08-05'), 200, { volume: 1 });
  });

  for (const mode of ['disable', 'prefer', 'require']) {
    test(`with TLS or without as sslmode=${mode} says, on a server with TLS`, async () => {
      await assertReached({ DATABASE_URL: `${withTls.url('postgres')}?sslmode=${mode}` });
    });
  }

  for (const mode of ['verify-ca', 'verify-full']) {
    test(`with sslmode=${mode} where its certificate is known`, async () => {
      const root = encodeURIComponent(rootCertificate);
      await assertReached({ DATABASE_URL: `${withTls.url('postgres')}?sslmode=${mode}&sslrootcert=${root}` });
    });
  }

  test('with sslmode=prefer on a server without TLS', async () => {
    await assertReached({ DATABASE_URL: `${plain.url('postgres')}?sslmode=prefer` });
  });

  test('by a server that encrypts what it says, where it is asked to', async () => {
    const url = `${withTls.url('postgres')}?sslmode=require&application_name=encrypted`;
    await using service = await startService({ databaseUrl: url });
    const client = v1Client(service.url);
    await client.loan();
    const asking = new pg.Client({ connectionString: withTls.url('postgres') });
    await asking.connect();
    const { rows } = await asking.query<{ ssl: boolean }>(
      `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'encrypted'`,
    );
    await asking.end();
    assert.deepEqual(rows, [{ ssl: true }]);
  });
});

describe('a database is refused in one clear line', () => {
  test('where TLS is asked for and there is none', async () => {
    await assertNotReached(`${plain.url('postgres')}?sslmode=require`, /no secure connection/);
  });

  test('where its certificate is not known, or is for another name', async () => {
    await assertNotReached(
      `${withTls.url('postgres')}?sslmode=verify-full`,
      /no secure connection.*certificate/,
    );
  });

  test('where there is no socket', async () => {
    await assertNotReached(`postgresql://james@/postgres?host=${directory}`, /cannot be reached \(ENOENT\)/);
  });
});

test('commits are on disk before they are answered, also where the server would rather not wait', async () => {
  await using server = await PostgresServer.start(embeddedPostgres(), {
    fsync: true,
    settings: ['synchronous_commit=off'],
  });
  await using service = await startService({ databaseUrl: server.url('postgres') });
  const client = v1Client(service.url);
  const loan = await client.loan();
  await server.crash();
  await server.restart();
  await client.get('/v1/book/outstanding');
  assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { id: loan.id });
});
