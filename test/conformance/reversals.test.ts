// Reversals and replacements on a real database: what is taken back no longer counts, and a replacement is both of its
// halves or neither.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bucketEdges } from '../../src/domain/arrears.ts';
import { NO_SUMS } from '../../src/domain/book.ts';
import { dateOf } from '../../src/domain/calendar-date.ts';
import { newId } from '../../src/ledger/ids.ts';
import { reversalHash } from '../../src/store/record-chain.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byId,
  byReference,
  issue,
  issued,
  outcomeOf,
  pay,
  recorded,
  reverse,
  reverseLoan,
  words,
} from '../support/ledger-commands.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);
const OCTOBER = dateOf(2017, 10, 5);
const NOVEMBER = dateOf(2017, 11, 5);
const ORIGIN = { requestId: 'request 9', recordedBy: 'back office' };

/** Everything that is stored of a loan, and the book. */
async function everything({ store }: TemporaryLedger, loanId: string): Promise<unknown> {
  const edges = bucketEdges(TODAY, [30, 3_000]);
  return [
    await store.loanRecords(loanId),
    await store.bookAsOf(TODAY, undefined),
    await store.bookByDueDate(TODAY, undefined, edges),
    await store.bookByDueDate(TODAY, TODAY, edges),
    await store.loans({ dueOnOrBefore: TODAY }, null, 10),
  ];
}

onEachEngine((engine) => {
  describe('a payment that is taken back', () => {
    test('no longer counts, and its reversal says who did it, when and why', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const first = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      const second = await recorded(ledger.execute, pay(byId(id), OCTOBER));
      ledger.clock.at = noonOf(TODAY + 1);
      const command = reverse(first.id, { reason: 'bounced', origin: ORIGIN });
      const outcome = await outcomeOf(ledger.execute, command);
      assert.ok(outcome.kind === 'payment-reversed');
      const recording = { at: noonOf(TODAY + 1), on: TODAY + 1 };
      const reversal = {
        id: outcome.reversal.id,
        loanId: id,
        sequence: 4,
        paymentId: first.id,
        reason: 'bounced',
        recording,
        origin: ORIGIN,
        hash: reversalHash(second.hash, outcome.reversal),
      };
      assert.deepEqual(outcome.reversal, reversal);
      const records = await ledger.store.loanRecords(id);
      assert.deepEqual(records?.payments, [{ ...first, reversed: recording }, second]);
      assert.deepEqual(records?.reversals, [reversal]);
      assert.equal(records?.loan.paymentsMade, 1);
      assert.equal(records?.loan.recordCount, 4);
      assert.equal(records?.loan.reversed, null);
      // October's payment pays the first installment now.
      assert.equal((await ledger.store.bookAsOf(SEPTEMBER, undefined)).valueCents, 102_720n);
      assert.equal((await ledger.store.bookAsOf(OCTOBER, undefined)).valueCents, 94_160n);
      assert.equal((await ledger.store.bookAsOf(OCTOBER, TODAY)).valueCents, 85_600n);
    });

    test('frees its month, in the same batch already, again and again', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      let payment = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      for (let round = 0; round < 3; round++) {
        const answers = await ledger.execute([
          pay(byId(id), SEPTEMBER + 1),
          reverse(payment.id),
          pay(byId(id), SEPTEMBER + round),
          pay(byId(id), SEPTEMBER + 2),
        ]);
        const expected = ['refused duplicate', 'payment-reversed', 'recorded', 'refused duplicate'];
        assert.deepEqual(words(answers), expected);
        const [, , taken] = answers;
        assert.ok(taken?.outcome.kind === 'recorded');
        payment = taken.outcome.payment;
      }
      const records = await ledger.store.loanRecords(id);
      assert.equal(records?.loan.paymentsMade, 1);
      assert.deepEqual(
        records?.payments.map(({ sequence, reversed }) => [sequence, reversed === null]),
        [
          [2, false],
          [4, false],
          [6, false],
          [8, true],
        ],
      );
    });

    test('twice is refused, in one batch and in two, and changes nothing', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const payment = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      const twice = await ledger.execute([reverse(payment.id), reverse(payment.id)]);
      assert.deepEqual(words(twice), ['payment-reversed', 'reversal refused already-reversed']);
      const before = await everything(ledger, id);
      assert.deepEqual(words(await ledger.execute([reverse(payment.id)])), [
        'reversal refused already-reversed',
      ]);
      assert.deepEqual(await everything(ledger, id), before);
    });

    test('that is none is unknown', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      for (const unknown of [newId(), id, '', 'nonsense']) {
        assert.deepEqual(words(await ledger.execute([reverse(unknown)])), ['unknown-payment']);
      }
    });

    test('opens a loan that was paid off', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const year = Array.from({ length: 12 }, (_, month) => pay(byId(id), dateOf(2018, month + 1, 5)));
      const [first] = await ledger.execute(year);
      assert.ok(first?.outcome.kind === 'recorded');
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), NO_SUMS);
      const next = [pay(byId(id), dateOf(2019, 1, 5)), reverse(first.outcome.payment.id)];
      assert.deepEqual(words(await ledger.execute([...next, ...next.slice(0, 1)])), [
        'refused paid-off',
        'payment-reversed',
        'recorded',
      ]);
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), NO_SUMS);
      assert.equal((await ledger.store.bookAsOf(dateOf(2018, 12, 31), undefined)).valueCents, 8_560n);
    });
  });

  describe('a loan that is taken back', () => {
    test('leaves nothing outstanding, keeps its reference and takes no payment', async () => {
      await using ledger = await temporaryLedger(engine);
      const loan = await issued(ledger.execute, issue('LC-1'));
      ledger.clock.at = noonOf(TODAY + 1);
      const command = reverseLoan(loan.id, { reason: 'typed twice', origin: ORIGIN });
      const outcome = await outcomeOf(ledger.execute, command);
      assert.ok(outcome.kind === 'loan-reversed');
      const recording = { at: noonOf(TODAY + 1), on: TODAY + 1 };
      assert.deepEqual(outcome.reversal, {
        id: outcome.reversal.id,
        loanId: loan.id,
        sequence: 2,
        paymentId: null,
        reason: 'typed twice',
        recording,
        origin: ORIGIN,
        hash: reversalHash(loan.hash, outcome.reversal),
      });
      assert.deepEqual(await ledger.store.loanById(loan.id), {
        ...loan,
        recordCount: 2,
        reversed: recording,
        head: outcome.reversal.hash,
      });
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), NO_SUMS);
      assert.equal((await ledger.store.bookAsOf(TODAY, TODAY)).volume, 1);
      const after = [issue('LC-1'), pay(byId(loan.id), SEPTEMBER), reverseLoan(loan.id)];
      assert.deepEqual(words(await ledger.execute(after)), [
        'reference-taken',
        'refused loan-reversed',
        'reversal refused already-reversed',
      ]);
    });

    test('is refused while any payment of it counts, in its own batch too', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const missed = await recorded(ledger.execute, pay(byId(id), SEPTEMBER, { payment: 'missed' }));
      const answers = await ledger.execute([
        reverseLoan(id),
        reverse(missed.id),
        pay(byReference('LC-1'), OCTOBER),
        reverseLoan(id),
      ]);
      assert.deepEqual(words(answers), [
        'reversal refused has-payments',
        'payment-reversed',
        'recorded',
        'reversal refused has-payments',
      ]);
      assert.equal((await ledger.store.loanById(id))?.reversed, null);
    });

    test('is taken back with its last payment in one batch, under either of its names', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const payment = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      const answers = await ledger.execute([
        reverse(payment.id),
        reverseLoan(id),
        pay(byReference('LC-1'), OCTOBER),
      ]);
      assert.deepEqual(words(answers), ['payment-reversed', 'loan-reversed', 'refused loan-reversed']);
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), NO_SUMS);
    });

    test('that is none is unknown', async () => {
      await using ledger = await temporaryLedger(engine);
      assert.deepEqual(words(await ledger.execute([reverseLoan(newId()), reverseLoan('nonsense')])), [
        'unknown-loan',
        'unknown-loan',
      ]);
    });
  });

  describe('a payment that replaces another', () => {
    /** A loan with payments of September and October. */
    async function withTwo(
      work: (ledger: TemporaryLedger, id: string, september: string, october: string) => Promise<void>,
    ): Promise<void> {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const september = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      const october = await recorded(ledger.execute, pay(byId(id), OCTOBER));
      await work(ledger, id, september.id, october.id);
    }

    test('takes that one back and stands in its stead, in its month or in another', async () => {
      await withTwo(async (ledger, id, september, october) => {
        const origin = { requestId: 'request 10', recordedBy: 'front office' };
        const sameMonth = pay(byId(id), SEPTEMBER + 3, { replaces: september, origin });
        const otherMonth = pay(byReference('LC-1'), NOVEMBER, { replaces: october, payment: 'missed' });
        assert.deepEqual(words(await ledger.execute([sameMonth, otherMonth])), ['recorded', 'recorded']);
        const records = await ledger.store.loanRecords(id);
        assert.deepEqual(
          records?.reversals.map(({ sequence, paymentId, reason }) => [sequence, paymentId, reason]),
          [
            [4, september, null],
            [6, october, null],
          ],
        );
        assert.deepEqual(records?.reversals[0]?.origin, origin);
        assert.deepEqual(
          records?.payments.map(({ date, kind, sequence, reversed }) => [date, kind, sequence, reversed?.on]),
          [
            [SEPTEMBER, 'made', 2, TODAY],
            [SEPTEMBER + 3, 'made', 5, undefined],
            [OCTOBER, 'made', 3, TODAY],
            [NOVEMBER, 'missed', 7, undefined],
          ],
        );
        assert.equal(records?.loan.paymentsMade, 1);
        assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).valueCents, 94_160n);
        assert.equal((await ledger.store.bookAsOf(SEPTEMBER, undefined)).valueCents, 102_720n);
      });
    });

    test('and is refused leaves that one live and the book as it was', async () => {
      await withTwo(async (ledger, id, september, october) => {
        const before = await everything(ledger, id);
        const answers = await ledger.execute([
          pay(byId(id), OCTOBER + 1, { replaces: september }),
          pay(byId(id), dateOf(2017, 8, 4), { replaces: september }),
          pay(byId(id), SEPTEMBER, { replaces: september, amountCents: 1n }),
          pay(byId(id), SEPTEMBER + 1, { replaces: october }),
          // The month of the one that stays live is still taken.
          pay(byId(id), SEPTEMBER + 1),
        ]);
        assert.deepEqual(words(answers), [
          'refused duplicate',
          'refused before-loan',
          'refused wrong-amount',
          'refused duplicate',
          'refused duplicate',
        ]);
        assert.deepEqual(await everything(ledger, id), before);
        assert.deepEqual(words(await ledger.execute([reverse(september)])), ['payment-reversed']);
      });
    });

    test('is refused where that one is taken back already, unknown, or another loan’s', async () => {
      await withTwo(async (ledger, id, september) => {
        const other = await issued(ledger.execute, issue('LC-2'));
        const foreign = await recorded(ledger.execute, pay(byId(other.id), NOVEMBER));
        await ledger.execute([reverse(september)]);
        const before = await everything(ledger, id);
        const answers = await ledger.execute([
          pay(byId(id), NOVEMBER, { replaces: september }),
          pay(byId(id), NOVEMBER, { replaces: newId() }),
          pay(byId(id), NOVEMBER, { replaces: 'nonsense' }),
          pay(byId(id), NOVEMBER, { replaces: foreign.id }),
          pay(byId(newId()), NOVEMBER, { replaces: foreign.id }),
        ]);
        assert.deepEqual(words(answers), [
          'reversal refused already-reversed',
          'unknown-payment',
          'unknown-payment',
          'unknown-payment',
          'unknown-loan',
        ]);
        assert.deepEqual(await everything(ledger, id), before);
      });
    });

    test('on a loan that is paid off is taken, and the loan stays paid off', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const year = Array.from({ length: 12 }, (_, month) => pay(byId(id), dateOf(2018, month + 1, 5)));
      const [first] = await ledger.execute(year);
      assert.ok(first?.outcome.kind === 'recorded');
      const later = dateOf(2019, 1, 5);
      const replaces = first.outcome.payment.id;
      assert.deepEqual(words(await ledger.execute([pay(byId(id), later)])), ['refused paid-off']);
      assert.deepEqual(words(await ledger.execute([pay(byId(id), later, { replaces })])), ['recorded']);
      assert.equal((await ledger.store.loanById(id))?.paymentsMade, 12);
      assert.equal((await ledger.store.bookAsOf(later - 1, undefined)).volume, 1);
      assert.deepEqual(await ledger.store.bookAsOf(later, undefined), NO_SUMS);
    });
  });

  test('a command that skips what is recorded skips what was taken back too: an import run again books nothing', async () => {
    await using ledger = await temporaryLedger(engine);
    const { id } = await issued(ledger.execute, issue('LC-1'));
    const payment = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
    const skip = { ifRecorded: 'skip' } as const;
    await ledger.execute([reverse(payment.id)]);
    const again = [issue('LC-1', skip), pay(byId(id), SEPTEMBER, skip)];
    assert.deepEqual(words(await ledger.execute(again)), ['already-recorded', 'already-recorded']);
    await ledger.execute([reverseLoan(id)]);
    assert.deepEqual(words(await ledger.execute(again)), ['already-recorded', 'already-recorded']);
    assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), NO_SUMS);
  });
}, EVERY_ENGINE);
