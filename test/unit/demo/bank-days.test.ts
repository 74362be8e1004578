// A made-up bank before anything of it is recorded: the same plan makes the same days, and the shares are those asked for.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bankDays, FIRST_REFERENCE } from '../../../src/demo/bank-days.ts';
import type { BankEvent } from '../../../src/demo/bank-events.ts';
import { type BankPlan, RECORDING_SHARES } from '../../../src/demo/bank-plan.ts';
import { isWorkingDay } from '../../../src/demo/working-days.ts';
import { dateOf, datePartsOf, monthOf } from '../../../src/domain/calendar-date.ts';

const PLAN: BankPlan = {
  seed: 5,
  loans: 2_000,
  from: dateOf(2015, 7, 1),
  until: dateOf(2025, 6, 30),
  minorDigits: 2,
  shares: RECORDING_SHARES,
};

interface Dated {
  readonly on: number;
  readonly event: BankEvent;
}

function eventsOf(plan: BankPlan): Dated[] {
  return [...bankDays(plan)].flatMap(({ date, events }) => events.map((event) => ({ on: date, event })));
}

const events = eventsOf(PLAN);
const paid = events.flatMap(({ on, event }) =>
  event.kind === 'payment' && event.payment === 'made' ? [{ on, ...event }] : [],
);

/** Asserts a share of the paid records, to a quarter of it. */
function assertShare(count: number, share: number, what: string): void {
  const found = count / paid.length;
  assert.ok(Math.abs(found - share) < share / 4, `${what}: ${found} in place of ${share}`);
}

describe('a made-up bank', () => {
  test('is the same for the same plan, and another for another seed', () => {
    assert.deepEqual(eventsOf(PLAN), events);
    assert.notDeepEqual(eventsOf({ ...PLAN, seed: 6 }), events);
  });

  test('issues as many loans as planned, numbered from the first on, over all its years', () => {
    const issued = events.flatMap(({ on, event }) => (event.kind === 'issue' ? [{ on, ...event }] : []));
    assert.equal(issued.length, PLAN.loans);
    assert.equal(issued[0]?.reference, FIRST_REFERENCE);
    assert.equal(new Set(issued.map(({ reference }) => reference)).size, PLAN.loans);
    for (const { on, request } of issued) assert.equal(request.date, on);
    const years = Map.groupBy(issued, ({ on }) => datePartsOf(on).year);
    assert.equal(years.size, 11);
    const months = Map.groupBy(issued, ({ on }) => datePartsOf(on).month);
    const inMonth = (month: number) => months.get(month)?.length ?? 0;
    assert.ok(inMonth(11) > inMonth(1), 'more is lent before Christmas than after it');
  });

  test('records on working days only, in order, and nothing before it happened', () => {
    let last = PLAN.from;
    for (const { on, event } of events) {
      assert.ok(isWorkingDay(on) && on >= last && on <= PLAN.until);
      last = on;
      if (event.kind === 'payment') assert.ok(event.date <= on, JSON.stringify(event.date));
    }
  });

  test('learns of some payments days late, of some months late, and takes some back', () => {
    const late = paid.map(({ on, date }) => on - date);
    assertShare(late.filter((days) => days >= 30).length, RECORDING_SHARES.monthsLate, 'months late');
    const reversed = events.filter(({ event }) => event.kind === 'payment-reversal').length;
    assertShare(reversed, RECORDING_SHARES.reversed, 'reversed');
    const someDays = late.filter((days) => days > 2 && days < 30).length;
    assert.ok(someDays > 0 && someDays < paid.length * RECORDING_SHARES.daysLate);
    assert.ok(events.some(({ event }) => event.kind === 'loan-reversal'));
  });

  test('takes the shares as they are asked for', () => {
    const shares = { daysLate: 0, monthsLate: 0, reversed: 0, loansReversed: 0 };
    const orderly = eventsOf({ ...PLAN, shares });
    assert.ok(
      !orderly.some(({ event }) => event.kind === 'payment-reversal' || event.kind === 'loan-reversal'),
    );
    const allLate = eventsOf({ ...PLAN, shares: { ...shares, monthsLate: 1 } });
    for (const { on, event } of allLate) {
      if (event.kind === 'payment' && event.payment === 'made' && event.fate === 'stands')
        assert.ok(on - event.date >= 30);
    }
  });

  test('holds one live record a loan and month, and never more payments than the term', () => {
    const terms = new Map<string, number>();
    const live = new Map<string, Map<number, string>>();
    for (const { event } of events) {
      if (event.kind === 'issue') terms.set(event.reference, event.request.term);
      const records = live.get(event.reference) ?? new Map<number, string>();
      live.set(event.reference, records);
      if (event.kind === 'payment-reversal') assert.ok(records.delete(monthOf(event.date)));
      if (event.kind !== 'payment') continue;
      assert.equal(records.has(monthOf(event.date)), event.fate === 'replaces');
      records.set(monthOf(event.date), event.payment);
      const made = [...records.values()].filter((payment) => payment === 'made').length;
      assert.ok(made <= (terms.get(event.reference) ?? 0));
    }
  });
});
