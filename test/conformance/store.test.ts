// One write is one transaction, and what a store answers about loans.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NO_SUMS } from '../../src/domain/book.ts';
import { DATE_MAX, DATE_MIN, dateOf, monthOf } from '../../src/domain/calendar-date.ts';
import { newId } from '../../src/ledger/ids.ts';
import { laneOfId } from '../../src/store/lanes.ts';
import type {
  HistoryNeed,
  LoanRecord,
  PaymentRecord,
  ReversalRecord,
  WriteNeeds,
  Writes,
} from '../../src/store/store.ts';
import { openStore } from '../../src/wiring/engines.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byId,
  byReference,
  issue,
  issued,
  loanOf,
  ORIGIN,
  pay,
  recorded,
  WORKED_LOAN,
  words,
} from '../support/ledger-commands.ts';
import { rawRows } from '../support/raw-sql.ts';
import { assertRejectsUnavailable } from '../support/store-faults.ts';
import { noonOf, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const HASH = '0a'.repeat(32);
const RECORDING = { at: noonOf(TODAY), on: TODAY };

function loanRecord(reference: string): LoanRecord {
  return {
    id: newId(),
    reference,
    terms: WORKED_LOAN,
    recording: RECORDING,
    origin: ORIGIN,
    paymentsMade: 0,
    recordCount: 1,
    reversed: null,
    hash: HASH,
    head: HASH,
  };
}

function writesOf(writes: Partial<Writes>): Writes {
  return {
    recording: RECORDING,
    bookDay: TODAY,
    loans: [],
    payments: [],
    reversals: [],
    states: new Map(),
    changes: [],
    answers: [],
    answersExpireBefore: 0,
    ...writes,
  };
}

const NO_NEEDS: WriteNeeds = { lane: 0, keyLane: 0, histories: [], answers: [], passesBookDay: false };

onEachEngine((engine) => {
  describe('a write', () => {
    test('that fails in its decision leaves nothing, and the next one works', async () => {
      await using ledger = await temporaryLedger(engine);
      const failure = new Error('a mistake of a programmer');
      await assert.rejects(
        ledger.store.write(NO_NEEDS, () => {
          throw failure;
        }),
        failure,
      );
      assert.deepEqual(words(await ledger.execute([issue('LC-1')])), ['issued']);
    });

    test('that fails in the middle of its rows leaves none of them', async () => {
      await using ledger = await temporaryLedger(engine);
      const change = {
        effectiveOn: TODAY,
        dueOn: TODAY,
        valueCents: 5n,
        principalCents: 5n,
        volume: 1,
        cause: 'issued',
      } as const;
      const payment: Omit<PaymentRecord, 'loanId'> = {
        id: newId(),
        sequence: 2,
        kind: 'made',
        date: TODAY,
        recording: RECORDING,
        origin: ORIGIN,
        hash: HASH,
        reversed: null,
      };
      const loan = loanRecord('LC-1');
      const { kind: _kind, date: _date, reversed: _reversed, ...record } = payment;
      const reversal: Omit<ReversalRecord, 'loanId'> = { ...record, paymentId: null, reason: null };
      const again = (loanId: string, sequence: number) => ({ ...reversal, id: newId(), loanId, sequence });
      const beyond = { paymentsMade: 13, recordCount: 2, reversed: null, head: HASH };
      const answer = { owner: 'a', key: 'k', fingerprint: 'f', outcome: '{}', requestId: 'r', recordedAt: 0 };
      const bad: readonly Partial<Writes>[] = [
        { loans: [loan, loanRecord('LC-1')] },
        { loans: [loan], payments: [{ ...payment, loanId: newId() }] },
        { loans: [loan], payments: [1, 2].map(() => ({ ...payment, id: newId(), loanId: loan.id })) },
        { loans: [loan], changes: [{ ...change, cause: 'forgotten' as 'issued' }] },
        {
          loans: [loan],
          changes: [change],
          reversals: [{ ...reversal, loanId: loan.id, paymentId: newId() }],
        },
        { loans: [loan], changes: [change], reversals: [{ ...reversal, loanId: newId() }] },
        { loans: [loan], changes: [change], reversals: [3, 4].map((sequence) => again(loan.id, sequence)) },
        {
          loans: [loan],
          changes: [change],
          states: new Map([[loan.id, { terms: loan.terms, state: beyond }]]),
        },
        { loans: [loan], changes: [change], answers: [{ ...answer, requestId: null as unknown as string }] },
      ];
      for (const writes of bad) {
        await assert.rejects(
          ledger.store.write(NO_NEEDS, () => ({ writes: writesOf(writes), result: undefined })),
        );
        assert.equal(await loanOf(ledger.store, 'LC-1'), undefined);
        assert.deepEqual(await ledger.store.bookAsOf(DATE_MAX, undefined), NO_SUMS);
      }
      assert.deepEqual(words(await ledger.execute([issue('LC-1')])), ['issued']);
    });

    test('gives back what its decision gave', async () => {
      await using ledger = await temporaryLedger(engine);
      const result = { anything: 1n };
      assert.equal(await ledger.store.write(NO_NEEDS, () => ({ writes: writesOf({}), result })), result);
    });

    test('sees the loans that it needs in the order of its needs, with their records from a month on', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const months = [9, 10, 12].map((month) => dateOf(2017, month, 5));
      const [, october, december] = await Promise.all(
        months.map((date) =>
          recorded(ledger.execute, pay(byId(id), date, { payment: date === months[1] ? 'missed' : 'made' })),
        ),
      );
      const histories: HistoryNeed[] = [
        { loan: byReference('none'), fromMonth: undefined },
        { loan: byId(id), fromMonth: monthOf(months[1] as number) },
        { loan: byReference('LC-1'), fromMonth: undefined },
        { loan: byId('nonsense'), fromMonth: 0 },
      ];
      const state = await ledger.store.write(
        { ...NO_NEEDS, lane: laneOfId(id, ledger.store.lanes), histories },
        (seen) => ({
          writes: writesOf({}),
          result: seen,
        }),
      );
      assert.equal(state.bookDay, TODAY);
      const [none, part, alone, nonsense] = state.histories;
      assert.equal(none, undefined);
      assert.equal(nonsense, undefined);
      assert.equal(alone?.loan.id, id);
      assert.deepEqual(alone?.records, []);
      assert.equal(part?.paymentsMade, 2);
      assert.deepEqual(part?.records, [
        { id: october?.id, kind: 'missed', date: months[1], reversed: false },
        { id: december?.id, kind: 'made', date: months[2], reversed: false },
      ]);
    });

    test('moves the book day forward only', async () => {
      await using ledger = await temporaryLedger(engine);
      const bookDay = () =>
        ledger.store.write(NO_NEEDS, (state) => ({
          writes: writesOf({ recording: { at: 0, on: DATE_MIN }, bookDay: DATE_MIN }),
          result: state.bookDay,
        }));
      assert.equal(await bookDay(), DATE_MIN);
      await ledger.execute([issue()]);
      assert.equal(await bookDay(), TODAY);
      assert.equal(await bookDay(), TODAY);
    });
  });

  describe('a question', () => {
    test('about a loan that is not there has no answer', async () => {
      await using ledger = await temporaryLedger(engine);
      await issued(ledger.execute, issue('LC-1'));
      for (const id of [newId(), '', 'nonsense', `${newId()} `]) {
        assert.equal(await ledger.store.loanById(id), undefined);
        assert.equal(await ledger.store.loanAsOf(id, TODAY, undefined), undefined);
        assert.equal(await ledger.store.loanRecords(id), undefined);
        assert.equal(await ledger.store.paymentById(id), undefined);
      }
      assert.equal(await loanOf(ledger.store, 'LC-2'), undefined);
      assert.equal(await loanOf(ledger.store, ''), undefined);
    });

    test('about an empty book is answered with nothing, in every bucket', async () => {
      await using ledger = await temporaryLedger(engine);
      for (const knownAt of [undefined, TODAY]) {
        assert.deepEqual(await ledger.store.bookAsOf(TODAY, knownAt), NO_SUMS);
        assert.deepEqual(await ledger.store.bookByDueDate(TODAY, knownAt, [TODAY, TODAY - 30]), [
          NO_SUMS,
          NO_SUMS,
          NO_SUMS,
        ]);
      }
    });

    test('about a loan counts the payments made up to the date, the date itself included', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      const days = [dateOf(2017, 9, 5), dateOf(2017, 10, 31), dateOf(2017, 11, 1)];
      await ledger.execute([
        ...days.map((date) => pay(byId(id), date)),
        pay(byId(id), dateOf(2017, 12, 5), { payment: 'missed' }),
      ]);
      const made = async (asOf: number) => (await ledger.store.loanAsOf(id, asOf, undefined))?.paymentsMade;
      assert.equal(await made(WORKED_LOAN.date), 0);
      assert.equal(await made(dateOf(2017, 9, 4)), 0);
      assert.equal(await made(dateOf(2017, 9, 5)), 1);
      assert.equal(await made(dateOf(2017, 10, 30)), 1);
      assert.equal(await made(dateOf(2017, 10, 31)), 2);
      assert.equal(await made(dateOf(2017, 11, 1)), 3);
      assert.equal(await made(DATE_MAX), 3);
    });

    test('as known before a payment was recorded does not count it', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute);
      ledger.clock.at = noonOf(TODAY + 1);
      await ledger.execute([pay(byId(id), dateOf(2017, 9, 5))]);
      const made = async (knownAt: number | undefined) =>
        (await ledger.store.loanAsOf(id, TODAY, knownAt))?.paymentsMade;
      assert.equal(await made(undefined), 1);
      assert.equal(await made(TODAY + 1), 1);
      assert.equal(await made(TODAY), 0);
    });
  });

  test('a store that can answer says so', async () => {
    await using ledger = await temporaryLedger(engine);
    await ledger.store.ready();
  });

  test('a database whose currency this program does not know is refused', async () => {
    await using ledger = await temporaryLedger(engine);
    await rawRows(ledger.database.address, `UPDATE bank SET currency = 'XYZ'`);
    const error = await assertRejectsUnavailable('other-bank', openStore(ledger.database.address));
    assert.match(error.message, /XYZ/);
  });
}, EVERY_ENGINE);
