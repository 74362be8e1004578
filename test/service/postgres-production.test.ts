// Production on PostgreSQL: a command makes the database, a server never does, and says which command that is.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { POSTGRES } from '../support/engines.ts';
import { jamesClient, tokenOf } from '../support/james-client.ts';
import { rawContent, rawRows } from '../support/raw-sql.ts';
import { runJames, ServiceStartError, type Settings, startService } from '../support/service.ts';

const API_KEY = 'key-of-the-bank-for-these-tests-only-2017';

function production(url: string, settings: Settings = {}): Settings {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    API_KEY,
    AUTH_SECRET: '0123456789abcdef0123456789abcdef-secret',
    ...settings,
  };
}

/** Starts a server that must refuse; answers what it said. */
async function refusedStart(env: Settings): Promise<string> {
  const started = startService({ env, databaseUrl: env['DATABASE_URL'] as string });
  const failure = await started.then(
    async (service) => {
      await service.stop();
      return undefined;
    },
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ServiceStartError, `it started, or failed otherwise: ${failure}`);
  assert.equal(failure.exit?.code, 1, failure.output);
  return failure.output;
}

describe('production on PostgreSQL', () => {
  for (const workers of ['1', '3']) {
    const who = workers === '1' ? 'a server' : `a server of ${workers} workers`;
    test(`is refused to ${who} on an empty database, in one line that names the command, and nothing is made`, async () => {
      await using database = await POSTGRES.freshDatabase();
      const output = await refusedStart(production(database.url, { WORKERS: workers }));
      assert.match(output, /run: james migrate\n$/);
      assert.equal(output.trim().split('\n').length, 1, output);
      assert.deepEqual(await rawContent(database.address), {});
    });

    test(`is refused to ${who} on a schema that is not current, likewise`, async () => {
      await using database = await POSTGRES.freshDatabase();
      const env = production(database.url, { WORKERS: workers });
      assert.equal((await runJames(['migrate'], { env })).code, 0);
      await rawRows(
        database.address,
        'DELETE FROM kysely_migration WHERE name = (SELECT max(name) FROM kysely_migration)',
      );
      const output = await refusedStart(env);
      assert.match(output, /schema is not current \(missing .*\); run: james migrate\n$/);
      assert.equal(output.trim().split('\n').length, 1, output);
    });
  }

  test('works once james migrate has run, also several at once and again beside the server', async () => {
    await using database = await POSTGRES.freshDatabase();
    const env = production(database.url, { LANES: '3' });
    const migrations = await Promise.all([1, 2, 3].map(() => runJames(['migrate', '--json'], { env })));
    const ran = migrations.map(({ code, output }) => {
      assert.equal(code, 0, output);
      return (JSON.parse(output) as { migrated: string[] }).migrated;
    });
    assert.equal(ran.filter((names) => names.length > 0).length, 1, JSON.stringify(ran));
    assert.deepEqual(await rawRows(database.address, 'SELECT lanes FROM bank'), [[3]]);

    await using service = await startService({ env, databaseUrl: database.url });
    const client = jamesClient(service.url, tokenOf(API_KEY));
    const loan = await client.loan();
    const again = await runJames(['init-db'], { env });
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /is current/);
    assert.equal((await client.pay(loan, '2017-09-05')).status, 200);
    assert.doesNotMatch(service.output(), /"level":[56]0/);
  });
});
