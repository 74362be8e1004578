// The network between James and PostgreSQL swallows everything: connections stay open and nothing comes back. Whoever
// waits is told so within the limits that the database's URL sets, and the service is there again with the network.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type CommitFault, faultyCommits } from '../support/commit-faults.ts';
import { assertFirst, freshKey, type KeyedAnswer, sendKeyed, writings } from '../support/keyed-requests.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { createDatabase } from '../support/server-databases.ts';
import { runJames, type Service, startService } from '../support/service.ts';
import { logged } from '../support/service-log.ts';
import { StubbornClients } from '../support/stubborn-clients.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { v1Client } from '../support/v1-client.ts';

/** Seconds for a connection, milliseconds for the rest. */
const LIMITS = 'connect_timeout=2&statement_timeout=2000&lock_timeout=1000';

let server: PostgresServer;

before(async () => {
  server = await PostgresServer.start(embeddedPostgres());
});
after(() => server?.[Symbol.asyncDispose]());

/** Works with a service on a database of its own, behind a proxy of its own. */
async function behindProxy(
  database: string,
  work: (service: Service, proxy: TcpProxy) => Promise<void>,
): Promise<void> {
  const databaseUrl = await createDatabase(server, database);
  await using proxy = await TcpProxy.before(server.port);
  await using service = await startService({ databaseUrl: `${proxy.through(databaseUrl)}?${LIMITS}` });
  await work(service, proxy);
}

/** A write of each kind, ready to be sent. */
function prepared(url: string) {
  const client = v1Client(url);
  return Promise.all(
    writings.map(async (kind) => ({ ...kind, key: freshKey(), writing: await kind.prepare(client) })),
  );
}

describe('where nothing comes back', { concurrency: true }, () => {
  const commits: readonly [point: CommitFault, told: string, isRecorded: boolean][] = [
    ['before the commit', '503, with nothing recorded', false],
    ['after the commit, before its answer', 'the true answer', true],
  ];
  for (const [point, told, isRecorded] of commits) {
    test(`from ${point}, callers get ${told}, and a retry gives one record`, async () => {
      await behindProxy(isRecorded ? 'after_commit' : 'before_commit', async ({ url }, proxy) => {
        const sent = await prepared(url);
        proxy.rule = faultyCommits(point, 'hang', Number.POSITIVE_INFINITY).rule;
        const answers = await Promise.all(sent.map(({ writing, key }) => sendKeyed(url, writing, key)));
        proxy.rule = () => 'pass';
        for (const [index, { name, accepted, key, writing }] of sent.entries()) {
          assertFirst(answers[index] as KeyedAnswer, isRecorded ? accepted : 503, name);
          assert.equal(await writing.booked(), isRecorded ? 1 : 0, name);
          const again = await sendKeyed(url, writing, key);
          assert.equal(again.status, accepted, name);
          assert.equal(again.replayed, isRecorded ? 'true' : null, name);
          assert.equal(await writing.booked(), 1, name);
        }
      });
    });
  }

  test('from after a commit, on no connection, callers get 503, and a retry finds what was recorded', async () => {
    await behindProxy('nobody_knows', async ({ url, output }, proxy) => {
      const sent = await prepared(url);
      const faults = faultyCommits('after the commit, before its answer', 'hang');
      proxy.rule = (...piece) => {
        if (faults.broken() > 0) return { hangAfter: 0 };
        const verdict = faults.rule(...piece);
        if (faults.broken() > 0) proxy.accepts = 'but hangs';
        return verdict;
      };
      const answers = await Promise.all(sent.map(({ writing, key }) => sendKeyed(url, writing, key)));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([503]));
      await logged({ output }, /whether it was recorded is not known/);
      proxy.rule = () => 'pass';
      proxy.accepts = 'all';
      proxy.cutAll();
      const replayed: (string | null)[] = [];
      for (const { name, accepted, key, writing } of sent) {
        const again = await sendKeyed(url, writing, key);
        assert.equal(again.status, accepted, name);
        assert.equal(await writing.booked(), 1, name);
        replayed.push(again.replayed);
      }
      assert.ok(replayed.includes('true'), 'none had been recorded');
    });
  });

  test('under load, all are told so, and all are served again once the network is back', async (t) => {
    await behindProxy('under_load', async (service, proxy) => {
      const clients = await StubbornClients.start(service, 8);
      await clients.served();
      proxy.accepts = 'but hangs';
      proxy.hangAll();
      await clients.refused(20);
      proxy.accepts = 'all';
      await clients.served();
      await clients.stop();
      t.diagnostic(String(clients.tally));
      await clients.assertKept(server.url('under_load'));
    });
  });

  test('the process can still be stopped', async () => {
    await behindProxy('stopped', async (service, proxy) => {
      const client = v1Client(service.url);
      await Promise.all(Array.from({ length: 20 }, () => client.loan()));
      proxy.accepts = 'but hangs';
      proxy.hangAll();
      const asked = client.outstanding();
      await fetch(new URL('/healthz', service.url));
      assert.deepEqual(await service.stop(), { code: 0, signal: null }, service.output());
      assert.equal((await asked).status, 503);
    });
  });

  test('a server does not start, and says so in one line', async () => {
    await using proxy = await TcpProxy.before(server.port);
    proxy.accepts = 'but hangs';
    const env = { DATABASE_URL: `${proxy.through(server.url('postgres'))}?${LIMITS}`, PORT: '0' };
    const { code, output } = await runJames(['serve'], { env });
    assert.equal(code, 1, output);
    assert.match(output, /^postgresql:.*the database server does not answer\n$/);
  });
});
