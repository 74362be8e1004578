// The book day: once it has passed a date nothing is recorded on that date any more, whatever the clock says.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateOf } from '../../src/domain/calendar-date.ts';
import { datesIn } from '../../src/ledger/clock.ts';
import { laneExecutor } from '../../src/ledger/execute-batch.ts';
import { newId } from '../../src/ledger/ids.ts';
import { Ledger } from '../../src/ledger/ledger.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import { byReference, issue, issued, passBookDay, pay, words } from '../support/ledger-commands.ts';
import { BANK, noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);

function ledgerOn({ store, clock }: TemporaryLedger): Ledger {
  const parts = { store, clock: () => clock.at, dateAt: datesIn(BANK.timeZone) };
  return new Ledger({ ...parts, execute: laneExecutor({ ...parts, newId }), rounding: 'half-up' });
}

onEachEngine((engine) => {
  describe('a book day that is passed', () => {
    test('holds for the next batch; its own batch is recorded today still', async () => {
      // With one lane the three commands are one batch.
      await using ledger = await temporaryLedger(engine, 1);
      const answers = await ledger.execute([issue('LC-1'), passBookDay(TODAY + 3), issue('LC-2')]);
      assert.deepEqual(words(answers), ['issued', 'passed', 'issued']);
      for (const { outcome } of answers) {
        if (outcome.kind === 'issued') assert.equal(outcome.loan.recording.on, TODAY);
      }
      assert.equal(await ledger.store.bookDay(), TODAY + 3);
      const { recording } = await issued(ledger.execute);
      assert.deepEqual(recording, { at: noonOf(TODAY), on: TODAY + 3 });
    });

    test('never moves back', async () => {
      await using ledger = await temporaryLedger(engine);
      await ledger.execute([passBookDay(TODAY + 2), passBookDay(TODAY + 5), passBookDay(TODAY + 1)]);
      await ledger.execute([passBookDay(TODAY - 9)]);
      assert.equal(await ledger.store.bookDay(), TODAY + 5);
      await ledger.execute([]);
      assert.equal(await ledger.store.bookDay(), TODAY + 5);
    });

    test('in the past still leaves today the book day', async () => {
      await using ledger = await temporaryLedger(engine);
      assert.deepEqual(words(await ledger.execute([passBookDay(TODAY - 9)])), ['passed']);
      assert.equal(await ledger.store.bookDay(), TODAY);
    });
  });

  describe('a question with a known-at date', () => {
    test('is answered the same for good, though the clock stands still or goes back', async () => {
      await using database = await temporaryLedger(engine);
      const ledger = ledgerOn(database);
      await database.execute([issue('LC-1')]);
      const before = await ledger.outstanding(TODAY, TODAY);
      assert.equal(before.volume, 1);
      assert.equal(await database.store.bookDay(), TODAY + 1);
      database.clock.at = noonOf(TODAY - 1);
      await database.execute([issue('LC-2'), pay(byReference('LC-1'), SEPTEMBER)]);
      assert.deepEqual(await ledger.outstanding(TODAY, TODAY), before);
      assert.equal((await ledger.outstanding(TODAY, TODAY + 1)).volume, 2);
    });

    test('of any kind moves the book day past it', async () => {
      const asked: readonly ((ledger: Ledger, id: string, knownAt: number) => Promise<unknown>)[] = [
        (ledger, id, knownAt) => ledger.balance(id, TODAY, knownAt),
        (ledger, _, knownAt) => ledger.outstanding(TODAY, knownAt),
        (ledger, _, knownAt) => ledger.outstandingSeries([TODAY], knownAt),
        (ledger, _, knownAt) => ledger.arrears(TODAY, [30], knownAt),
        (ledger, _, knownAt) => ledger.arrearsSeries([TODAY], [30], knownAt),
        (ledger, _, knownAt) => ledger.movements(TODAY - 1, TODAY, knownAt),
      ];
      await using database = await temporaryLedger(engine);
      const { id } = await issued(database.execute);
      const ledger = ledgerOn(database);
      for (const [index, ask] of asked.entries()) {
        await ask(ledger, id, TODAY + index);
        assert.equal(await database.store.bookDay(), TODAY + index + 1);
      }
      for (const ask of asked) await ask(ledger, id, TODAY - 5);
      assert.equal(await database.store.bookDay(), TODAY + asked.length);
    });

    test('and without one moves nothing', async () => {
      await using database = await temporaryLedger(engine);
      const ledger = ledgerOn(database);
      await database.execute([issue('LC-1')]);
      await ledger.outstanding(TODAY + 9);
      await ledger.arrears(TODAY + 9, [30]);
      assert.equal(await database.store.bookDay(), TODAY);
      assert.equal(await ledger.knownToday(), TODAY);
      await ledger.outstanding(TODAY, TODAY + 2);
      assert.equal(await ledger.knownToday(), TODAY + 3);
    });
  });
}, EVERY_ENGINE);
