// The server's processes that work for James are ended or interrupted, again and again under load: by an administrator,
// one by one or all of them, and by a kill that makes PostgreSQL recover as from a crash. Callers hear the true answer or
// 503, and what was acknowledged is there once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/polling.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { AT_WORK_FOR_JAMES, connectTo, createDatabase } from '../support/server-databases.ts';
import { startService } from '../support/service.ts';
import { StubbornClients } from '../support/stubborn-clients.ts';

const CLIENTS = 12;

let server: PostgresServer;

before(async () => {
  server = await PostgresServer.start(embeddedPostgres());
});
after(() => server?.[Symbol.asyncDispose]());

describe('processes of the server', () => {
  for (const [what, call] of [
    ['ended by an administrator', 'pg_terminate_backend'],
    ['whose statements are cancelled', 'pg_cancel_backend'],
  ] as const) {
    test(`${what}, again and again under load, cost nothing but 503`, async (t) => {
      const databaseUrl = await createDatabase(server, call);
      await using service = await startService({ databaseUrl });
      const clients = await StubbornClients.start(service, CLIENTS);
      await clients.served();
      const administrator = await connectTo(databaseUrl);
      let ended = 0;
      const strike = async () => {
        const { rowCount } = await administrator.query(
          `SELECT ${call}(pid) FROM (${AT_WORK_FOR_JAMES}) AS at_work`,
        );
        ended += rowCount ?? 0;
        return ended >= 60;
      };
      for (let strikes = 0; strikes < 2; strikes++) {
        ended = 0;
        await clients.until(strike, `60 are ${what}`);
        await clients.served();
      }
      await administrator.end();
      await clients.stop();
      t.diagnostic(String(clients.tally));
      await clients.assertKept(databaseUrl);
    });
  }

  test('one of which is killed under load, so that the server recovers from a crash, cost nothing but 503', async (t) => {
    const databaseUrl = await createDatabase(server, 'killed');
    await using service = await startService({ databaseUrl });
    const clients = await StubbornClients.start(service, CLIENTS);
    for (let kills = 0; kills < 3; kills++) {
      await clients.served();
      const administrator = await connectTo(databaseUrl);
      const victim = async (): Promise<boolean> => {
        const { rows } = await administrator.query<{ pid: number }>(AT_WORK_FOR_JAMES);
        if (rows[0] !== undefined) process.kill(rows[0].pid, 'SIGKILL');
        return rows[0] !== undefined;
      };
      await clients.until(victim, 'a process of the server is at work for James');
      await assert.rejects(
        until(() => administrator.query('SELECT pg_sleep(0.01)').then(() => false), 'the server ends all'),
      );
      await administrator.end().catch(() => undefined);
    }
    await clients.served();
    await clients.stop();
    t.diagnostic(String(clients.tally));
    assert.match(server.output(), /automatic recovery in progress/);
    await clients.assertKept(databaseUrl);
  });
});
