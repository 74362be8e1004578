// The book as it lies in the database: what each record has added under which dates and cause, and what the log of it
// tells those who keep up with it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateOf } from '../../../../src/domain/calendar-date.ts';
import { sqliteAuditor } from '../../../../src/store/sqlite/sqlite-audit.ts';
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

test('the log tells what was added since a mark, and no longer what was cut from it', async () => {
  await using ledger = await sqliteLedger();
  const { store, execute, file } = ledger;
  await execute([issue('LC-1')]);
  const whole = await store.wholeBook(10);
  assert.ok(whole);
  assert.deepEqual([...whole.points], [TODAY, WORKED_LOAN.date, SEPTEMBER, 0, 102_720, 0, 100_000, 1]);
  assert.equal(await store.wholeBook(0), undefined);

  const line = await store.openBookLine();
  const none = await line.news(whole.mark);
  assert.deepEqual(none, { points: new Float64Array(), mark: whole.mark });
  await execute([pay(byReference('LC-1'), SEPTEMBER)]);
  const news = await line.news(whole.mark);
  assert.ok(news);
  assert.deepEqual(
    [...news.points],
    [
      ...[TODAY, SEPTEMBER, SEPTEMBER, 0, -102_720, 0, -100_000, -1],
      ...[TODAY, SEPTEMBER, OCTOBER, 0, 94_160, 0, 91_856, 1],
    ],
  );
  assert.equal((await line.news(news.mark))?.points.length, 0);

  const connection = openConnection(file, { create: false });
  connection.exec('DELETE FROM book_log WHERE no < (SELECT max(no) FROM book_log)');
  connection.close();
  assert.equal(await line.news(whole.mark), undefined);
  assert.equal((await line.news(news.mark))?.points.length, 0);
  await sqliteAuditor(file).audit({
    rebuild: true,
    visit: ({ loan, nextDueOn }) => ({ changes: [], state: { ...loan, nextDueOn } }),
    onBookDifference: () => undefined,
    onDatabaseFault: (fault) => assert.fail(fault),
  });
  assert.equal(await line.news(news.mark), undefined, 'the book was rebuilt');
  await line.close();
});

test('the log keeps the last 50,000 changes at least, and not many more', async () => {
  await using ledger = await sqliteLedger();
  const marks: string[] = [];
  const line = await ledger.store.openBookLine();
  for (let batch = 0; batch < 8; batch++) {
    const terms = Array.from({ length: 10_000 }, (_, index) => ({ ...WORKED_LOAN, date: index - 100_000 }));
    await ledger.execute(terms.map((some, index) => issue(`${batch}/${index}`, { terms: some })));
    marks.push((await ledger.store.wholeBook(100_000))?.mark ?? '');
  }
  const lengths = await Promise.all(marks.map(async (mark) => (await line.news(mark))?.points.length));
  assert.deepEqual(
    lengths.slice(-6),
    [5, 4, 3, 2, 1, 0].map((batches) => batches * 10_000 * 8),
  );
  assert.equal(lengths[0], undefined);
  const [[rows]] = rowsOf(ledger.file, 'SELECT count(*) FROM book_log') as [[number]];
  assert.ok(rows >= 50_000 && rows <= 60_001, `${rows}`);
});
