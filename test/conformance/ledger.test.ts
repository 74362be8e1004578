// The use cases together, on a real database: quote, issue, pay, and the questions about one loan and the book.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateOf } from '../../src/domain/calendar-date.ts';
import { datesIn } from '../../src/ledger/clock.ts';
import { laneExecutor } from '../../src/ledger/execute-batch.ts';
import { newId } from '../../src/ledger/ids.ts';
import { Ledger } from '../../src/ledger/ledger.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import { ORIGIN, WORKED_LOAN, words } from '../support/ledger-commands.ts';
import { BANK, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

function ledgerOn({ store, clock }: TemporaryLedger): Ledger {
  const parts = { store, clock: () => clock.at, dateAt: datesIn(BANK.timeZone) };
  return new Ledger({ ...parts, execute: laneExecutor({ ...parts, newId }), rounding: 'half-up' });
}

const { installmentCents, ...QUOTED } = WORKED_LOAN;
const REQUEST = { ...QUOTED, contractualInstallmentCents: installmentCents };

onEachEngine((engine) => {
  /** The worked loan issued on its terms, with its first payment made. */
  async function withWorkedLoan(work: (ledger: Ledger, id: string) => Promise<void>): Promise<void> {
    await using database = await temporaryLedger(engine);
    const ledger = ledgerOn(database);
    const { outcome } = await ledger.issueLoan(REQUEST, 'LC-1', { origin: ORIGIN });
    assert.ok(outcome.kind === 'issued');
    const { id } = outcome.loan;
    const paid = await ledger.recordPayment({
      loan: { by: 'id', id },
      payment: 'made',
      date: dateOf(2017, 9, 5),
      origin: ORIGIN,
    });
    assert.deepEqual(words([paid]), ['recorded']);
    await work(ledger, id);
  }

  test('a quote rounds as the bank does and records nothing', async () => {
    await using database = await temporaryLedger(engine);
    const ledger = ledgerOn(database);
    assert.deepEqual(ledger.quote(QUOTED), { ok: true, terms: { ...QUOTED, installmentCents: 8_561n } });
    assert.equal((await ledger.outstanding(TODAY)).volume, 0);
  });

  test('today is the bank’s date at the clock', async () => {
    await using database = await temporaryLedger(engine);
    assert.equal(ledgerOn(database).today(), TODAY);
  });

  describe('the balance', () => {
    test('is the loan’s as of the date', async () => {
      await withWorkedLoan(async (ledger, id) => {
        const answer = await ledger.balance(id, dateOf(2017, 9, 4));
        assert.ok(answer.kind === 'balance');
        assert.equal(answer.balance.valueCents, 102_720n);
        const later = await ledger.balance(id, dateOf(2017, 10, 6));
        assert.ok(later.kind === 'balance');
        assert.equal(later.balance.valueCents, 94_160n);
        assert.equal(later.balance.daysPastDue, 1);
      });
    });

    test('before the loan’s date, and of no loan, is none', async () => {
      await withWorkedLoan(async (ledger, id) => {
        const early = await ledger.balance(id, WORKED_LOAN.date - 1);
        assert.deepEqual(early, { kind: 'before-loan', loanDate: WORKED_LOAN.date });
        assert.equal((await ledger.balance(id, WORKED_LOAN.date)).kind, 'balance');
        assert.deepEqual(await ledger.balance(newId(), TODAY), { kind: 'unknown-loan' });
        assert.equal(await ledger.loan(newId()), undefined);
        assert.equal((await ledger.loan(id))?.paymentsMade, 1);
      });
    });
  });

  test('a second loan of a reference and a second payment of a month are refused', async () => {
    await withWorkedLoan(async (ledger, id) => {
      assert.deepEqual(await ledger.issueLoan(REQUEST, 'LC-1', { origin: ORIGIN }), {
        outcome: { kind: 'reference-taken', by: id },
        replayOf: null,
      });
      const again = {
        loan: { by: 'id', id },
        payment: 'made',
        date: dateOf(2017, 9, 5),
        origin: ORIGIN,
      } as const;
      assert.deepEqual(words([await ledger.recordPayment(again)]), ['refused duplicate']);
      await ledger.settled();
    });
  });

  test('arrears are aged by the bounds that are asked for', async () => {
    await withWorkedLoan(async (ledger) => {
      // Due 2017-10-05, 26 days past due.
      const { buckets, par, total } = await ledger.arrears(dateOf(2017, 10, 31), [25, 26]);
      assert.deepEqual(
        buckets.map(({ daysFrom, daysTo, volume }) => [daysFrom, daysTo, volume]),
        [
          [0, 0, 0],
          [1, 25, 0],
          [26, 26, 1],
          [27, null, 0],
        ],
      );
      assert.equal(total.principalCents, 91_856n);
      assert.deepEqual(
        par.map(({ ratioMillionths }) => ratioMillionths),
        [1_000_000n, 0n],
      );
      await ledger.ready();
    });
  });
}, EVERY_ENGINE);
