// The audit of a database: nothing to report after any history, every damaged row of the book told with its difference,
// and a rebuild that restores each.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths, formatDate, formatMonth, monthOf } from '../../../../src/domain/calendar-date.ts';
import { type Verification, verify } from '../../../../src/ledger/verify.ts';
import { BOOK_KEY, bookKeyText } from '../../../../src/store/book-key.ts';
import { SUM_COLUMNS } from '../../../../src/store/sqlite/book-rows.ts';
import { sqliteAuditor } from '../../../../src/store/sqlite/sqlite-audit.ts';
import { openConnection } from '../../../../src/store/sqlite/sqlite-connection.ts';
import {
  byId,
  byReference,
  issue,
  issued,
  pay,
  recorded,
  reverse,
  reverseLoan,
  WORKED_LOAN,
} from '../../../support/ledger-commands.ts';
import { assertRejectsUnavailable } from '../../../support/store-faults.ts';
import { noonOf, type SqliteLedger, sqliteLedger, TODAY } from '../../../support/temporary-database.ts';

interface Report extends Verification {
  readonly told: unknown[];
}

async function verified({ file }: SqliteLedger, rebuild = false): Promise<Report> {
  const told: unknown[] = [];
  const verification = await verify({
    auditor: sqliteAuditor(file),
    rebuild,
    onLoanDifference: (...difference) => told.push(difference),
    onBookDifference: (difference) => told.push(difference),
    onDatabaseFault: (fault) => told.push(fault),
    onProgress: () => {},
  });
  return { ...verification, told };
}

function onDatabase<Result>(
  { file }: SqliteLedger,
  work: (connection: ReturnType<typeof openConnection>) => Result,
): Result {
  const connection = openConnection(file, { create: false });
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

/** Every row of a table whose sums are not zero: a row of zeros is as good as none. */
function contentOf(ledger: SqliteLedger, table: string): unknown[] {
  const some = SUM_COLUMNS.map((column) => `${column} <> 0`).join(' OR ');
  return onDatabase(ledger, (connection) =>
    connection.prepare(`SELECT * FROM ${table} WHERE ${some}`).safeIntegers().raw().all(),
  );
}

/** Three loans: one with a history of every kind of record over several days, one taken back, one untouched. */
async function withBook(work: (ledger: SqliteLedger, id: string) => Promise<void>): Promise<void> {
  await using ledger = await sqliteLedger();
  const { execute, clock } = ledger;
  const { id } = await issued(execute, issue('LC-1'));
  const mistake = await issued(execute, issue('LC-2'));
  await issued(execute, issue('LC-3'));
  clock.at = noonOf(TODAY + 1);
  for (const month of [3, 1, 2]) await execute([pay(byId(id), addMonths(WORKED_LOAN.date, month))]);
  const missed = pay(byId(id), addMonths(WORKED_LOAN.date, 4), { payment: 'missed' });
  const replaced = await recorded(execute, missed);
  clock.at = noonOf(TODAY + 2);
  const date = addMonths(WORKED_LOAN.date, 4) + 3;
  const again = await recorded(execute, pay(byReference('LC-1'), date, { replaces: replaced.id }));
  await execute([reverse(again.id), reverseLoan(mistake.id), pay(byId(id), date + 1)]);
  await work(ledger, id);
}

test('a sound book has no difference, and a rebuild leaves it as it was', async () => {
  await withBook(async (ledger) => {
    assert.deepEqual(await verified(ledger), { loans: 3, differences: 0, told: [] });
    const before = contentOf(ledger, 'book_change');
    assert.deepEqual(await verified(ledger, true), { loans: 3, differences: 0, told: [] });
    assert.deepEqual(contentOf(ledger, 'book_change'), before);
    assert.deepEqual(await verified(ledger), { loans: 3, differences: 0, told: [] });
  });
});

test('an empty database has no loan and no difference', async () => {
  await using ledger = await sqliteLedger();
  assert.deepEqual(await verified(ledger), { loans: 0, differences: 0, told: [] });
});

test('more loans than one page has are all verified, each once', async () => {
  await using ledger = await sqliteLedger();
  const references = Array.from({ length: 1_001 }, (_, index) => `L${index}`);
  await ledger.execute(references.map((reference) => issue(reference)));
  await ledger.execute([pay(byReference('L500'), TODAY), pay(byReference('L1000'), TODAY)]);
  assert.deepEqual(await verified(ledger), { loans: 1_001, differences: 0, told: [] });
});

test('a damaged row is told with its key and difference, and a rebuild restores it', async () => {
  await withBook(async (ledger) => {
    const table = 'book_change';
    const before = contentOf(ledger, table);
    const key = onDatabase(ledger, (connection) => {
      const where = BOOK_KEY.map((column) => `${column} = :${column}`).join(' AND ');
      const row = connection
        .prepare<[], Record<string, number | string>>(`SELECT ${BOOK_KEY.join(', ')} FROM ${table} LIMIT 1`)
        .get();
      assert.ok(row);
      connection
        .prepare(`UPDATE ${table} SET value_low = value_low + 7, volume = volume - 1 WHERE ${where}`)
        .run(row);
      return bookKeyText(BOOK_KEY.map((column) => row[column]));
    });
    const difference = { valueCents: 7n, principalCents: 0n, volume: -1 };
    const told = [{ table, key, difference }];
    assert.match(key, /^recorded on \d{4}-\d\d-\d\d, effective on [-\d]+, due on [-\d]+, cause issued$/);
    assert.deepEqual(await verified(ledger), { loans: 3, differences: 1, told });
    assert.deepEqual(await verified(ledger, true), { loans: 3, differences: 1, told });
    assert.deepEqual((await verified(ledger)).told, []);
    assert.deepEqual(contentOf(ledger, table), before);
  });
});

test('a row too few and a row too many are differences, and rows of zeros are none', async () => {
  await withBook(async (ledger) => {
    const rows = contentOf(ledger, 'book_change').length;
    onDatabase(ledger, (connection) => connection.exec('DELETE FROM book_change'));
    assert.equal((await verified(ledger)).differences, rows);
    await verified(ledger, true);
    assert.equal(contentOf(ledger, 'book_change').length, rows);
    const insert = (sums: string) =>
      onDatabase(ledger, (connection) => {
        const columns = [...BOOK_KEY, ...SUM_COLUMNS].join(', ');
        connection.exec(`INSERT INTO book_change (${columns}) VALUES (40000, 40000, 40000, 'paid', ${sums})`);
      });
    insert('0, 0, 0, 0, 0');
    assert.deepEqual((await verified(ledger)).told, []);
    await verified(ledger, true);
    // One billion in the low column and minus one in the high one is nothing, too.
    insert('-1, 1000000000, 0, 0, 0');
    assert.deepEqual((await verified(ledger)).told, []);
    await verified(ledger, true);
    insert('0, 0, 0, 1, 0');
    assert.equal((await verified(ledger)).differences, 1);
  });
});

test('a loan’s stored state that its records do not make is told and restored', async () => {
  await withBook(async (ledger, id) => {
    const sound = await ledger.store.loanById(id);
    assert.ok(sound);
    const due = addMonths(WORKED_LOAN.date, sound.paymentsMade + 1);
    onDatabase(ledger, (connection) =>
      connection.exec(
        `UPDATE loan SET payments_made = 3, next_due_on = ${due + 1}, record_count = 99 WHERE reference = 'LC-1'`,
      ),
    );
    const told = [
      [id, `payments made: stored 3, recorded ${sound.paymentsMade}`],
      [id, `records: stored 99, there are ${sound.recordCount}`],
      [id, `next due on: stored ${formatDate(due + 1)}, right ${formatDate(due)}`],
    ];
    assert.deepEqual((await verified(ledger)).told, told);
    assert.deepEqual((await verified(ledger, true)).told, told);
    assert.deepEqual(await verified(ledger), { loans: 3, differences: 0, told: [] });
    assert.deepEqual(await ledger.store.loanById(id), sound);
  });
});

test('a payment that is filed under another month is told', async () => {
  await withBook(async (ledger, id) => {
    const records = await ledger.store.loanRecords(id);
    const first = records?.payments[0];
    assert.ok(first);
    const month = monthOf(first.date);
    onDatabase(ledger, (connection) =>
      connection.exec(`UPDATE payment SET month = ${month - 1} WHERE month = ${month}`),
    );
    const fault = `payment ${first.id} of ${formatDate(first.date)} is filed under ${formatMonth(month - 1)}`;
    assert.deepEqual((await verified(ledger)).told, [[id, fault]]);
  });
});

test('a commit of another connection meanwhile neither waits nor shows: the audit reads one snapshot', async () => {
  await withBook(async (ledger) => {
    const before = contentOf(ledger, 'book_change');
    let loans = 0;
    let rows = 0;
    await sqliteAuditor(ledger.file).audit({
      rebuild: false,
      visit: () => {
        if (loans++ === 0) onDatabase(ledger, (connection) => connection.exec('DELETE FROM book_change'));
        return { changes: [], state: { paymentsMade: 0, nextDueOn: null, recordCount: 1, reversed: null } };
      },
      // Where the records are said to make nothing, every stored row is a difference.
      onBookDifference: () => {
        rows++;
      },
      onDatabaseFault: (fault) => assert.fail(fault),
    });
    assert.ok(before.length > 0);
    assert.equal(rows, before.length);
    assert.deepEqual(contentOf(ledger, 'book_change'), []);
  });
});

test('a database that is not there cannot be verified', async () => {
  await using ledger = await sqliteLedger();
  await assertRejectsUnavailable('unreachable', verified({ ...ledger, file: `${ledger.file}.none` }));
});
