// Batches on a real database: every command gets its own answer, a refused one leaves no trace, and what one command
// has brought the next one sees.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bucketEdges } from '../../src/domain/arrears.ts';
import { NO_SUMS } from '../../src/domain/book.ts';
import { DATE_MAX, dateOf } from '../../src/domain/calendar-date.ts';
import { newId } from '../../src/ledger/ids.ts';
import { issueHash, paymentHash } from '../../src/store/record-chain.ts';
import type { LoanRecord, PaymentRecord } from '../../src/store/store.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byId,
  byReference,
  issue,
  issued,
  loanOf,
  ORIGIN,
  outcomeOf,
  pay,
  recorded,
  WORKED_LOAN,
  words,
} from '../support/ledger-commands.ts';
import { noonOf, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);
const OCTOBER = dateOf(2017, 10, 5);

onEachEngine((engine) => {
  describe('a batch', () => {
    test('issues loans and records payments on them, each answered in its place', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const outcomes = await ledger.execute([
        pay(byId(id), SEPTEMBER),
        issue('LC-1'),
        pay(byId(id), OCTOBER),
      ]);
      assert.deepEqual(words(outcomes), ['recorded', 'issued', 'recorded']);
      const second = await loanOf(ledger.store, 'LC-1');
      assert.equal(second?.paymentsMade, 0);
      assert.equal((await ledger.store.loanById(id))?.paymentsMade, 2);
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), {
        valueCents: 102_720n + 85_600n,
        principalCents: 100_000n + 83_678n,
        volume: 2,
      });
    });

    test('with nothing in it writes nothing', async () => {
      await using ledger = await temporaryLedger(engine);
      assert.deepEqual(await ledger.execute([]), []);
      assert.deepEqual(await ledger.store.bookAsOf(DATE_MAX, undefined), NO_SUMS);
    });

    test('keeps who brought each record and when', async () => {
      await using ledger = await temporaryLedger(engine);
      const recording = { at: noonOf(TODAY), on: TODAY };
      const origin = { requestId: 'request 7', recordedBy: 'front office' };
      const loan = await issued(ledger.execute, issue('LC-1', { origin }));
      const expected: LoanRecord = {
        id: loan.id,
        reference: 'LC-1',
        terms: WORKED_LOAN,
        recording,
        origin,
        paymentsMade: 0,
        recordCount: 1,
        reversed: null,
        hash: loan.hash,
        head: loan.hash,
      };
      assert.deepEqual(loan, expected);
      assert.equal(loan.hash, issueHash(loan));
      assert.deepEqual(await ledger.store.loanById(loan.id), loan);
      const front = { requestId: 'request 8', recordedBy: 'back office' };
      const command = pay(byId(loan.id), SEPTEMBER, { payment: 'missed', origin: front });
      const outcome = await outcomeOf(ledger.execute, command);
      assert.ok(outcome.kind === 'recorded');
      const payment: PaymentRecord = {
        id: outcome.payment.id,
        loanId: loan.id,
        sequence: 2,
        kind: 'missed',
        date: SEPTEMBER,
        recording,
        origin: front,
        hash: outcome.payment.hash,
        reversed: null,
      };
      assert.equal(payment.hash, paymentHash(loan.hash, payment));
      assert.deepEqual(outcome, { kind: 'recorded', payment, amountCents: 8_560n });
      assert.deepEqual(await ledger.store.loanRecords(loan.id), {
        loan: { ...loan, recordCount: 2, head: payment.hash },
        payments: [payment],
        reversals: [],
      });
    });

    test('of refused commands only leaves the book as it was', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const before = await ledger.store.bookByDueDate(TODAY, undefined, bucketEdges(TODAY, [30]));
      const outcomes = await ledger.execute([
        issue('LC-1'),
        pay(byId(newId()), SEPTEMBER),
        pay(byReference('LC-2'), SEPTEMBER),
        pay(byId(id), WORKED_LOAN.date - 1),
        pay(byId(id), SEPTEMBER, { amountCents: 1n }),
      ]);
      assert.deepEqual(words(outcomes), [
        'reference-taken',
        'unknown-loan',
        'unknown-loan',
        'refused before-loan',
        'refused wrong-amount',
      ]);
      assert.deepEqual(await ledger.store.bookByDueDate(TODAY, undefined, bucketEdges(TODAY, [30])), before);
    });
  });

  test('a refused command harms no neighbour', async () => {
    await using ledger = await temporaryLedger(engine);
    const { id } = await issued(ledger.execute, issue('LC-1'));
    const outcomes = await ledger.execute([
      pay(byId(id), SEPTEMBER),
      pay(byId(id), SEPTEMBER + 1),
      issue('LC-1'),
      pay(byId('no id at all'), SEPTEMBER),
      pay(byId(id.toUpperCase()), OCTOBER),
      issue('LC-2'),
      pay(byId(id), OCTOBER),
    ]);
    assert.deepEqual(words(outcomes), [
      'recorded',
      'refused duplicate',
      'reference-taken',
      'unknown-loan',
      'unknown-loan',
      'issued',
      'recorded',
    ]);
    assert.equal((await ledger.store.loanById(id))?.paymentsMade, 2);
    assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).volume, 2);
  });

  describe('one loan in one batch', () => {
    test('takes several payments, in any order of their dates', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const months = [3, 1, 12, 2, 5].map((month) => pay(byId(id), dateOf(2018, month, 5)));
      assert.deepEqual(words(await ledger.execute(months)), Array(5).fill('recorded'));
      const made = await ledger.store.loanAsOf(id, dateOf(2018, 3, 31), undefined);
      assert.equal(made?.paymentsMade, 3);
      const book = await ledger.store.bookAsOf(dateOf(2018, 3, 31), undefined);
      assert.equal(book.valueCents, 9n * 8_560n);
    });

    test('takes one record of a month: the first wins, whatever its kind', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const outcomes = await ledger.execute([
        pay(byId(id), SEPTEMBER, { payment: 'missed' }),
        pay(byId(id), SEPTEMBER),
        pay(byId(id), SEPTEMBER + 3, { payment: 'missed' }),
      ]);
      assert.deepEqual(words(outcomes), ['recorded', 'refused duplicate', 'refused duplicate']);
      assert.equal((await ledger.store.loanById(id))?.paymentsMade, 0);
    });

    test('is paid off within the batch and takes no more made payments after that', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const months = Array.from({ length: 13 }, (_, index) =>
        pay(byId(id), dateOf(2019, 1 + (index % 12), 1 + index)),
      );
      const after = [
        pay(byId(id), dateOf(2020, 1, 1)),
        pay(byId(id), dateOf(2020, 1, 1), { payment: 'missed' }),
      ];
      const outcomes = words(await ledger.execute([...months, ...after]));
      assert.deepEqual(outcomes.slice(0, 12), Array(12).fill('recorded'));
      assert.deepEqual(outcomes.slice(12), ['refused duplicate', 'refused paid-off', 'recorded']);
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), NO_SUMS);
    });

    test('is the same loan by its id and by its reference', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      await ledger.execute([pay(byId(id), dateOf(2017, 12, 5))]);
      for (const [first, second, year] of [
        [byId(id), byReference('LC-1'), 2018],
        [byReference('LC-1'), byId(id), 2019],
      ] as const) {
        const outcomes = await ledger.execute([
          pay(first, dateOf(year, 3, 5)),
          pay(second, dateOf(year, 3, 6)),
          // From an earlier month on than the other name of the loan.
          pay(second, dateOf(year, 1, 5)),
          pay(first, dateOf(year, 1, 6)),
          pay(second, dateOf(2017, 12, 6)),
        ]);
        assert.deepEqual(words(outcomes), [
          'recorded',
          'refused duplicate',
          'recorded',
          'refused duplicate',
          'refused duplicate',
        ]);
      }
      assert.equal((await ledger.store.loanById(id))?.paymentsMade, 5);
    });

    test('is issued and paid by its reference', async () => {
      await using ledger = await temporaryLedger(engine);
      const outcomes = await ledger.execute([
        pay(byReference('LC-1'), SEPTEMBER),
        issue('LC-1'),
        pay(byReference('LC-1'), SEPTEMBER),
        pay(byReference('LC-1'), OCTOBER),
      ]);
      assert.deepEqual(words(outcomes), ['unknown-loan', 'issued', 'recorded', 'recorded']);
      assert.equal((await loanOf(ledger.store, 'LC-1'))?.paymentsMade, 2);
    });
  });

  describe('a reference', () => {
    test('taken twice in a batch is the first one’s', async () => {
      await using ledger = await temporaryLedger(engine);
      const outcomes = await ledger.execute([issue('LC-1'), issue('LC-1'), issue('LC-2')]);
      assert.deepEqual(words(outcomes), ['issued', 'reference-taken', 'issued']);
      const [first, second] = outcomes.map(({ outcome }) => outcome);
      assert.ok(first?.kind === 'issued' && second?.kind === 'reference-taken');
      assert.equal(second.by, first.loan.id);
      assert.deepEqual(await loanOf(ledger.store, 'LC-1'), first.loan);
    });

    test('is compared byte by byte: case, blanks and forms of one letter differ', async () => {
      await using ledger = await temporaryLedger(engine);
      const references = ['lc-1', 'LC-1', 'LC-1 ', ' LC-1', 'é', 'e\u0301', '1', '1.0', '01', '=x', '#x'];
      assert.deepEqual(words(await ledger.execute(references.map((reference) => issue(reference)))), [
        ...references.map(() => 'issued'),
      ]);
      for (const reference of references) {
        assert.equal((await loanOf(ledger.store, reference))?.reference, reference);
      }
    });

    test('may be missing on any number of loans', async () => {
      await using ledger = await temporaryLedger(engine);
      assert.deepEqual(words(await ledger.execute([issue(), issue()])), ['issued', 'issued']);
    });
  });

  describe('a command that skips what is recorded', () => {
    const skip = { ifRecorded: 'skip' } as const;

    test('skips an equal loan and an equal payment, in a later batch and in the same', async () => {
      await using ledger = await temporaryLedger(engine);
      const commands = [
        issue('LC-1', skip),
        pay(byReference('LC-1'), SEPTEMBER, { ...skip, amountCents: 8_560n }),
        pay(byReference('LC-1'), OCTOBER, { ...skip, payment: 'missed' }),
      ];
      const twice = words(await ledger.execute([...commands, ...commands]));
      const skipped = Array(3).fill('already-recorded');
      assert.deepEqual(twice, ['issued', 'recorded', 'recorded', ...skipped]);
      const book = await ledger.store.bookAsOf(TODAY, undefined);
      assert.deepEqual(words(await ledger.execute(commands)), skipped);
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, undefined), book);
      assert.equal((await loanOf(ledger.store, 'LC-1'))?.paymentsMade, 1);
    });

    test('is refused where the loan of its reference says anything else', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const others = [
        { amountCents: 100_001n },
        { rate: 500_000_001n },
        { term: 13 },
        { date: WORKED_LOAN.date + 1 },
        { installmentCents: 8_561n },
      ];
      const outcomes = await ledger.execute(
        others.map((other) => issue('LC-1', { ...skip, terms: { ...WORKED_LOAN, ...other } })),
      );
      assert.deepEqual(
        outcomes,
        others.map(() => ({ outcome: { kind: 'reference-taken', by: id }, replayOf: null })),
      );
    });

    test('is refused where the month holds another payment', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      await ledger.execute([pay(byId(id), SEPTEMBER)]);
      const outcomes = await ledger.execute([
        pay(byId(id), SEPTEMBER + 1, skip),
        pay(byId(id), SEPTEMBER, { ...skip, payment: 'missed' }),
        pay(byId(id), SEPTEMBER, { ...skip, amountCents: 8_561n }),
        pay(byId(id), WORKED_LOAN.date - 1, skip),
      ]);
      assert.deepEqual(words(outcomes), [
        'refused duplicate',
        'refused duplicate',
        'refused wrong-amount',
        'refused before-loan',
      ]);
    });

    test('skips an equal payment on a loan that is paid off since', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const year = Array.from({ length: 12 }, (_, month) => pay(byId(id), dateOf(2018, month + 1, 5), skip));
      await ledger.execute(year);
      assert.deepEqual(words(await ledger.execute(year)), Array(12).fill('already-recorded'));
      assert.deepEqual(words(await ledger.execute([pay(byId(id), SEPTEMBER, skip)])), ['refused paid-off']);
    });

    test('issues a loan without a reference every time: nothing says that it is the same', async () => {
      await using ledger = await temporaryLedger(engine);
      assert.deepEqual(words(await ledger.execute([issue(null, skip), issue(null, skip)])), [
        'issued',
        'issued',
      ]);
    });
  });

  describe('the recorded date', () => {
    test('is the bank’s date by the clock', async () => {
      await using ledger = await temporaryLedger(engine);
      ledger.clock.at = noonOf(TODAY + 3);
      assert.deepEqual((await issued(ledger.execute)).recording, { at: noonOf(TODAY + 3), on: TODAY + 3 });
    });

    test('is never before the book day, though the clock goes back', async () => {
      await using ledger = await temporaryLedger(engine);
      await issued(ledger.execute);
      ledger.clock.at = noonOf(TODAY - 5);
      const { id, recording } = await issued(ledger.execute);
      assert.deepEqual(recording, { at: noonOf(TODAY - 5), on: TODAY });
      const payment = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      assert.deepEqual(payment.recording, recording);
      // What was known before stays as it was.
      assert.deepEqual(await ledger.store.bookAsOf(TODAY, TODAY - 1), NO_SUMS);
      ledger.clock.at = noonOf(TODAY + 1);
      assert.equal((await issued(ledger.execute)).recording.on, TODAY + 1);
    });

    test('is one for the whole batch', async () => {
      await using ledger = await temporaryLedger(engine);
      const outcomes = await ledger.execute([
        issue('LC-1'),
        pay(byReference('LC-1'), SEPTEMBER),
        issue('LC-2'),
      ]);
      for (const { outcome } of outcomes) {
        const record =
          outcome.kind === 'issued' ? outcome.loan : outcome.kind === 'recorded' && outcome.payment;
        assert.deepEqual(record ? record.recording : undefined, { at: noonOf(TODAY), on: TODAY });
      }
    });
  });

  test('the origin is kept with every record of a batch', async () => {
    await using ledger = await temporaryLedger(engine);
    await ledger.execute([
      issue('LC-1'),
      issue('LC-2', { origin: { requestId: 'other', recordedBy: 'other key' } }),
    ]);
    assert.deepEqual((await loanOf(ledger.store, 'LC-1'))?.origin, ORIGIN);
    assert.equal((await loanOf(ledger.store, 'LC-2'))?.origin.recordedBy, 'other key');
  });
}, EVERY_ENGINE);
