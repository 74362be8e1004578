// A loan and its records as known on a date: what was recorded by then counts, what was taken back by then does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DATE_MAX, dateOf } from '../../src/domain/calendar-date.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byId,
  issued,
  pay,
  recorded,
  reverse,
  reverseLoan,
  WORKED_LOAN,
} from '../support/ledger-commands.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);
const OCTOBER = dateOf(2017, 10, 5);

onEachEngine((engine) => {
  /** On TODAY + 1 a loan; + 2 September's payment; + 3 October's; + 4 September taken back; + 5 October; + 6 the loan. */
  async function withHistory(work: (ledger: TemporaryLedger, id: string) => Promise<void>): Promise<void> {
    await using ledger = await temporaryLedger(engine);
    const { execute, clock } = ledger;
    const on = (days: number) => {
      clock.at = noonOf(TODAY + days);
    };
    on(1);
    const { id } = await issued(execute);
    on(2);
    const september = await recorded(execute, pay(byId(id), SEPTEMBER));
    on(3);
    const october = await recorded(execute, pay(byId(id), OCTOBER));
    on(4);
    await execute([reverse(september.id)]);
    on(5);
    await execute([reverse(october.id)]);
    on(6);
    await execute([reverseLoan(id)]);
    await work(ledger, id);
  }

  test('a loan is known from the day it was recorded on, with the payments that counted then', async () => {
    await withHistory(async ({ store }, id) => {
      const known = async (asOf: number, days: number | undefined) => {
        const found = await store.loanAsOf(id, asOf, days === undefined ? undefined : TODAY + days);
        return found && [found.paymentsMade, found.reversed];
      };
      assert.equal(await known(DATE_MAX, 0), undefined);
      assert.deepEqual(await known(DATE_MAX, 1), [0, false]);
      assert.deepEqual(await known(DATE_MAX, 2), [1, false]);
      assert.deepEqual(await known(DATE_MAX, 3), [2, false]);
      assert.deepEqual(await known(OCTOBER, 3), [2, false]);
      assert.deepEqual(await known(OCTOBER - 1, 3), [1, false]);
      assert.deepEqual(await known(SEPTEMBER - 1, 3), [0, false]);
      assert.deepEqual(await known(DATE_MAX, 4), [1, false]);
      assert.deepEqual(await known(SEPTEMBER, 4), [0, false]);
      assert.deepEqual(await known(DATE_MAX, 5), [0, false]);
      assert.deepEqual(await known(DATE_MAX, 6), [0, true]);
      assert.deepEqual(await known(DATE_MAX, undefined), [0, true]);
      // Taken back is taken back as of any date.
      assert.deepEqual(await known(WORKED_LOAN.date, 6), [0, true]);
    });
  });

  test('the book as known on each of those days has what stood then', async () => {
    await withHistory(async ({ store }) => {
      const value = async (days: number) => (await store.bookAsOf(TODAY, TODAY + days)).valueCents;
      const values = await Promise.all([0, 1, 2, 3, 4, 5, 6].map(value));
      assert.deepEqual(values, [0n, 102_720n, 94_160n, 85_600n, 94_160n, 102_720n, 0n]);
    });
  });

  test('a missed payment and a second record of a month count as what they are', async () => {
    await using ledger = await temporaryLedger(engine);
    const { execute, clock, store } = ledger;
    const { id } = await issued(execute);
    const made = await recorded(execute, pay(byId(id), SEPTEMBER));
    clock.at = noonOf(TODAY + 1);
    const missed = await recorded(
      execute,
      pay(byId(id), SEPTEMBER, { payment: 'missed', replaces: made.id }),
    );
    clock.at = noonOf(TODAY + 2);
    await recorded(execute, pay(byId(id), SEPTEMBER + 9, { replaces: missed.id }));
    const count = async (asOf: number, knownAt: number | undefined) =>
      (await store.loanAsOf(id, asOf, knownAt))?.paymentsMade;
    assert.equal(await count(SEPTEMBER, TODAY), 1);
    assert.equal(await count(SEPTEMBER, TODAY + 1), 0);
    assert.equal(await count(SEPTEMBER + 8, TODAY + 2), 0);
    assert.equal(await count(SEPTEMBER + 9, TODAY + 2), 1);
    assert.equal(await count(SEPTEMBER + 9, undefined), 1);
  });

  test('a payment is found by its id with its loan, also when it was taken back', async () => {
    await using ledger = await temporaryLedger(engine);
    const { execute, store } = ledger;
    const { id } = await issued(execute);
    const payment = await recorded(execute, pay(byId(id), SEPTEMBER));
    assert.deepEqual(await store.paymentById(payment.id), { loan: await store.loanById(id), payment });
    await execute([reverse(payment.id)]);
    assert.deepEqual(await store.paymentById(payment.id), {
      loan: await store.loanById(id),
      payment: { ...payment, reversed: payment.recording },
    });
    assert.equal(await store.paymentById(id), undefined);
  });
}, EVERY_ENGINE);
