// james verify on databases that were damaged by hand, as a faulty disk, a restored half or a meddling hand would leave
// them: each kind of damage is found and named, and --rebuild restores what follows from the records.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { verify } from '../../src/ledger/verify.ts';
import { sqliteAuditor } from '../../src/store/sqlite/sqlite-audit.ts';
import { runJames, sqliteUrl, startService } from '../support/service.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

const directory = mkdtempSync(join(tmpdir(), 'james-verify-'));
const sound = join(directory, 'sound.sqlite');

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
function verifyCommand(file: string, ...options: readonly string[]) {
  return runJames(['verify', ...options], { env: { DATABASE_URL: sqliteUrl(file) } });
}

/** What the command reports, without a process for each of the many damages. */
async function differencesIn(file: string, rebuild = false): Promise<string> {
  const lines: string[] = [];
  await verify({
    auditor: sqliteAuditor(file),
    rebuild,
    onLoanDifference: (loan, difference) => lines.push(`loan ${loan}: ${difference}`),
    onBookDifference: ({ table, key, difference }) =>
      lines.push(`${table}, ${key}: ${difference.valueCents} cents, volume ${difference.volume}`),
    onDatabaseFault: (fault) => lines.push(`database: ${fault}`),
    onProgress: () => undefined,
  });
  return lines.join('\n');
}

/** A copy of the sound database on which `damage` was done behind James's back. */
function damaged(name: string, damage: string): string {
  const file = join(directory, `${name}.sqlite`);
  copyFileSync(sound, file);
  const database = new Database(file);
  database.pragma('foreign_keys = OFF');
  database.pragma('ignore_check_constraints = ON');
  database.exec(damage);
  database.close();
  return file;
}

const STEADY = `(SELECT no FROM loan WHERE reference = 'steady')`;
const LATE = `(SELECT no FROM loan WHERE reference = 'late')`;

/** What is done, what is said of it, and whether it follows from the records, so that --rebuild restores it. */
const DAMAGES: readonly (readonly [name: string, sql: string, said: RegExp, restored: boolean])[] = [
  [
    'a sum of a month',
    'UPDATE book_month SET value_low = value_low + 5',
    /book_month, effective month 2017-08: 5 cents/,
    true,
  ],
  [
    'a row of a day is gone',
    'DELETE FROM book_day WHERE rowid IN (SELECT rowid FROM book_day LIMIT 1)',
    /book_day, effective on/,
    true,
  ],
  [
    'a row of a day and due date',
    'UPDATE book_day_by_due SET volume = volume + 1 WHERE effective_on = (SELECT min(effective_on) FROM book_day_by_due)',
    /book_day_by_due, .*volume 1$/m,
    true,
  ],
  [
    'the sums by month and due date are gone',
    'DELETE FROM book_month_by_due',
    /book_month_by_due, due on/,
    true,
  ],
  [
    'a change under another recorded date',
    `UPDATE book_change SET recorded_on = recorded_on - 1 WHERE cause = 'reversed'`,
    /book_change, recorded on .* cause reversed/,
    true,
  ],
  [
    'a row of the book that nothing made',
    `INSERT INTO book_change VALUES (1, 1, 1, 'paid', 0, 100, 0, 100, 0)`,
    /book_change, recorded on 1970-01-02.*: 100 cents/,
    true,
  ],
  [
    'payments made',
    `UPDATE loan SET payments_made = 2 WHERE reference = 'steady'`,
    /payments made: stored 2, recorded 3/,
    true,
  ],
  [
    'the next due date',
    `UPDATE loan SET next_due_on = next_due_on + 1 WHERE reference = 'steady'`,
    /next due on: stored 2017-12-06, right 2017-12-05/,
    true,
  ],
  [
    'the number of records',
    `UPDATE loan SET record_count = 9 WHERE reference = 'steady'`,
    /records: stored 9, there are 4/,
    true,
  ],
  [
    'a payment is gone',
    `DELETE FROM payment WHERE loan_no = ${STEADY} AND sequence = 3`,
    /record 3 is missing/,
    false,
  ],
  [
    'a made payment turned into a missed one',
    `UPDATE payment SET made = 0 WHERE loan_no = ${STEADY} AND sequence = 2`,
    /payments made: stored 3, recorded 2/,
    true,
  ],
  [
    'a payment before its loan',
    `UPDATE payment SET date = 100 WHERE loan_no = ${STEADY} AND sequence = 2`,
    /cannot have been taken: before-loan/,
    false,
  ],
  [
    'a payment filed under another month',
    `UPDATE payment SET month = month + 40 WHERE loan_no = ${STEADY} AND sequence = 2`,
    /filed under 2021-01/,
    false,
  ],
  [
    'a reversal is gone',
    `DELETE FROM reversal WHERE loan_no = ${LATE}`,
    /is stored as reversed, by the records it is not/,
    false,
  ],
  [
    'a reversed payment counts again',
    'UPDATE payment SET reversal = 0, month = month + 400, reversed_at = NULL, reversed_on = NULL WHERE reversal = 1',
    /is stored as live, by the records it is not/,
    false,
  ],
  [
    'a reversed loan counts again',
    `UPDATE loan SET reversed_at = NULL, reversed_on = NULL WHERE reference = 'mistake'`,
    /the loan is stored as live, by its records it is not/,
    false,
  ],
  [
    'another installment',
    `UPDATE loan SET installment = installment + 1 WHERE reference = 'steady'`,
    /book_change, .*cause issued: -12 cents/,
    true,
  ],
  [
    'a payment of no loan',
    `UPDATE payment SET loan_no = 999 WHERE loan_no = ${STEADY} AND sequence = 4`,
    /a row of payment refers to no row of loan/,
    false,
  ],
  [
    'a value outside its constraint',
    `UPDATE loan SET term = 5000 WHERE reference = 'mistake'`,
    /CHECK constraint failed in loan/,
    false,
  ],
];

describe('james verify', () => {
  before(async () => {
    await using service = await startService({ databaseFile: sound });
    await fillBook(v1Client(service.url));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  test('finds no difference in a sound database', async () => {
    const { code, output } = await verifyCommand(sound);
    assert.equal(code, 0, output);
    assert.match(output, /4 loans verified: no difference/);
  });

  for (const [name, sql, said, restored] of DAMAGES) {
    test(`finds ${name}`, async () => {
      const file = damaged(name.replaceAll(' ', '-'), sql);
      assert.match(await differencesIn(file), said);

      await differencesIn(file, true);
      const left = await differencesIn(file);
      assert.equal(left === '', restored, left);
    });
  }

  test('rebuilds, and finds nothing more after it', async () => {
    const file = damaged('rebuild', 'DELETE FROM book_change; UPDATE book_day SET value_low = value_low - 7');
    const rebuilt = await verifyCommand(file, '--rebuild');
    assert.equal(rebuilt.code, 1, rebuilt.output);
    assert.match(
      rebuilt.output,
      /book, book_day, effective on 2017-08-05: stored − right is -0\.07 in value/,
    );
    assert.match(rebuilt.output, /are rebuilt from the records/);
    const again = await verifyCommand(file);
    assert.equal(again.code, 0, again.output);
  });

  test('tells differences as JSON, one object a line', async () => {
    const file = damaged('json', 'UPDATE book_month SET volume = volume + 1');
    const { code, output } = await verifyCommand(file, '--json');
    assert.equal(code, 1);
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(lines.at(-1), { loans: 4, differences: lines.length - 1, rebuilt: false });
    assert.equal(lines[0]?.['table'], 'book_month');
  });
});
