// Development and production: what a start needs, what it refuses and names, and that creating the
// database by `james init-db` is needed once and never loses anything.

import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  assertAnswer,
  assertBalance,
  assertIssued,
  assertPaymentAdded,
} from '../support/james-assertions.ts';
import { developmentTokens, jamesClient, tokenOf } from '../support/james-client.ts';
import {
  runJames,
  ServiceStartError,
  type Settings,
  sqliteUrl,
  startService,
  temporaryDirectory,
} from '../support/service.ts';

let directory: string;
let files = 0;

before(() => {
  directory = temporaryDirectory();
});
after(() => {
  rmSync(directory, { recursive: true, force: true });
});

const apiKey = 'key-of-the-bank-for-these-tests-only-2017';
const authSecret = '0123456789abcdef0123456789abcdef-secret';

function freshFile(): string {
  files += 1;
  return join(directory, `book-${files}.sqlite`);
}

function production(databaseFile: string, changes: Settings = {}): Settings {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: sqliteUrl(databaseFile),
    API_KEY: apiKey,
    AUTH_SECRET: authSecret,
    ...changes,
  };
}

async function initDb(env: Settings, cwd?: string): Promise<void> {
  const ended = await runJames(['init-db'], { env, ...(cwd === undefined ? {} : { cwd }) });
  assert.equal(ended.code, 0, ended.output);
}

/** Starts the service with settings that it must refuse; answers what it said. */
async function refusedStart(env: Settings): Promise<string> {
  let failure: unknown;
  try {
    const started = await startService({ env, databaseFile: join(directory, 'not-used.sqlite') });
    await started.stop();
  } catch (error) {
    failure = error;
  }
  assert.ok(failure instanceof ServiceStartError, `it started, or failed otherwise: ${failure}`);
  assert.notEqual(failure.exit, undefined, `it neither started nor ended: ${failure.output}`);
  assert.notEqual(failure.exit?.code, 0, failure.output);
  assert.doesNotMatch(failure.output, /listening on/);
  return failure.output;
}

async function assertRefusedNaming(env: Settings, ...names: string[]): Promise<void> {
  const output = await refusedStart(env);
  for (const name of names) assert.ok(output.includes(name), `${name} is not named in: ${output}`);
}

describe('production refuses to start', () => {
  test('without its settings, and names all that are missing at once', async () => {
    const env = { NODE_ENV: 'production', DATABASE_URL: undefined };
    await assertRefusedNaming(env, 'DATABASE_URL', 'API_KEY', 'AUTH_SECRET');
  });

  for (const name of ['DATABASE_URL', 'API_KEY', 'AUTH_SECRET']) {
    test(`without ${name}, and names it`, async () => {
      const file = freshFile();
      await initDb(production(file));
      for (const value of [undefined, ''])
        await assertRefusedNaming(production(file, { [name]: value }), name);
    });
  }

  for (const key of Object.keys(developmentTokens)) {
    test(`with the development key ${key}`, async () => {
      const file = freshFile();
      await initDb(production(file));
      await assertRefusedNaming(production(file, { API_KEY: key }), 'API_KEY');
    });
  }

  test('with a secret of 31 characters, and starts with one of 32', async () => {
    const file = freshFile();
    await initDb(production(file));
    await assertRefusedNaming(production(file, { AUTH_SECRET: 's'.repeat(31) }), 'AUTH_SECRET');
    await using service = await startService({
      env: production(file, { AUTH_SECRET: '0123456789abcdef'.repeat(2) }),
    });
    assertIssued(await jamesClient(service.url, tokenOf(apiKey)).issue(), '85.6');
  });

  test('with several wrong settings, and names them in one message', async () => {
    const wrong = { API_KEY: 'seekrit', AUTH_SECRET: 'short', PORT: 'http', CURRENCY: 'dollars' };
    await assertRefusedNaming(production(freshFile(), wrong), 'API_KEY', 'AUTH_SECRET', 'PORT', 'CURRENCY');
  });

  test('without printing its secrets', async () => {
    const output = await refusedStart(production(freshFile(), { PORT: 'http' }));
    assert.ok(!output.includes(apiKey), output);
    assert.ok(!output.includes(authSecret), output);
  });

  test('on a database that does not exist', async () => {
    await refusedStart(production(freshFile()));
  });

  test('on an empty file', async () => {
    const file = freshFile();
    writeFileSync(file, '');
    await refusedStart(production(file));
  });

  test('on a database that was not made by james init-db', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const file = freshFile();
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE loans (id TEXT PRIMARY KEY, amount REAL)');
    database.close();
    await refusedStart(production(file));
  });

  test('on a file that is no database', async () => {
    const file = freshFile();
    writeFileSync(file, 'This is a letter to the bank. '.repeat(1000));
    await refusedStart(production(file));
  });
});

describe('production with its settings and its database', () => {
  test('takes the hash of its API key and refuses both development tokens', async () => {
    const file = freshFile();
    await initDb(production(file));
    await using service = await startService({ env: production(file) });
    const client = jamesClient(service.url, tokenOf(apiKey));
    const loan = await client.loan();
    assertPaymentAdded(await client.pay(loan, '2017-09-05'));
    assertBalance(await client.balance(loan, '2017-09-05'), '941.6');
    for (const authorization of [
      ...Object.values(developmentTokens),
      apiKey,
      authSecret,
      tokenOf(authSecret),
    ]) {
      assertAnswer(await client.issue({}, { authorization }), 403, {});
      assertAnswer(await client.pay(loan, '2017-10-05', {}, { authorization }), 403, {});
      assertAnswer(await client.balance(loan, '2017-10-05', { authorization }), 403, {});
    }
    assertAnswer(await client.issue({}, { authorization: null }), 403, {});
    assertAnswer(await client.post('/loans/', '{}', { authorization: null }), 404, {});
    assertBalance(await client.balance(loan, '2017-12-31'), '941.6');
  });

  test('loses nothing by a second init-db', async () => {
    const file = freshFile();
    const env = production(file);
    await initDb(env);
    await initDb(env);
    const first = await startService({ env });
    const firstClient = jamesClient(first.url, tokenOf(apiKey));
    const loan = await firstClient.loan();
    assertPaymentAdded(await firstClient.pay(loan, '2017-09-05'));
    await first.stop();

    await initDb(env);
    await using second = await startService({ env });
    const client = jamesClient(second.url, tokenOf(apiKey));
    assertBalance(await client.balance(loan, '2017-09-05'), '941.6');
    assertAnswer(await client.pay(loan, '2017-09-06'), 409, { error: 'Duplicated payment.' });
  });

  test('loses nothing by an init-db beside the running server', async () => {
    const env = production(freshFile());
    await initDb(env);
    await using service = await startService({ env });
    const client = jamesClient(service.url, tokenOf(apiKey));
    const loan = await client.loan();
    await initDb(env);
    assertPaymentAdded(await client.pay(loan, '2017-09-05'));
    assertBalance(await client.balance(loan, '2017-09-05'), '941.6');
  });
});

describe('development', () => {
  test('needs no setting and no command: the database is made at the start', async () => {
    const file = freshFile();
    assert.ok(!existsSync(file));
    await using service = await startService({ databaseFile: file });
    assert.ok(existsSync(file));
    assertIssued(await jamesClient(service.url).issue(), '85.6');
  });

  test('makes its database james.sqlite in the working directory when none is named', async () => {
    const cwd = temporaryDirectory();
    try {
      await using service = await startService({ env: { DATABASE_URL: undefined }, cwd });
      assertIssued(await jamesClient(service.url).issue(), '85.6');
      assert.ok(existsSync(join(cwd, 'james.sqlite')));
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });

  test('listens on loopback when no host is named', async () => {
    await using service = await startService({ env: { HOST: undefined } });
    assert.match(new URL(service.url).hostname, /^(127\.0\.0\.1|localhost|\[::1\])$/);
  });
});

describe('a wrong setting is named', () => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    PORT: ['http', '-1', '65536', '80.5', '8080x'],
    BANK_TIME_ZONE: ['Mars/Olympus_Mons', 'nowhere'],
    CURRENCY: ['dollars', 'us', '$', 'XQZ'],
    NODE_ENV: ['prod'],
    INSTALLMENT_ROUNDING: ['sideways'],
    DATABASE_URL: ['mongodb://127.0.0.1/james', 'james.sqlite'],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      test(`${name}=${value}`, async () => {
        await assertRefusedNaming({ [name]: value }, name);
      });
    }
  }

  test('and so are several at once', async () => {
    const env = { PORT: 'http', BANK_TIME_ZONE: 'nowhere', CURRENCY: 'dollars' };
    await assertRefusedNaming(env, 'PORT', 'BANK_TIME_ZONE', 'CURRENCY');
  });
});

describe('the address of the database', () => {
  test('is read from SQLALCHEMY_URL as well', async () => {
    const file = freshFile();
    const env = production(file, { DATABASE_URL: undefined, SQLALCHEMY_URL: sqliteUrl(file) });
    await initDb(env);
    assert.ok(existsSync(file));
    await using service = await startService({ env });
    assertIssued(await jamesClient(service.url, tokenOf(apiKey)).issue(), '85.6');
  });

  test('may be given by both names when they agree', async () => {
    const file = freshFile();
    const env = production(file, { SQLALCHEMY_URL: sqliteUrl(file) });
    await initDb(env);
    await using service = await startService({ env });
    assertIssued(await jamesClient(service.url, tokenOf(apiKey)).issue(), '85.6');
  });

  test('is refused when the two names disagree', async () => {
    const [one, other] = [freshFile(), freshFile()];
    await initDb(production(one));
    await initDb(production(other));
    const both = { SQLALCHEMY_URL: sqliteUrl(other) };
    await assertRefusedNaming(production(one, both), 'DATABASE_URL', 'SQLALCHEMY_URL');
    await assertRefusedNaming({ DATABASE_URL: sqliteUrl(one), ...both }, 'DATABASE_URL', 'SQLALCHEMY_URL');
  });

  test('is relative to the working directory with three slashes and absolute with four', async () => {
    const cwd = temporaryDirectory();
    try {
      const env = { DATABASE_URL: 'sqlite:///relative.sqlite' };
      const first = await startService({ env, cwd });
      const loan = await jamesClient(first.url).loan();
      await first.stop();
      assert.ok(existsSync(join(cwd, 'relative.sqlite')));

      await using second = await startService({ databaseFile: join(cwd, 'relative.sqlite') });
      assertBalance(await jamesClient(second.url).balance(loan, '2017-08-05'), '1027.2');
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});

describe("the bank's currency and time zone", () => {
  test('are fixed in the database: another currency is refused', async () => {
    const file = freshFile();
    await initDb(production(file, { CURRENCY: 'USD' }));
    await assertRefusedNaming(production(file, { CURRENCY: 'EUR' }), 'CURRENCY');
    await using service = await startService({ env: production(file, { CURRENCY: 'USD' }) });
    assertIssued(await jamesClient(service.url, tokenOf(apiKey)).issue(), '85.6');
  });

  test('are fixed in the database: another time zone is refused', async () => {
    const file = freshFile();
    await initDb(production(file, { BANK_TIME_ZONE: 'Europe/Paris' }));
    await assertRefusedNaming(production(file, { BANK_TIME_ZONE: 'UTC' }), 'BANK_TIME_ZONE');
    await using service = await startService({ env: production(file, { BANK_TIME_ZONE: 'Europe/Paris' }) });
    assertIssued(await jamesClient(service.url, tokenOf(apiKey)).issue(), '85.6');
  });

  test('are fixed in development too', async () => {
    const file = freshFile();
    await (await startService({ databaseFile: file, env: { CURRENCY: 'EUR' } })).stop();
    await assertRefusedNaming({ DATABASE_URL: sqliteUrl(file), CURRENCY: 'USD' }, 'CURRENCY');
  });

  test('move no business date', async () => {
    await using service = await startService({ env: { BANK_TIME_ZONE: 'Pacific/Kiritimati' } });
    const client = jamesClient(service.url);
    const loan = await client.loan({ date: '"2017-08-05T23:30:00-05:00"' });
    const day = { error: 'Invalid date, must be later than or equal to 2017-08-05.' };
    assertAnswer(await client.balance(loan, '2017-08-04T12:00:00Z'), 400, day);
    assertPaymentAdded(await client.pay(loan, '2017-08-31T23:59:59Z'));
    assertPaymentAdded(await client.pay(loan, '2017-09-01T00:00:00Z'));
    assertBalance(await client.balance(loan, '2017-08-31T23:59:59Z'), '941.6');
  });
});
