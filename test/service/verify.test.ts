// james verify on databases that were damaged by hand, as a faulty disk, a restored half or a meddling hand would leave
// them: each kind of damage is found and named, and --rebuild restores what follows from the records.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verify } from '../../src/ledger/verify.ts';
import { auditorOf } from '../../src/wiring/engines.ts';
import { onEachEngine, SQLITE, type TestDatabase } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { rawDamage, rawRows } from '../support/raw-sql.ts';
import { runJames, startService } from '../support/service.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { DAMAGES, DIALECTS } from './verify-damages.ts';

/** Loans with every kind of record: in order, backdated, missed, replaced, reversed, paid off, taken back. */
async function fillBook(client: V1Client): Promise<void> {
  const steady = await client.loan({ reference: 'steady' });
  await client.paid(steady.id, '2017-09-05', '2017-10-05', '2017-11-05');
  const late = await client.loan({ reference: 'late' });
  await client.paid(late.id, '2017-10-05', '2017-11-05', '2017-09-05');
  const missed = await client.pay(late.id, '2017-12-05', { payment: 'missed' });
  const { id: replaces } = missed.json as { id: string };
  assert.equal((await client.pay(late.id, '2017-12-20', { replaces })).status, 201);
  const short = await client.loan({ reference: 'short', term: 2 });
  await client.paid(short.id, '2017-09-05');
  const last = await client.pay(short.id, '2017-10-05');
  const { id: lastId } = last.json as { id: string };
  assert.equal((await client.post(`/v1/payments/${lastId}/reversal`, {})).status, 201);
  await client.paid(short.id, '2017-11-05');
  const mistake = await client.loan({ reference: 'mistake' });
  assert.equal((await client.post(`/v1/loans/${mistake.id}/reversal`, {})).status, 201);
}

/** The command as an operator runs it. */
function verifyCommand({ url }: TestDatabase, ...options: readonly string[]) {
  return runJames(['verify', ...options], { env: { DATABASE_URL: url } });
}

/** What the command reports, without a process for each of the many damages. */
async function differencesIn({ address }: TestDatabase, rebuild = false): Promise<string> {
  const lines: string[] = [];
  await verify({
    auditor: auditorOf(address),
    rebuild,
    onLoanDifference: (loan, difference) => lines.push(`loan ${loan}: ${difference}`),
    onBookDifference: ({ table, key, difference }) =>
      lines.push(`${table}, ${key}: ${difference.valueCents} cents, volume ${difference.volume}`),
    onDatabaseFault: (fault) => lines.push(`database: ${fault}`),
    onProgress: () => undefined,
  });
  return lines.join('\n');
}

onEachEngine((engine) => {
  describe('james verify', () => {
    const kind = engine === SQLITE ? 'sqlite' : 'postgres';
    const dialect = DIALECTS[kind];
    let sound: TestDatabase;

    before(async () => {
      sound = await engine.freshDatabase();
      await using service = await startService({ databaseUrl: sound.url });
      await fillBook(v1Client(service.url));
      const { address } = sound;
      if (address.engine === 'postgres') {
        const pending = () => rawRows(address, 'SELECT 1 FROM book_pending');
        await until(async () => (await pending()).length === 0, 'everything is compacted');
      }
    });
    after(() => sound?.[Symbol.asyncDispose]());

    /** A copy of the sound database on which `damage` was done behind James's back. */
    async function damaged(damage: string): Promise<TestDatabase> {
      const copy = await sound.copy();
      await rawDamage(copy.address, damage);
      return copy;
    }

    test('finds no difference in a sound database', async () => {
      const { code, output } = await verifyCommand(sound);
      assert.equal(code, 0, output);
      assert.match(output, /4 loans verified: no difference/);
    });

    for (const { name, sql, said, restored } of DAMAGES.filter(({ only = kind }) => only === kind)) {
      test(`finds ${name}`, async () => {
        await using database = await damaged(sql(dialect));
        assert.match(await differencesIn(database), said);

        await differencesIn(database, true);
        const left = await differencesIn(database);
        assert.equal(left === '', restored, left);
      });
    }

    test('rebuilds, and finds nothing more after it', async () => {
      const { value } = dialect;
      await using database = await damaged(
        `DELETE FROM book_change WHERE cause = 'reversed';
         UPDATE book_change SET ${value} = ${value} - 7 WHERE cause = 'issued'`,
      );
      const rebuilt = await verifyCommand(database, '--rebuild');
      assert.equal(rebuilt.code, 1, rebuilt.output);
      assert.match(
        rebuilt.output,
        /book, book_change, .*effective on 2017-08-05, .*cause issued: stored − right is -0\.07 in value/,
      );
      assert.match(rebuilt.output, /are rebuilt from the records/);
      const again = await verifyCommand(database);
      assert.equal(again.code, 0, again.output);
    });

    test('tells differences as JSON, one object a line', async () => {
      await using database = await damaged('UPDATE book_change SET volume = volume + 1');
      const { code, output } = await verifyCommand(database, '--json');
      assert.equal(code, 1);
      const lines = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.deepEqual(lines.at(-1), { loans: 4, differences: lines.length - 1, rebuilt: false });
      assert.equal(lines[0]?.['table'], 'book_change');
    });
  });
});
