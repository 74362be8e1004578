// Backups taken while a server is under load, and brought back: the restored bank is the one that was known at the
// backup's moment, whole and sound, and goes on from there.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { onEachEngine, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { rawContent } from '../support/raw-sql.ts';
import { runJames, startService, temporaryDirectory } from '../support/service.ts';
import { assertSound } from '../support/sound-book.ts';
import { assertMembers, objectOf, textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

interface Backup {
  readonly file: string;
  readonly taken_at: string;
  readonly loans: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** All rows, but for when migrations ran, and what names transactions of one server. */
async function lastingContent(address: DatabaseAddress): Promise<Record<string, unknown[][]>> {
  const {
    kysely_migration: _,
    book_round: __,
    book_pending: pending,
    ...content
  } = await rawContent(address);
  if (pending === undefined) return content;
  return { ...content, book_pending: pending.map((row) => row.slice(0, -1)) };
}

onEachEngine((engine) => {
  describe('a backup', () => {
    let directory: string;
    let files = 0;

    before(() => {
      directory = temporaryDirectory();
    });
    after(() => rmSync(directory, { recursive: true, force: true }));

    function fresh(): string {
      files += 1;
      return join(directory, `${files}.backup`);
    }

    async function backedUp({ url }: TestDatabase, file = fresh()): Promise<Backup> {
      const { code, output } = await runJames(['backup', file, '--json'], { env: { DATABASE_URL: url } });
      assert.equal(code, 0, output);
      const backup = JSON.parse(output) as Backup;
      assert.equal(backup.sha256, createHash('sha256').update(readFileSync(file)).digest('hex'));
      assert.equal(existsSync(`${file}.part`), false);
      return backup;
    }

    function restoring({ url }: TestDatabase, file: string) {
      return runJames(['restore', file, '--json'], { env: { DATABASE_URL: url } });
    }

    async function restored(file: string, from: TestEngine = engine): Promise<TestDatabase> {
      const database = await from.freshDatabase();
      const { code, output } = await restoring(database, file);
      assert.equal(code, 0, output);
      return database;
    }

    /** Issues loans and pays them until told to stop; tells which were answered. */
    async function load(client: V1Client, goOn: () => boolean): Promise<Map<string, number>> {
      const answered = new Map<string, number>();
      const work = async () => {
        while (goOn()) {
          const { id } = await client.loan();
          answered.set(id, 0);
          for (const month of [9, 10, 11]) {
            await client.paid(id, `2017-${String(month).padStart(2, '0')}-05`);
            answered.set(id, (answered.get(id) ?? 0) + 1);
          }
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      return answered;
    }

    test('taken under load has all that was answered before it, nothing that began after it, and is sound', async () => {
      await using database = await engine.freshDatabase();
      await using service = await startService({ databaseUrl: database.url });
      const client = v1Client(service.url);
      await client.post('/v1/keys', { name: 'kept', role: 'officer' });
      let answers = 0;
      let backing = true;
      const before = await load(client, () => answers++ < 40);
      const during = load(client, () => backing);
      const backup = await backedUp(database);
      backing = false;
      const meanwhile = await during;
      const after = await load(client, () => answers++ < 90);

      await using copy = await restored(backup.file);
      assert.equal(await assertSound(copy.address), backup.loans);
      await using again = await startService({ databaseUrl: copy.url });
      const there = v1Client(again.url);
      let found = 0;
      for (const [id, payments] of before) {
        assertMembers(await there.get(`/v1/loans/${id}`), 200, { id, payments_made: payments });
        found += 1;
      }
      for (const id of meanwhile.keys()) if ((await there.get(`/v1/loans/${id}`)).status === 200) found += 1;
      for (const id of after.keys()) assert.equal((await there.get(`/v1/loans/${id}`)).status, 404);
      assert.equal(found, backup.loans, 'the loans of the backup are those that were sent');

      // What it holds of a loan is the beginning of what the bank holds of it now.
      for (const id of [...before.keys(), ...meanwhile.keys()]) {
        const now = objectOf(await client.get(`/v1/loans/${id}/history?limit=500`))['data'] as unknown[];
        const answer = await there.get(`/v1/loans/${id}/history?limit=500`);
        if (answer.status === 404) continue;
        const then = objectOf(answer)['data'] as unknown[];
        assert.deepEqual(then, now.slice(0, then.length));
      }

      // It goes on: with its keys, and with new records.
      assertMembers(await there.get('/v1/keys/kept'), 200, { role: 'officer' });
      const [first = ''] = before.keys();
      assert.equal((await there.pay(first, '2018-03-05')).status, 201);
      await there.loan();
    });

    test('brought back is the same to the last row', async () => {
      await using database = await engine.freshDatabase();
      {
        await using service = await startService({ databaseUrl: database.url });
        const client = v1Client(service.url);
        let loans = 0;
        await load(client, () => loans++ < 30);
        const { id } = await client.loan({ reference: 'Größe \\N \\t "x"' });
        const payment = textOf(await client.pay(id, '2017-09-05'), 'id');
        await client.post(`/v1/payments/${payment}/reversal`, { reason: 'über\u2028Zeilen' });
      }
      const backup = await backedUp(database);
      await using copy = await restored(backup.file);
      assert.deepEqual(await lastingContent(copy.address), await lastingContent(database.address));
    });

    test('overwrites nothing, and what is no backup is told in one line and leaves nothing', async () => {
      await using database = await engine.freshDatabase();
      const env = { DATABASE_URL: database.url };
      assert.equal((await runJames(['migrate'], { env })).code, 0);
      const backup = await backedUp(database);
      const taken = await runJames(['backup', backup.file], { env });
      assert.equal(taken.code, 1);
      assert.match(taken.output, /is there already; a backup overwrites nothing/);

      const onto = await restoring(database, backup.file);
      assert.equal(onto.code, 1);
      assert.match(onto.output, /already/);

      const torn = fresh();
      writeFileSync(torn, readFileSync(backup.file));
      truncateSync(torn, Math.floor(backup.bytes / 2));
      const letter = fresh();
      writeFileSync(letter, 'Dear bank, this is a letter. '.repeat(500));
      const missing = fresh();
      for (const file of [torn, letter, missing]) {
        await using place = await engine.freshDatabase();
        const { code, output } = await restoring(place, file);
        assert.equal(code, 1, output);
        assert.equal(output.trim().split('\n').length, 1, output);
        // The place is as good as before: a right backup can go there.
        const second = await restoring(place, backup.file);
        assert.equal(second.code, 0, second.output);
        assert.equal(await assertSound(place.address), 0);
      }
    });
  });
});
