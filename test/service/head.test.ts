// james head: the hash over all loans as known on a day that has passed. It never changes again, unless somebody changes
// what was recorded; even one who makes all later hashes anew is found out.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateOf, formatDate } from '../../src/domain/calendar-date.ts';
import { issueHash } from '../../src/store/record-chain.ts';
import type { LoanRecord } from '../../src/store/store.ts';
import { openStore } from '../../src/wiring/engines.ts';
import { onEachEngine } from '../support/engines.ts';
import { byReference, issue, issued, pay, recorded, reverse } from '../support/ledger-commands.ts';
import { rawRows } from '../support/raw-sql.ts';
import { runJames } from '../support/service.ts';
import { assertSound } from '../support/sound-book.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);

/** What was recorded on two days, both of which have passed by the command's own clock. */
async function withHistory(ledger: TemporaryLedger): Promise<LoanRecord> {
  const { execute, clock } = ledger;
  const loan = await issued(execute, issue('LC-1'));
  await issued(execute, issue('LC-2'));
  const payment = await recorded(execute, pay(byReference('LC-1'), SEPTEMBER));
  clock.at = noonOf(TODAY + 1);
  await execute([reverse(payment.id)]);
  await issued(execute, issue('LC-3'));
  return loan;
}

const COARSER = ['book_day_by_due', 'book_month_by_due', 'book_day', 'book_month'].map(
  (table) => `CREATE TABLE ${table} (one integer)`,
);

/** Takes back what 0004 did to the tables, as far as it looks at it. */
const BEFORE_THE_LOG = {
  sqlite: [...COARSER, 'DROP TABLE book_log'],
  postgres: [
    ...COARSER,
    'DROP TABLE book_round',
    'ALTER TABLE book_pending DROP COLUMN transaction, ADD COLUMN effective_month integer',
    'ALTER TABLE book_pending ADD PRIMARY KEY (lane, no)',
  ],
} as const;

onEachEngine((engine) => {
  describe('the head of a day', () => {
    interface Head {
      readonly known_at: string;
      readonly loans: number;
      readonly head: string;
      readonly holds?: boolean;
    }

    async function headOf({ database }: TemporaryLedger, date: number, ...options: readonly string[]) {
      const args = ['head', '--date', formatDate(date), '--json', ...options];
      const { code, output } = await runJames(args, { env: { DATABASE_URL: database.url } });
      return { code, ...(JSON.parse(output) as Head) };
    }

    test('is of what was known then, and stays when more is recorded', async () => {
      await using ledger = await temporaryLedger(engine);
      await withHistory(ledger);
      const first = await headOf(ledger, TODAY);
      const second = await headOf(ledger, TODAY + 1);
      assert.deepEqual([first.loans, second.loans], [2, 3]);
      assert.notEqual(first.head, second.head);
      assert.equal((await headOf(ledger, TODAY - 1)).loans, 0);

      // A clock that goes back records nothing on a day whose head is out.
      await ledger.execute([issue('LC-4'), pay(byReference('LC-2'), SEPTEMBER)]);
      assert.deepEqual(await headOf(ledger, TODAY), first);
      assert.deepEqual(await headOf(ledger, TODAY + 1), second);
      const checked = await headOf(ledger, TODAY, '--check', first.head);
      assert.deepEqual([checked.code, checked.holds], [0, true]);
    });

    test('tells of a change that hides from every other check', async () => {
      await using ledger = await temporaryLedger(engine);
      const { address } = ledger.database;
      const loan = await withHistory(ledger);
      const kept = await headOf(ledger, TODAY + 1);
      // The only record of LC-2 is changed, and its hashes are made anew.
      const other = (await ledger.store.loans({ reference: 'LC-2' }, null, 1))?.loans[0] as LoanRecord;
      assert.notEqual(other.id, loan.id);
      const forged = issueHash({ ...other, origin: { ...other.origin, recordedBy: 'somebody else' } });
      const bytes = address.engine === 'sqlite' ? `x'${forged}'` : `'\\x${forged}'`;
      await rawRows(
        address,
        `UPDATE loan SET recorded_by = 'somebody else', hash = ${bytes}, head = ${bytes} WHERE reference = 'LC-2'`,
      );
      await assertSound(address);
      const checked = await headOf(ledger, TODAY + 1, '--check', kept.head);
      assert.deepEqual([checked.code, checked.holds], [1, false]);
    });

    test('is not given for a day that is not over, and bad arguments are named', async () => {
      await using ledger = await temporaryLedger(engine);
      const env = { DATABASE_URL: ledger.database.url };
      const today = await runJames(['head', '--date', '9999-12-31'], { env });
      assert.equal(today.code, 1);
      assert.match(today.output, /--date: 9999-12-31 is not over/);
      assert.match(
        (await runJames(['head', '--date', 'x'], { env })).output,
        /--date: "x" is not a calendar date/,
      );
      assert.match((await runJames(['head', '--check', 'x'], { env })).output, /--check: "x" is not a head/);
    });
  });

  test('a database from before the chain gets it by migration, and is sound', async () => {
    await using ledger = await temporaryLedger(engine, 4, { compacts: false });
    const { address } = ledger.database;
    await withHistory(ledger);
    const before = await ledger.store.loanRecords(
      (await ledger.store.loans({ reference: 'LC-1' }, null, 1))?.loans[0]?.id ?? '',
    );
    for (const table of ['loan', 'payment', 'reversal'])
      await rawRows(address, `ALTER TABLE ${table} DROP COLUMN hash`);
    await rawRows(address, 'ALTER TABLE loan DROP COLUMN head');
    // Nor had it anything that came later.
    for (const table of ['import_reject', 'import_chunk', 'import_lane', 'import'])
      await rawRows(address, `DROP TABLE ${table}`);
    for (const statement of BEFORE_THE_LOG[address.engine]) await rawRows(address, statement);
    await rawRows(address, `DELETE FROM kysely_migration WHERE name >= '0003'`);

    const migrated = await runJames(['migrate'], { env: { DATABASE_URL: ledger.database.url } });
    assert.equal(migrated.code, 0, migrated.output);
    assert.match(migrated.output, /0003-hash-chain.*0004-book-log/s);
    assert.equal(await assertSound(address), 3);
    const store = await openStore(address, { compacts: false });
    assert.deepEqual(await store.loanRecords(before?.loan.id ?? ''), before);
    await store.close();
  });
});
