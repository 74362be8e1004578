// The book as it lies in the database: what each record has added under which dates and cause, and that the coarser
// tables are the finest one summed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateOf } from '../../../../src/domain/calendar-date.ts';
import { openConnection } from '../../../../src/store/sqlite/sqlite-connection.ts';
import { byReference, issue, pay, WORKED_LOAN } from '../../../support/ledger-commands.ts';
import { noonOf, sqliteLedger, TODAY } from '../../../support/temporary-database.ts';

/** The rows of a query, each as an array. */
function rowsOf(file: string, query: string): unknown[] {
  const connection = openConnection(file, { create: false });
  try {
    return connection.prepare(query).raw().all();
  } finally {
    connection.close();
  }
}

const SEPTEMBER = dateOf(2017, 9, 5);
const OCTOBER = dateOf(2017, 10, 5);

test('each record adds its changes under the day it was recorded, its cause, and its dates', async () => {
  await using ledger = await sqliteLedger();
  await ledger.execute([issue('LC-1'), issue('LC-2')]);
  ledger.clock.at = noonOf(TODAY + 1);
  await ledger.execute([
    pay(byReference('LC-1'), SEPTEMBER),
    pay(byReference('LC-2'), OCTOBER, { payment: 'missed' }),
    pay(byReference('LC-2'), OCTOBER),
  ]);
  const changes = rowsOf(
    ledger.file,
    `SELECT recorded_on, cause, effective_on, due_on, value_high * 1000000000 + value_low,
       principal_high * 1000000000 + principal_low, volume FROM book_change`,
  );
  assert.deepEqual(changes, [
    [TODAY, 'issued', WORKED_LOAN.date, SEPTEMBER, 205_440, 200_000, 2],
    [TODAY + 1, 'paid', SEPTEMBER, SEPTEMBER, -102_720, -100_000, -1],
    [TODAY + 1, 'paid', SEPTEMBER, OCTOBER, 94_160, 91_856, 1],
  ]);
});

test('a backdated payment adds its difference under today, and leaves what was recorded before', async () => {
  await using ledger = await sqliteLedger();
  await ledger.execute([issue('LC-1'), pay(byReference('LC-1'), OCTOBER)]);
  const before = rowsOf(ledger.file, 'SELECT * FROM book_change');
  ledger.clock.at = noonOf(TODAY + 1);
  await ledger.execute([pay(byReference('LC-1'), SEPTEMBER)]);
  assert.deepEqual(rowsOf(ledger.file, `SELECT * FROM book_change WHERE recorded_on <= ${TODAY}`), before);
  const added = rowsOf(
    ledger.file,
    `SELECT cause, effective_on, due_on, value_low FROM book_change WHERE recorded_on > ${TODAY}`,
  );
  assert.deepEqual(added, [
    ['paid', SEPTEMBER, SEPTEMBER, -102_720],
    ['paid', SEPTEMBER, OCTOBER, 94_160],
    ['paid', OCTOBER, SEPTEMBER, 102_720],
    ['paid', OCTOBER, OCTOBER, -188_320],
    ['paid', OCTOBER, dateOf(2017, 11, 5), 85_600],
  ]);
});

test('the coarser tables are the finest one summed', async () => {
  await using ledger = await sqliteLedger();
  const amountCents = 999_999_999_999_999n;
  for (let batch = 0; batch < 6; batch++) {
    ledger.clock.at = noonOf(TODAY + batch);
    const terms = {
      ...WORKED_LOAN,
      amountCents,
      installmentCents: 90_000_000_000_000n + BigInt(batch),
      date: WORKED_LOAN.date + 9 * batch,
    };
    const references = Array.from({ length: 8 }, (_, index) => `${batch}/${index}`);
    await ledger.execute([
      ...references.map((reference) => issue(reference, { terms })),
      ...references.map((reference, index) => pay(byReference(reference), terms.date + 31 + 3 * index)),
      ...references.map((reference, index) => pay(byReference(reference), terms.date + 3 * (index % 3))),
    ]);
  }
  const month = `CAST(strftime('%Y', effective_on * 86400, 'unixepoch') AS INTEGER) * 12
    + CAST(strftime('%m', effective_on * 86400, 'unixepoch') AS INTEGER) - 1`;
  // As text: these pass 2^53.
  const columns = ['value', 'principal'].map(
    (kind) => `CAST(sum(${kind}_high) * 1000000000 + sum(${kind}_low) AS TEXT)`,
  );
  const sums = `${columns.join(', ')}, sum(volume)`;
  const some = `HAVING sum(value_high) <> 0 OR sum(value_low) <> 0 OR sum(volume) <> 0`;
  const grains = [
    ['book_day', 'effective_on', 'effective_on'],
    ['book_month', 'effective_month', month],
    ['book_day_by_due', 'effective_on, due_on', 'effective_on, due_on'],
    ['book_month_by_due', 'effective_month, due_on', `${month}, due_on`],
  ] as const;
  for (const [table, key, fromDay] of grains) {
    const stored = rowsOf(
      ledger.file,
      `SELECT ${key}, ${sums} FROM ${table} GROUP BY ${key} ${some} ORDER BY 1, 2`,
    );
    const summed = rowsOf(
      ledger.file,
      `SELECT ${fromDay}, ${sums} FROM book_change GROUP BY ${fromDay} ${some} ORDER BY 1, 2`,
    );
    assert.ok(summed.length > 1);
    assert.deepEqual(stored, summed, table);
  }
});
