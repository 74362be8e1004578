// Calendar arithmetic over every day from 0001-01-01 to 9999-12-31, with Temporal.PlainDate as the second opinion.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addMonths,
  DATE_MAX,
  DATE_MIN,
  dateOf,
  datePartsOf,
  formatDate,
  formatMonth,
  monthEnd,
  monthOf,
  monthStart,
  parseDate,
  parseMonth,
} from '../../../src/domain/calendar-date.ts';
import { dates } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const EPOCH = Temporal.PlainDate.from('1970-01-01');

function plainOf(date: number): Temporal.PlainDate {
  return EPOCH.add({ days: date });
}

function numberOf(plain: Temporal.PlainDate): number {
  return EPOCH.until(plain, { largestUnit: 'day' }).days;
}

/** Cheaper than an assertion of node:assert, of which the whole range would need millions. */
function must(condition: boolean, what: string, at: number): void {
  if (!condition) assert.fail(`${what} at day ${at}`);
}

test('day numbers count days from 1970-01-01', () => {
  assert.equal(dateOf(1970, 1, 1), 0);
  assert.equal(dateOf(1969, 12, 31), -1);
  assert.equal(dateOf(2017, 8, 5), 17_383);
  assert.equal(DATE_MIN, -719_162);
  assert.equal(DATE_MAX, 2_932_896);
  assert.equal(formatDate(DATE_MIN), '0001-01-01');
  assert.equal(formatDate(DATE_MAX), '9999-12-31');
});

test('every day of the range has its own number, one more than the day before, and its parts back', () => {
  let date = DATE_MIN;
  for (let year = 1; year <= 9999; year++) {
    // Temporal says how long each month is; days are then counted one by one.
    const start = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    const leap = start.inLeapYear;
    must(numberOf(start) === date, 'new year', date);
    for (let month = 1; month <= 12; month++) {
      const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
      for (let day = 1; day <= days; day++) {
        must(dateOf(year, month, day) === date, 'dateOf', date);
        const parts = datePartsOf(date);
        must(parts.year === year && parts.month === month && parts.day === day, 'datePartsOf', date);
        date++;
      }
    }
  }
  assert.equal(date - 1, DATE_MAX);
});

test('every month of the range begins and ends where Temporal says', () => {
  for (let month = 12; month < 10_000 * 12; month++) {
    const plain = Temporal.PlainYearMonth.from({ year: Math.floor(month / 12), month: (month % 12) + 1 });
    const start = monthStart(month);
    must(numberOf(plain.toPlainDate({ day: 1 })) === start, 'monthStart', start);
    must(monthEnd(month) === start + plain.daysInMonth - 1, 'monthEnd', start);
    must(monthOf(start) === month && monthOf(monthEnd(month)) === month, 'monthOf', start);
    must(formatMonth(month) === plain.toString(), 'formatMonth', start);
    must(parseMonth(plain.toString()) === month, 'parseMonth', start);
  }
});

test('a date is written as Temporal writes it', () => {
  fc.assert(
    fc.property(dates, (date) => {
      assert.equal(formatDate(date), plainOf(date).toString());
    }),
    { numRuns: 500 },
  );
});

describe('adding months', () => {
  test('keeps the day or takes the last of the month, as Temporal does', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -1200, max: 1200 }), (date, months) => {
        const expected = plainOf(date).add({ months });
        fc.pre(expected.year >= 1 && expected.year <= 9999);
        assert.equal(formatDate(addMonths(date, months)), expected.toString());
      }),
      { numRuns: 2_000 },
    );
  });

  test('agrees for every day of five years and every count up to four years', () => {
    for (let date = dateOf(2019, 3, 1); date < dateOf(2024, 3, 1); date += 1) {
      const { day } = datePartsOf(date);
      // Only the ends of months can differ from the plain case.
      if (day > 1 && day < 28) continue;
      const plain = plainOf(date);
      for (let months = 1; months <= 48; months++) {
        must(addMonths(date, months) === numberOf(plain.add({ months })), `addMonths ${months}`, date);
      }
    }
  });

  test('counted from one date never drifts: the 31st is back after each short month', () => {
    const from = dateOf(2023, 1, 31);
    const dues = Array.from({ length: 14 }, (_, index) => formatDate(addMonths(from, index + 1)));
    assert.deepEqual(
      dues,
      '2023-02-28 2023-03-31 2023-04-30 2023-05-31 2023-06-30 2023-07-31 2023-08-31 2023-09-30 2023-10-31 2023-11-30 2023-12-31 2024-01-31 2024-02-29 2024-03-31'.split(
        ' ',
      ),
    );
  });

  test('may lead past the last date, which tells a caller that the term is too long', () => {
    assert.equal(addMonths(dateOf(9999, 12, 1), 1), DATE_MAX + 1);
    assert.ok(addMonths(DATE_MAX, 1200) > DATE_MAX);
  });
});

describe('reading a date', () => {
  const day = dateOf(2017, 8, 5);

  test('takes each form of the contract, and the date as written', () => {
    const behind = ['', ' 02:18', 'T02:18', ' 02:18Z', 'T02:18Z', 'T02:18:59', 'T02:18:59Z', 'T02:18:59.1Z'];
    behind.push(
      'T02:18:59.123456789012',
      ' 00:00',
      'T23:59:59.999+23:59',
      'T23:30:00-05:00',
      'T23:30:00-0500',
    );
    behind.push('T23:30+14:00', ' 23:30-1200', 'T00:00:00+00:00', 'T00:00-00:00', ' 02:18:59.000-0330');
    for (const rest of behind) assert.equal(parseDate(`2017-08-05${rest}`), day, rest);
  });

  test('refuses all else', () => {
    const texts = [
      '',
      '201708',
      '20170805',
      '05/08/2017',
      '2017/08/05',
      '2017-8-5',
      '17-08-05',
      '2017-08',
      '2017',
    ];
    texts.push('02017-08-05', '+002017-08-05', '-2017-08-05', '2017-08-05 ', ' 2017-08-05', '2017-08-05\n');
    texts.push('2017-08-05T', '2017-08-05 02', '2017-08-05T02:1', '2017-08-05  02:18', '2017-08-05\t02:18');
    texts.push(
      '2017-08-05t02:18',
      '2017-08-05T02:18z',
      '2017-08-05T24:00',
      '2017-08-05T02:60',
      '2017-08-05T02:18:60',
    );
    texts.push('2017-08-05T02:18:', '2017-08-05T02:18:59.', '2017-08-05T02:18:59,5', '2017-08-05T02:18 Z');
    texts.push(
      '2017-08-05T02:18+05',
      '2017-08-05T02:18+5:00',
      '2017-08-05T02:18+24:00',
      '2017-08-05T02:18+05:60',
    );
    texts.push(
      '2017-08-05T02:18+05:00Z',
      '2017-08-05T02:18ZZ',
      '2017-08-05T02:18[UTC]',
      '2017-08-05Z',
      '2017-08-05+01:00',
    );
    texts.push('2017-W31-6', '2017-217', '２０１７-08-05', '2017‐08‐05', 'today', 'null', '2017-08-05\u0000');
    for (const text of texts) assert.equal(parseDate(text), undefined, JSON.stringify(text));
  });

  test('refuses days that are not in the calendar', () => {
    const texts = [
      '0000-01-01',
      '0000-12-31',
      '2017-00-05',
      '2017-13-05',
      '2017-08-00',
      '2017-08-32',
      '2017-04-31',
    ];
    texts.push(
      '2017-02-29',
      '1900-02-29',
      '2100-02-29',
      '2016-02-30',
      '2017-06-31',
      '2017-09-31',
      '2017-11-31',
    );
    for (const text of texts) assert.equal(parseDate(text), undefined, text);
    for (const text of ['2016-02-29', '2000-02-29', '0001-01-01', '0004-02-29', '9999-12-31']) {
      assert.notEqual(parseDate(text), undefined, text);
    }
  });

  test('agrees with Temporal on which year, month and day exist', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(number(9999), number(13), number(32), (year, month, date) => {
        const text = `${`${year}`.padStart(4, '0')}-${`${month}`.padStart(2, '0')}-${`${date}`.padStart(2, '0')}`;
        let expected: number | undefined;
        try {
          expected = numberOf(Temporal.PlainDate.from(text));
        } catch {
          expected = undefined;
        }
        assert.equal(parseDate(text), year === 0 ? undefined : expected, text);
      }),
      { numRuns: 1_000 },
    );
  });

  test('gives back every date that is written, with any time and offset behind it', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((value) => `${value}`.padStart(2, '0'));
    const time = fc
      .tuple(
        fc.constantFrom(' ', 'T'),
        two(23),
        two(59),
        fc.option(fc.tuple(two(59), fc.option(fc.stringMatching(/^\d{1,12}$/)))),
        fc.oneof(
          fc.constantFrom('', 'Z'),
          fc
            .tuple(fc.constantFrom('+', '-'), two(23), fc.constantFrom(':', ''), two(59))
            .map((parts) => parts.join('')),
        ),
      )
      .map(([gap, hour, minute, seconds, zone]) => {
        const fraction = seconds?.[1] ? `.${seconds[1]}` : '';
        return `${gap}${hour}:${minute}${seconds === null ? '' : `:${seconds[0]}${fraction}`}${zone}`;
      });
    fc.assert(
      fc.property(dates, fc.option(time, { nil: '' }), (date, rest) => {
        assert.equal(parseDate(`${formatDate(date)}${rest}`), date);
      }),
      { numRuns: 500 },
    );
  });
});
