// What was exported, imported into an empty bank, is the same book to the cent: on either engine and from one to the
// other, whatever the bank that it comes from rounds like.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { bucketEdges } from '../../src/domain/arrears.ts';
import { parseDate } from '../../src/domain/calendar-date.ts';
import { openStore } from '../../src/wiring/engines.ts';
import { ENGINES, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { runJames, startService, temporaryDirectory } from '../support/service.ts';
import { assertSound } from '../support/sound-book.ts';
import { v1Client } from '../support/v1-client.ts';
import { paymentOf, reverseLoan, reversePayment, smallBook } from '../support/v1-steps.ts';

const DATES = [
  '2017-08-04',
  '2017-08-31',
  '2017-10-31',
  '2017-12-31',
  '2018-02-28',
  '2019-06-30',
  '2040-01-01',
];

/** A book with every kind of record, and with references that a CSV file has to mind. */
async function tellBook(url: string): Promise<void> {
  const client = v1Client(url);
  await smallBook(client);
  for (const reference of ['A-1', 'comma, and "quotes"', "it's; a\u00a0ümlaut 🏦", '=1+1', '-', '007']) {
    const loan = await client.loan({ reference, date: '2017-08-31', rate: '0.1234567891', term: 7 });
    await client.paid(loan.id, '2017-09-30', '2017-11-30');
    await paymentOf(client, loan.id, '2017-10-31', { payment: 'missed' });
  }
  const mistaken = await client.loan({ reference: 'mistaken', date: '2017-09-01' });
  await reverseLoan(client, mistaken.id);
  const late = await client.loan({
    reference: 'late',
    rate: '0',
    date: '2017-09-01',
    term: 3,
    amount: '100.00',
  });
  const missed = await paymentOf(client, late.id, '2017-10-01', { payment: 'missed' });
  await paymentOf(client, late.id, '2017-10-28', { replaces: missed });
  await reversePayment(client, await paymentOf(client, late.id, '2017-11-01'));
  // Not yet begun, and paid ahead.
  const ahead = await client.loan({ reference: 'ahead', date: '2039-12-31', term: 2 });
  await client.paid(ahead.id, '2040-01-31', '2039-12-31');
}

/** Columns that name the very record, and what it is known since. */
const OWN = ['id', 'loan_id', 'recorded_at', 'recorded_on', 'reversed_at'];

for (const [from, to] of ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const))) {
  describe(`an export from ${from.name}`, () => {
    let directory: string;
    let source: TestDatabase | undefined;

    before(async () => {
      directory = temporaryDirectory();
      source = await from.freshDatabase();
      // Another rounding than where it goes: the installments of the contracts stay as they are.
      const env = { INSTALLMENT_ROUNDING: 'up' };
      await using service = await startService({ databaseUrl: source.url, env });
      await tellBook(service.url);
    });
    after(async () => {
      await source?.[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    });

    async function james({ url }: TestDatabase, ...args: readonly string[]): Promise<string> {
      const { code, output } = await runJames(args, { env: { DATABASE_URL: url } });
      assert.equal(code, 0, `james ${args.join(' ')}: ${output}`);
      return output;
    }

    async function exported(database: TestDatabase, table: string, name: string): Promise<string> {
      const file = join(directory, `${name}-${table}.csv`);
      await james(database, 'export', table, '--as-of', '9999-12-31', '-o', file);
      return file;
    }

    /** The book at each date, and its ageing. */
    async function booksOf({ address }: TestDatabase): Promise<unknown[]> {
      const store = await openStore(address, { compacts: false });
      try {
        const books: unknown[] = [];
        for (const date of DATES.map((text) => parseDate(text) as number)) {
          books.push(await store.bookAsOf(date, undefined));
          books.push(await store.bookByDueDate(date, undefined, bucketEdges(date, [30, 60, 90])));
        }
        return books;
      } finally {
        await store.close();
      }
    }

    /** The rows of a file by what they say, whichever record it is. */
    function rowsOf(file: string, byId: ReadonlySet<string>): string[] {
      const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
      return rows
        .map((row) => {
          const reference = byId.has(row['reference'] ?? '') ? 'by its id' : row['reference'];
          const kept = Object.entries({ ...row, reference }).filter(([name]) => !OWN.includes(name));
          return JSON.stringify(Object.fromEntries(kept));
        })
        .toSorted();
    }

    function idsIn(file: string): Set<string> {
      const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
      return new Set(rows.filter(({ id, reference }) => id === reference).map(({ id }) => String(id)));
    }

    async function emptyBank(engine: TestEngine): Promise<TestDatabase> {
      const database = await engine.freshDatabase();
      await james(database, 'init-db');
      return database;
    }

    test(`and imported on ${to.name} is the same book`, async () => {
      const old = source as TestDatabase;
      await using target = await emptyBank(to);
      const loans = await exported(old, 'loans', 'old');
      const payments = await exported(old, 'payments', 'old');
      for (const [table, file] of [
        ['loans', loans],
        ['payments', payments],
      ] as const) {
        const report = JSON.parse(await james(target, 'import', table, file, '--json')) as Record<
          string,
          unknown
        >;
        assert.equal(report['rejected'], 0);
        assert.equal(report['accepted'], report['read']);
      }
      assert.deepEqual(await booksOf(target), await booksOf(old));
      await assertSound(target.address);

      const byId = idsIn(loans);
      assert.equal(byId.size, 3);
      const again = await exported(target, 'loans', 'new');
      assert.deepEqual(rowsOf(again, byId), rowsOf(loans, byId));
      const paidAgain = await exported(target, 'payments', 'new');
      assert.deepEqual(rowsOf(paidAgain, byId), rowsOf(payments, byId));
    });

    if (from !== to) return;

    test('has the form that its name or the option says, and goes to standard output without a name', async () => {
      const old = source as TestDatabase;
      const parquet = join(directory, 'book.parquet');
      const told = JSON.parse(await james(old, 'export', 'book', '-o', parquet, '--json')) as Record<
        string,
        unknown
      >;
      const bytes = readFileSync(parquet);
      assert.deepEqual([told['format'], told['file'], told['bytes']], ['parquet', parquet, bytes.length]);
      assert.equal(bytes.subarray(0, 4).toString(), 'PAR1');
      assert.equal(existsSync(`${parquet}.part`), false);
      const output = await james(old, 'export', 'loans', '--format', 'ndjson', '--reference', 'A-1');
      const [line = '', ...rest] = output.trimEnd().split('\n');
      assert.equal((JSON.parse(line) as Record<string, unknown>)['reference'], 'A-1');
      // Beside the file one line of result, and no bar: nobody watches.
      assert.equal(rest.length, 1);
      assert.match(rest[0] ?? '', /^loans: 1 rows as of /);
    });

    test('says what is wrong with what it is asked', async () => {
      for (const [args, message] of [
        [['--as-of', '2017-02-29'], /--as-of: "2017-02-29" is not a calendar date/],
        [['--known-at', '9999-01-01'], /--known-at: must not be after today/],
        [['--days-past-due-min', 'x'], /--days-past-due-min: "x" is not a number of days/],
        [['--format', 'xlsx'], /csv.*ndjson.*parquet/],
        [['-o', join(directory, 'nowhere', 'loans.csv')], /cannot be written/],
      ] as const) {
        const env = { DATABASE_URL: (source as TestDatabase).url };
        const { code, output } = await runJames(['export', 'loans', ...args], { env });
        assert.equal(code, 1, output);
        assert.match(output, message);
      }
    });

    test('leaves no half file behind, and overwrites none', async () => {
      const taken = join(directory, 'taken.csv');
      writeFileSync(taken, 'kept');
      const args = ['export', 'loans', '-o', taken];
      const { code, output } = await runJames(args, { env: { DATABASE_URL: (source as TestDatabase).url } });
      assert.equal(code, 1);
      assert.match(output, /is there already/);
      assert.equal(readFileSync(taken, 'utf8'), 'kept');
    });
  });
}
