// Broken surroundings, over HTTP and on the command line: a full disk, a database file that is moved away, replaced,
// not readable or none at all. Writes are refused as a whole, what was acknowledged stays, the service comes back by
// itself, and a command says in one message what is wrong.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, type TestContext, test } from 'node:test';
import { type JamesClient, jamesClient, tokenOf } from '../support/james-client.ts';
import {
  projectRoot,
  runJames,
  type Service,
  sqliteUrl,
  startService,
  temporaryDirectory,
} from '../support/service.ts';
import { assertMembers, assertProblem, objectOf, textOf } from '../support/v1-assertions.ts';
import { type V1Answer, type V1Client, v1Client } from '../support/v1-client.ts';

let directory: string;
let files = 0;

before(() => {
  directory = temporaryDirectory();
});
after(() => {
  rmSync(directory, { recursive: true, force: true });
});

function freshFile(): string {
  files += 1;
  return join(directory, `james-${files}.sqlite`);
}

function assertUnavailable(answer: V1Answer): void {
  assertProblem(answer, 503, 'unavailable');
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
}

/** The answer to a question that may find out first that its file is another one. */
async function served(ask: () => Promise<V1Answer>): Promise<V1Answer> {
  const answer = await ask();
  return answer.status === 503 ? ask() : answer;
}

/** A server and what it has acknowledged and refused, by this test's own account. */
class Account {
  readonly v1: V1Client;
  readonly james: JamesClient;
  readonly accepted: { readonly id: string; readonly reference: string | undefined }[] = [];
  readonly refused: string[] = [];
  #references = 0;

  constructor(url: string) {
    this.v1 = v1Client(url);
    this.james = jamesClient(url);
  }

  /** POST /v1/loans with a reference of its own; whether it was accepted. Anything but 201 and 503 fails. */
  async issue(): Promise<boolean> {
    this.#references += 1;
    const reference = `R-${this.#references}`;
    const answer = await this.v1.issue({ reference });
    if (answer.status === 201) this.accepted.push({ id: textOf(answer, 'id'), reference });
    else {
      assertUnavailable(answer);
      this.refused.push(reference);
    }
    return answer.status === 201;
  }

  /** The same on the James surface. */
  async issueByJames(): Promise<boolean> {
    const answer = await this.james.issue();
    if (answer.status === 200) {
      const { loan_id: id } = answer.json as { loan_id: string };
      this.accepted.push({ id, reference: undefined });
      return true;
    }
    assert.equal(answer.status, 503, answer.text);
    assert.match(answer.headers['content-type'] ?? '', /^application\/json(;|$)/);
    assert.match(answer.headers['retry-after'] ?? '', /^[1-9]\d*$/);
    assert.equal(typeof (answer.json as { error?: unknown }).error, 'string', answer.text);
    return false;
  }

  /** Every acknowledged loan is there once, the book has them and no others, and no refused one took its reference. */
  async assertKept(): Promise<void> {
    for (const { id, reference } of this.accepted) {
      assertMembers(await this.v1.get(`/v1/loans/${id}`), 200, { id, reference: reference ?? null });
    }
    const volume = this.accepted.length;
    assertMembers(await this.v1.outstanding('2017-08-31'), 200, { volume, principal: `${volume}000.00` });
    assertMembers(await this.v1.arrears('2017-08-31'), 200, { total: { volume } });
    const held = this.accepted.find((loan) => loan.reference !== undefined)?.reference;
    if (held !== undefined) assert.equal((await this.v1.issue({ reference: held })).status, 409);
    for (const reference of this.refused.splice(0)) {
      const answer = await this.v1.issue({ reference });
      assertMembers(answer, 201, { reference });
      this.accepted.push({ id: textOf(answer, 'id'), reference });
    }
  }

  /** Questions of all kinds are answered, on both surfaces. */
  async assertReads(): Promise<void> {
    const { id } = this.accepted[0] ?? assert.fail();
    assertMembers(await this.v1.get(`/v1/loans/${id}`), 200, { id });
    assertMembers(await this.v1.balance(id, '2017-08-31'), 200, { value: '1027.20' });
    assertMembers(await this.v1.outstanding('2017-08-31'), 200, { volume: this.accepted.length });
    assertMembers(await this.v1.arrears('2017-12-31'), 200, { total: { volume: this.accepted.length } });
    const answer = await this.james.balance({ id, installment: '85.6' }, '2017-08-31');
    assert.deepEqual([answer.status, answer.json], [200, { balance: 1027.2 }]);
  }
}

/** Mounts a disk of a few megabytes; undefined, with the reason, where that cannot be done. */
function mountSmallDisk(place: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root on Linux can mount a small disk';
  mkdirSync(place, { recursive: true });
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', place], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : `no small disk can be mounted here: ${stderr}`;
}

/** Writes into a file until the disk has not one block left. */
function fillDisk(file: string): void {
  const opened = openSync(file, 'a');
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeSync(opened, Buffer.alloc(size));
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  closeSync(opened);
}

describe('a full disk', () => {
  let disk: string;
  let service: Service | undefined;
  let account: Account;
  let noDisk: string | undefined;

  before(async () => {
    disk = join(directory, 'disk');
    noDisk = mountSmallDisk(disk);
    if (noDisk !== undefined) return;
    service = await startService({ databaseFile: join(disk, 'james.sqlite') });
    account = new Account(service.url);
  });
  after(async () => {
    await service?.stop();
    if (noDisk === undefined) spawnSync('umount', [disk]);
  });

  function skips(t: TestContext): boolean {
    if (noDisk !== undefined) t.skip(noDisk);
    return noDisk !== undefined;
  }

  test('refuses writes on both surfaces with 503 and Retry-After, and nothing of them is done', async (t) => {
    if (skips(t)) return;
    for (let count = 0; count < 5; count += 1) {
      assert.ok(await account.issue());
      assert.ok(await account.issueByJames());
    }
    fillDisk(join(disk, 'filler'));
    // Space that the database has taken before may still be good for a few.
    let tries = 0;
    while ((await account.issue()) && tries < 5000) tries += 1;
    assert.ok(account.refused.length > 0, 'the disk was never full');
    while ((await account.issueByJames()) && tries < 5000) tries += 1;
    const loan = account.accepted[0] ?? assert.fail();
    assertUnavailable(await account.v1.pay(loan.id, '2017-09-05'));
    await Promise.all(Array.from({ length: 50 }, () => account.issue()));
    await Promise.all(Array.from({ length: 20 }, () => account.issueByJames()));
    assert.ok(account.refused.length > 20);
  });

  test('leaves questions answered', async (t) => {
    if (skips(t)) return;
    await account.assertReads();
  });

  test('is served again once there is space, without a restart', async (t) => {
    if (skips(t)) return;
    rmSync(join(disk, 'filler'));
    assert.ok(await account.issue());
    assert.ok(await account.issueByJames());
    await account.assertKept();
    const loan = account.accepted[0] ?? assert.fail();
    assertMembers(await account.v1.pay(loan.id, '2017-09-05'), 201, {});
    assertProblem(await account.v1.pay(loan.id, '2017-09-06'), 409, 'duplicate-payment');
  });

  test('leaves a database in which a second process finds the same', async (t) => {
    if (skips(t)) return;
    const asOf = '2017-12-31';
    const outstanding = objectOf(await account.v1.outstanding(asOf));
    await service?.stop();
    service = undefined;
    const env = { DATABASE_URL: sqliteUrl(join(disk, 'james.sqlite')) };
    const { code, output } = await runJames(['book', '--as-of', asOf, '--json'], { env });
    assert.equal(code, 0, output);
    assert.deepEqual((JSON.parse(output) as { outstanding: unknown }).outstanding, outstanding);
  });
});

describe('a database file that is moved away under the server', () => {
  test('refuses writes until it is back, keeps what was acknowledged, and nothing takes its place', async () => {
    const databaseFile = freshFile();
    const away = `${databaseFile}.away`;
    await using service = await startService({ databaseFile });
    const account = new Account(service.url);
    for (let round = 0; round < 2; round += 1) {
      assert.ok(await account.issue());
      assert.ok(await account.issueByJames());
      renameSync(databaseFile, away);
      for (let count = 0; count < 5; count += 1) {
        assert.equal(await account.issue(), false);
        assert.equal(await account.issueByJames(), false);
      }
      const loan = account.accepted[0] ?? assert.fail();
      assertUnavailable(await account.v1.pay(loan.id, '2017-09-05'));
      assert.ok(!existsSync(databaseFile));
      renameSync(away, databaseFile);
      assert.ok(await account.issue());
      await account.assertReads();
      await account.assertKept();
    }
    await service.kill();
    await using next = await startService({ databaseFile });
    assertMembers(await v1Client(next.url).outstanding('2017-08-31'), 200, {
      volume: account.accepted.length,
    });
  });

  test('and replaced by another one takes no write that cannot be read afterwards', async () => {
    const databaseFile = freshFile();
    const replacement = freshFile();
    await (await startService({ databaseFile: replacement })).stop();
    await using service = await startService({ databaseFile });
    const account = new Account(service.url);
    assert.ok(await account.issue());
    for (const ending of ['', '-wal', '-shm']) {
      if (existsSync(databaseFile + ending))
        renameSync(databaseFile + ending, `${databaseFile}.away${ending}`);
    }
    renameSync(replacement, databaseFile);
    for (let count = 0; count < 5; count += 1) {
      const answer = await account.v1.issue();
      if (answer.status !== 201) {
        assertUnavailable(answer);
        continue;
      }
      const id = textOf(answer, 'id');
      assertMembers(await served(() => account.v1.get(`/v1/loans/${id}`)), 200, { id });
      assertMembers(await served(() => account.v1.pay(id, '2017-09-05')), 201, { loan_id: id });
      assertMembers(await served(() => account.v1.balance(id, '2017-09-05')), 200, { payments_made: 1 });
    }
  });
});

describe('what is no database of James', () => {
  /** The command ends with code 1 and says in one message, without a stack, which file it is about. */
  async function assertRefused(command: readonly string[], file: string): Promise<void> {
    const env = { DATABASE_URL: sqliteUrl(file), PORT: '0' };
    const ended = await runJames(command, { env });
    const said = `${command.join(' ')} on ${file}: ${ended.code} ${ended.output}`;
    assert.deepEqual([ended.code, ended.signal], [1, null], said);
    assert.ok(ended.output.includes(file), said);
    assert.equal(ended.output.trim().split('\n').length, 1, said);
    assert.doesNotMatch(ended.output, /^\s+at |Error:|node:internal|listening on/m, said);
  }

  async function assertAllRefused(file: string): Promise<void> {
    await Promise.all([assertRefused(['serve'], file), assertRefused(['book'], file)]);
  }

  test('a file that is no database is refused and left as it is', async () => {
    const letter = freshFile();
    const text = 'This is a letter to the bank.\n'.repeat(500);
    writeFileSync(letter, text);
    await assertAllRefused(letter);
    assert.equal(readFileSync(letter, 'utf8'), text);
  });

  test('a SQLite database of another program is refused and left as it is', async () => {
    const foreign = freshFile();
    const database = new DatabaseSync(foreign);
    database.exec("CREATE TABLE loan (id TEXT, amount REAL); INSERT INTO loan VALUES ('a', 1000)");
    database.close();
    const bytes = readFileSync(foreign);
    await assertAllRefused(foreign);
    assert.ok(readFileSync(foreign).equals(bytes));
  });

  test('a directory is refused', async () => {
    const folder = freshFile();
    mkdirSync(folder);
    await assertAllRefused(folder);
  });

  test('a file in a folder that does not exist is refused, and the folder is not made', async () => {
    const folder = join(directory, 'no', 'such');
    await assertAllRefused(join(folder, 'james.sqlite'));
    assert.ok(!existsSync(folder));
  });

  test('a database whose pages are overwritten is refused', async () => {
    const damaged = freshFile();
    await (await startService({ databaseFile: damaged })).stop();
    const bytes = readFileSync(damaged);
    writeFileSync(damaged, bytes.fill(0xff, 4096));
    await assertAllRefused(damaged);
  });
});

describe('a process that may not write', () => {
  const nobody = 65_534;
  const root = process.getuid?.() === 0;
  const production = {
    NODE_ENV: 'production',
    API_KEY: 'key-of-the-bank-for-these-tests-only-2017',
    AUTH_SECRET: '0123456789abcdef0123456789abcdef-secret',
  };
  let databaseFile: string;
  let loanId: string;

  before(async () => {
    const folder = join(directory, 'read-only');
    mkdirSync(folder);
    databaseFile = join(folder, 'james.sqlite');
    const service = await startService({ databaseFile });
    loanId = (await v1Client(service.url).loan()).id;
    await service.stop();
    chmodSync(directory, 0o755);
    // SQLite's readers keep a file of their own beside the database, so the folder stays open to them.
    chmodSync(folder, 0o777);
    chmodSync(databaseFile, 0o444);
  });

  /** The user of the process under test: not root, whom no permission stops; a message where that cannot be. */
  function skips(t: TestContext): boolean {
    if (process.getuid === undefined) {
      t.skip('this platform has no users to be');
      return true;
    }
    if (!root) return false;
    const options = { uid: nobody, gid: nobody, cwd: '/' };
    const script = `require('fs').readdirSync(${JSON.stringify(join(projectRoot, 'src'))})`;
    const { status } = spawnSync(process.execPath, ['-e', script], options);
    if (status === 0) return false;
    t.skip(`user ${nobody} cannot read ${projectRoot}`);
    return true;
  }
  const as = root ? { uid: nobody } : {};

  test('serves questions and refuses writes with 503 on both surfaces', async (t) => {
    if (skips(t)) return;
    await using service = await startService({ databaseFile, env: production, ...as });
    const client = v1Client(service.url, production.API_KEY);
    for (let count = 0; count < 3; count += 1) {
      assertUnavailable(await client.issue());
      assertUnavailable(await client.pay(loanId, '2017-09-05'));
      const james = jamesClient(service.url, tokenOf(production.API_KEY));
      const answer = await james.issue();
      assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '1'], answer.text);
      assertMembers(await client.balance(loanId, '2017-08-31'), 200, { value: '1027.20' });
      assertMembers(await client.outstanding('2017-08-31'), 200, { volume: 1 });
    }
  });

  test('prints the book', async (t) => {
    if (skips(t)) return;
    const env = { ...production, DATABASE_URL: sqliteUrl(databaseFile) };
    const { code, output } = await runJames(['book', '--as-of', '2017-08-31', '--json'], { env, ...as });
    assert.equal(code, 0, output);
    assert.equal((JSON.parse(output) as { outstanding: { volume: number } }).outstanding.volume, 1);
  });

  test('cannot start in development, which would make and migrate the database, and says so', async (t) => {
    if (skips(t)) return;
    const env = { DATABASE_URL: sqliteUrl(databaseFile), PORT: '0' };
    const { code, output } = await runJames(['serve'], { env, ...as });
    assert.equal(code, 1, output);
    assert.ok(output.includes(databaseFile) && /read-only/.test(output), output);
    assert.equal(output.trim().split('\n').length, 1, output);
  });

  test('or not even read is told so in one message', async (t) => {
    if (skips(t)) return;
    chmodSync(databaseFile, 0o000);
    const env = { ...production, DATABASE_URL: sqliteUrl(databaseFile), PORT: '0' };
    const commands = [['serve'], ['book']].map((command) => runJames(command, { env, ...as }));
    for (const { code, output } of await Promise.all(commands)) {
      assert.equal(code, 1, output);
      assert.ok(output.includes(databaseFile), output);
      assert.equal(output.trim().split('\n').length, 1, output);
    }
    chmodSync(databaseFile, 0o644);
  });
});
