// The oracle against figures that DOMAIN.md works out, and against hand-counted days:
// a yardstick that is wrong would make every comparison with it worthless.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installmentExactly, principalLeft, readCents, readRatio, roundDown, writeCents } from './annuity.ts';
import { bookAsOf, readLoans } from './book.ts';
import { dayNumber, monthsLater, readDay, writeDay } from './calendar.ts';
import { csvFields, parseCsv, writeCsv } from './csv-file.ts';

const installment = (amount: string, rate: string, term: number) =>
  writeCents(roundDown(installmentExactly(readCents(amount), readRatio(rate), term)));

test('installments are those that DOMAIN.md works out', () => {
  assert.equal(installment('1000', '0.05', 12), '85.60');
  assert.equal(installment('1000', '0.05', 24), '43.87');
  assert.equal(installment('1000', '0.05', 6), '169.10');
  assert.equal(installment('123456789012.34', '0.05', 12), '10568824817.03');
  assert.equal(installment('100.00', '0', 3), '33.33');
});

test('the principal left starts at the amount, follows the published schedule and ends at zero', () => {
  const left = (k: number) => writeCents(principalLeft(100000n, readRatio('0.05'), 12, k));
  assert.deepEqual([left(0), left(1), left(12)], ['1000.00', '918.56', '0.00']);
  assert.equal(writeCents(principalLeft(10000n, readRatio('0'), 3, 1)), '66.67');
});

test('due dates are clamped to the end of the month and counted from the origination date', () => {
  const due = [1, 2, 3, 12, 13].map((k) => writeDay(monthsLater(readDay('2023-01-31'), k)));
  assert.deepEqual(due, ['2023-02-28', '2023-03-31', '2023-04-30', '2024-01-31', '2024-02-29']);
});

test('day numbers agree with those of Date', () => {
  const epoch = dayNumber(readDay('1970-01-01'));
  for (const text of ['1900-02-28', '1900-03-01', '2000-02-29', '2011-12-31', '2100-03-01', '9999-12-31']) {
    assert.equal(dayNumber(readDay(text)) - epoch, Date.parse(`${text}T00:00:00Z`) / 86_400_000, text);
  }
});

const LOAN = { reference: 'A', amount: '1000', term: '12', rate: '0.05', date: '2017-08-05' };
const made = (date: string) => ({ reference: 'A', payment: 'made', date, amount: '85.60' });

test('the worked example of DOMAIN.md section 7 has its values, and a missed payment changes nothing', () => {
  const loans = readLoans([LOAN], [made('2017-10-05'), { ...made('2017-09-05'), payment: 'missed' }]);
  assert.deepEqual(bookAsOf(loans, '2017-08-04').total, { value: '0.00', principal: '0.00', volume: 0 });
  assert.deepEqual(bookAsOf(loans, '2017-08-05').total, {
    value: '1027.20',
    principal: '1000.00',
    volume: 1,
  });
  assert.equal(bookAsOf(loans, '2017-10-04').total.value, '1027.20');
  assert.equal(bookAsOf(loans, '2017-10-05').total.value, '941.60');
});

test('a loan moves through the ageing buckets on the days hand-counted from its due date', () => {
  const loans = readLoans([LOAN], []);
  const bucketOn = (asOf: string) => bookAsOf(loans, asOf).buckets.findIndex(({ volume }) => volume === 1);
  const days = ['09-05', '09-06', '10-05', '10-06', '11-04', '11-05', '12-04', '12-05'];
  assert.deepEqual(
    days.map((day) => bucketOn(`2017-${day}`)),
    [0, 1, 1, 2, 2, 3, 3, 4],
  );
});

test('PAR counts loans more than its days past due, and has no ratio over an empty book', () => {
  const loans = readLoans([LOAN, { ...LOAN, reference: 'B', amount: '2000', date: '2017-09-05' }], []);
  assert.deepEqual(bookAsOf(loans, '2017-10-06').par[0], {
    days: 30,
    principal: '1000.00',
    of: '3000.00',
    ratio: '0.333333',
  });
  assert.equal(bookAsOf(loans, '2017-08-01').par[0]?.ratio, null);
});

test('quoted fields of a CSV file are read as they were written', () => {
  assert.deepEqual(csvFields('a,"b, ""c""",'), ['a', 'b, "c"', '']);
  const rows = [{ x: 'one, two', y: '"' }];
  assert.deepEqual(parseCsv(writeCsv(['x', 'y'], rows)).rows, rows);
});
