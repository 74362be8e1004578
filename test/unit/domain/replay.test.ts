// A loan's records played again: the changes and the state that deciding them one by one has made, and a name for
// everything that can't have happened.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateOf } from '../../../src/domain/calendar-date.ts';
import { decidePayment, type HistorySlice, type MonthRecord } from '../../../src/domain/payment.ts';
import {
  type RecordedChange,
  type ReplayedPayment,
  type ReplayedReversal,
  replayLoan,
} from '../../../src/domain/replay.ts';
import { decideLoanReversal, decidePaymentReversal } from '../../../src/domain/reversal.ts';
import { originationOf } from '../../../src/domain/timeline.ts';
import { WORKED_LOAN } from '../../support/ledger-commands.ts';
import { type LoanWithRecords, loansWithRecords } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const ISSUED_ON = 20_000;

interface History {
  readonly loan: LoanWithRecords;
  /** Each step records a month's payment, or takes back one that is there; with days since the step before. */
  readonly steps: readonly { readonly record: number; readonly reverse: boolean; readonly days: number }[];
  readonly loanTakenBack: boolean;
}

const histories: fc.Arbitrary<History> = fc.record({
  loan: loansWithRecords(),
  steps: fc.array(
    fc.record({
      record: fc.nat({ max: 23 }),
      reverse: fc.integer({ min: 0, max: 3 }).map((draw) => draw === 0),
      days: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 40 },
  ),
  loanTakenBack: fc.boolean(),
});

interface Decided {
  slice: HistorySlice;
  readonly payments: ReplayedPayment[];
  readonly reversals: ReplayedReversal[];
  readonly changes: RecordedChange[];
}

/** Decides each step as the bank does, and writes down what is taken; a step that is refused leaves no record. */
function decided({ loan: { terms, records }, steps, loanTakenBack }: History): Decided {
  const issued = originationOf(terms).map((change) => {
    return { ...change, recordedOn: ISSUED_ON, cause: 'issued' } as const;
  });
  const slice: HistorySlice = { terms, paymentsMade: 0, reversed: false, records: [] };
  const all: Decided = { slice, payments: [], reversals: [], changes: issued };
  let recordedOn = ISSUED_ON;
  const sequence = () => all.payments.length + all.reversals.length + 2;

  const pay = ({ kind, date }: MonthRecord): void => {
    const decision = decidePayment(all.slice, { kind, date });
    if (!decision.ok) return;
    const id = `payment ${sequence()}`;
    all.payments.push({ id, sequence: sequence(), kind, date, recordedOn });
    const taken = [...all.slice.records, { id, kind, date, reversed: false }];
    all.slice = { ...all.slice, paymentsMade: decision.paymentsMade, records: taken };
    for (const change of decision.changes) all.changes.push({ ...change, recordedOn, cause: 'paid' });
  };
  const reverse = (record: MonthRecord): void => {
    const decision = decidePaymentReversal(all.slice, record);
    if (!decision.ok) return;
    all.reversals.push({ sequence: sequence(), paymentId: record.id, recordedOn });
    all.slice = decision.after;
    for (const change of decision.changes) all.changes.push({ ...change, recordedOn, cause: 'reversed' });
  };

  for (const step of steps) {
    recordedOn += step.days;
    const known = all.slice.records;
    if (step.reverse && known.length > 0) reverse(known[step.record % known.length] as MonthRecord);
    else if (records.length > 0) pay(records[step.record % records.length] as MonthRecord);
  }
  if (loanTakenBack) {
    for (const record of all.slice.records) reverse(record);
    const decision = decideLoanReversal(all.slice);
    assert.ok(decision.ok);
    all.reversals.push({ sequence: sequence(), paymentId: null, recordedOn });
    all.slice = { ...all.slice, reversed: true };
    for (const change of decision.changes) all.changes.push({ ...change, recordedOn, cause: 'reversed' });
  }
  return all;
}

test('a history decided step by step is the same when it is played again, in whatever order its rows come', () => {
  fc.assert(
    fc.property(histories, fc.boolean(), (history, backwards) => {
      const { terms } = history.loan;
      const { slice, payments, reversals, changes } = decided(history);
      const replay = backwards
        ? replayLoan(terms, ISSUED_ON, payments.toReversed(), reversals.toReversed())
        : replayLoan(terms, ISSUED_ON, payments, reversals);
      assert.deepEqual(replay.faults, []);
      assert.deepEqual(replay.changes, changes);
      assert.equal(replay.paymentsMade, slice.paymentsMade);
      assert.equal(replay.recordCount, 1 + payments.length + reversals.length);
      assert.equal(replay.reversed, history.loanTakenBack);
      const taken = slice.records.filter(({ reversed }) => reversed).map(({ id }) => id);
      assert.deepEqual(replay.reversedPayments, new Set(taken));
    }),
    { numRuns: 500 },
  );
});

function payment(sequence: number, month: number, more: Partial<ReplayedPayment> = {}): ReplayedPayment {
  const date = dateOf(2017, month, 5);
  return { id: `p${sequence}`, sequence, kind: 'made', date, recordedOn: ISSUED_ON, ...more };
}

function reversal(sequence: number, paymentId: string | null, recordedOn = ISSUED_ON): ReplayedReversal {
  return { sequence, paymentId, recordedOn };
}

function replayed(payments: readonly ReplayedPayment[], reversals: readonly ReplayedReversal[] = []) {
  return replayLoan(WORKED_LOAN, ISSUED_ON, payments, reversals);
}

type Case = readonly [
  what: string,
  payments: readonly ReplayedPayment[],
  reversals: readonly ReplayedReversal[],
  faults: readonly string[],
];

const CASES: readonly Case[] = [
  [
    'a second live record of a month',
    [payment(2, 9), payment(3, 9, { kind: 'missed' })],
    [],
    ['payment p3 of 2017-09 cannot have been taken: duplicate'],
  ],
  [
    'a payment before the loan',
    [payment(2, 7)],
    [],
    ['payment p2 of 2017-07 cannot have been taken: before-loan'],
  ],
  [
    'a made payment on a loan that is paid off',
    Array.from({ length: 13 }, (_, index) => payment(index + 2, 9 + index)),
    [],
    ['payment p14 of 2018-09 cannot have been taken: paid-off'],
  ],
  [
    'a payment on a loan that was taken back',
    [payment(3, 9)],
    [reversal(2, null)],
    ['payment p3 of 2017-09 cannot have been taken: loan-reversed'],
  ],
  [
    'the reversal of a payment that was never recorded',
    [],
    [reversal(2, 'p9')],
    ['the reversal of payment p9 cannot have been taken: there is no such payment before it'],
  ],
  [
    'the reversal of a payment that was recorded only later',
    [payment(3, 9)],
    [reversal(2, 'p3')],
    ['the reversal of payment p3 cannot have been taken: there is no such payment before it'],
  ],
  [
    'the second reversal of a payment',
    [payment(2, 9)],
    [reversal(3, 'p2'), reversal(4, 'p2')],
    ['the reversal of payment p2 cannot have been taken: already-reversed'],
  ],
  [
    'the reversal of a loan that has payments',
    [payment(2, 9)],
    [reversal(3, null)],
    ["the loan's reversal cannot have been taken: has-payments"],
  ],
  [
    'the second reversal of a loan',
    [],
    [reversal(2, null), reversal(3, null)],
    ["the loan's reversal cannot have been taken: already-reversed"],
  ],
  [
    'a gap in the history',
    [payment(2, 9), payment(4, 10)],
    [],
    ['record 3 is missing or stands twice: the next one is number 4'],
  ],
  [
    'a gap right after the issue',
    [payment(3, 9)],
    [],
    ['record 2 is missing or stands twice: the next one is number 3'],
  ],
  [
    'a place that is taken twice',
    [payment(2, 9), payment(2, 10, { id: 'other' })],
    [],
    ['record 3 is missing or stands twice: the next one is number 2'],
  ],
  [
    'a recorded date before the one of the issue',
    [payment(2, 9, { recordedOn: ISSUED_ON - 1 })],
    [],
    ['record 2 was recorded on 2024-10-03 after 2024-10-04: recorded dates only move forward'],
  ],
  [
    'a recorded date before the one of the record before',
    [payment(2, 9, { recordedOn: ISSUED_ON + 2 })],
    [reversal(3, 'p2', ISSUED_ON + 1)],
    ['record 3 was recorded on 2024-10-05 after 2024-10-06: recorded dates only move forward'],
  ],
];

describe('what cannot have happened is named', () => {
  for (const [what, payments, reversals, faults] of CASES) {
    test(what, () => {
      assert.deepEqual(replayed(payments, reversals).faults, faults);
    });
  }

  test('and left out of the rest: what follows is played as if it were not there', () => {
    const sound = replayed([payment(2, 9), payment(3, 10, { kind: 'missed' })]);
    const faulty = replayed([payment(2, 9), payment(3, 9, { id: 'x' }), payment(4, 10, { kind: 'missed' })]);
    assert.equal(faulty.faults.length, 1);
    assert.deepEqual(faulty.changes, sound.changes);
    assert.equal(faulty.paymentsMade, 1);
    assert.equal(faulty.recordCount, 4);
  });

  test('every one of several', () => {
    const { faults } = replayed([payment(2, 7), payment(4, 9, { recordedOn: ISSUED_ON - 1 })]);
    assert.deepEqual(
      faults.map((fault) => fault.split(':')[0]),
      [
        'payment p2 of 2017-07 cannot have been taken',
        'record 3 is missing or stands twice',
        'record 4 was recorded on 2024-10-03 after 2024-10-04',
      ],
    );
  });
});
