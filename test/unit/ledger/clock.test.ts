// The bank's date at an instant, against Temporal asked afresh each time: the remembered day must never show.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatDate } from '../../../src/domain/calendar-date.ts';
import { datesIn, systemClock } from '../../../src/ledger/clock.ts';
import { fc } from '../../support/properties.ts';

/** One clock for all instants, which are read as UTC: what it says at each. */
function datesAt(timeZone: string, instants: readonly string[]): string[] {
  const dateAt = datesIn(timeZone);
  return instants.map((instant) => formatDate(dateAt(Temporal.Instant.from(instant).epochMilliseconds)));
}

function expectedDate(timeZone: string, at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

describe('the date', () => {
  test('changes at midnight of the zone, to the millisecond', () => {
    const instants = ['2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.001Z'];
    assert.deepEqual(datesAt('UTC', instants), ['2026-11-22', '2026-11-23', '2026-11-23']);
    const evening = ['2026-11-23T04:59:59.999Z', '2026-11-23T05:00:00.000Z'];
    assert.deepEqual(datesAt('America/New_York', evening), ['2026-11-22', '2026-11-23']);
  });

  test('is another one far east and far west at one instant', () => {
    const instant = ['2026-11-22T10:30:00Z'];
    assert.deepEqual(datesAt('Pacific/Kiritimati', instant), ['2026-11-23']);
    assert.deepEqual(datesAt('UTC', instant), ['2026-11-22']);
    assert.deepEqual(datesAt('Etc/GMT+12', instant), ['2026-11-21']);
  });

  test('changes where the offset has odd minutes', () => {
    const kathmandu = ['2026-11-22T18:14:59Z', '2026-11-22T18:15:00Z'];
    assert.deepEqual(datesAt('Asia/Kathmandu', kathmandu), ['2026-11-22', '2026-11-23']);
  });

  test('goes back with a clock that goes back', () => {
    const instants = [
      '2026-11-23T00:00:00Z',
      '2026-11-22T23:59:59Z',
      '2026-11-23T00:00:01Z',
      '2020-01-01T12:00:00Z',
    ];
    assert.deepEqual(datesAt('UTC', instants), ['2026-11-23', '2026-11-22', '2026-11-23', '2020-01-01']);
  });

  test('is right before 1970 and at instant 0', () => {
    const instants = ['1970-01-01T00:00:00Z', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00Z'];
    assert.deepEqual(datesAt('UTC', instants), ['1970-01-01', '1969-12-31', '1970-01-01']);
  });
});

describe('a change of the clocks', () => {
  test('makes a day of 23 or 25 hours and moves no date', () => {
    const spring = ['2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'];
    assert.deepEqual(datesAt('Europe/Berlin', spring), ['2026-03-29', '2026-03-29', '2026-03-30']);
    const autumn = ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'];
    assert.deepEqual(datesAt('Europe/Berlin', autumn), ['2026-10-25', '2026-10-25', '2026-10-26']);
  });

  test('at midnight skips or repeats an hour and no day', () => {
    // Santiago springs from 24:00 to 01:00, and falls from 24:00 to 23:00.
    const spring = [
      '2026-09-06T03:59:59Z',
      '2026-09-06T04:00:00Z',
      '2026-09-07T02:59:59Z',
      '2026-09-07T03:00:00Z',
    ];
    assert.deepEqual(datesAt('America/Santiago', spring), [
      '2026-09-05',
      '2026-09-06',
      '2026-09-06',
      '2026-09-07',
    ]);
    const autumn = [
      '2026-04-05T02:59:59Z',
      '2026-04-05T03:00:00Z',
      '2026-04-05T03:59:59Z',
      '2026-04-05T04:00:00Z',
    ];
    assert.deepEqual(datesAt('America/Santiago', autumn), [
      '2026-04-04',
      '2026-04-04',
      '2026-04-04',
      '2026-04-05',
    ]);
  });

  test('over the date line leaves a day out', () => {
    // Samoa had no 30 December 2011.
    const instants = [
      '2011-12-30T09:59:59Z',
      '2011-12-30T10:00:00Z',
      '2011-12-31T09:59:59Z',
      '2011-12-31T10:00:00Z',
    ];
    assert.deepEqual(datesAt('Pacific/Apia', instants), [
      '2011-12-29',
      '2011-12-31',
      '2011-12-31',
      '2012-01-01',
    ]);
  });
});

test('one clock asked at any instants in any order says what Temporal says of each', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Africa/Cairo',
    'Atlantic/Azores',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/Nuuk',
  );
  const from = Date.UTC(2012, 0, 1);
  const hour = 3_600_000;
  // Steps of hours around a moving instant, now and then a leap: what the remembered day is most likely to get wrong.
  const walks = fc.tuple(
    fc.integer({ min: 0, max: 40 * 365 * 24 }),
    fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -9_000, max: 9_000 })), {
      minLength: 1,
      maxLength: 60,
    }),
    fc.constantFrom(0, -1, 1, 1_799_999),
  );
  fc.assert(
    fc.property(zones, walks, (timeZone, [start, steps, offset]) => {
      const dateAt = datesIn(timeZone);
      let at = from + start * hour + offset;
      for (const step of steps) {
        at += step * hour;
        assert.equal(formatDate(dateAt(at)), expectedDate(timeZone, at));
      }
    }),
    { numRuns: 200 },
  );
});

test('the system clock is the machine’s', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_795_000_000_123 });
  assert.equal(systemClock(), 1_795_000_000_123);
});
