// Taking back a payment or a loan: the book as if it had never been recorded, and nothing else changed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateOf, monthOf } from '../../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../../src/domain/loan.ts';
import { decidePayment, type HistorySlice, type MonthRecord } from '../../../src/domain/payment.ts';
import { decideLoanReversal, decidePaymentReversal } from '../../../src/domain/reversal.ts';
import { originationOf, timelineOf } from '../../../src/domain/timeline.ts';
import { WORKED_LOAN } from '../../support/ledger-commands.ts';
import { loansWithRecords, loanTerms, madeDatesOf } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';
import { merged } from '../../support/replayed-timeline.ts';

function historyOf(terms: LoanTerms, records: readonly MonthRecord[]): HistorySlice {
  return { terms, records, reversed: false, paymentsMade: madeDatesOf(records).length };
}

/** The history's part from a month on. */
function from(history: HistorySlice, month: number): HistorySlice {
  return { ...history, records: history.records.filter(({ date }) => monthOf(date) >= month) };
}

/** A loan, its records but one, and that one. */
const withOneMore = loansWithRecords()
  .filter(({ records }) => records.length > 0)
  .chain(({ terms, records }) =>
    fc.constantFrom(...records).map((record) => ({
      record,
      others: historyOf(
        terms,
        records.filter((other) => other !== record),
      ),
      whole: historyOf(terms, records),
    })),
  );

const SEPTEMBER: MonthRecord = { id: 'september', kind: 'made', date: dateOf(2017, 9, 5), reversed: false };
const OCTOBER: MonthRecord = { id: 'october', kind: 'missed', date: dateOf(2017, 10, 5), reversed: false };

describe('the reversal of a payment', () => {
  test('is the exact inverse of recording it, from its month or an earlier one on', () => {
    fc.assert(
      fc.property(withOneMore, fc.nat({ max: 12 }), ({ record, others, whole }, earlier) => {
        const recorded = decidePayment(others, record);
        const reversed = decidePaymentReversal(from(whole, monthOf(record.date) - earlier), record);
        assert.ok(recorded.ok && reversed.ok);
        assert.equal(merged([...recorded.changes, ...reversed.changes]).size, 0);
        assert.equal(reversed.after.paymentsMade, others.paymentsMade);
      }),
      { numRuns: 1_000 },
    );
  });

  test('leaves the timeline of the payments that still count', () => {
    fc.assert(
      fc.property(withOneMore, ({ record, others, whole }) => {
        const { terms } = whole;
        const reversed = decidePaymentReversal(whole, record);
        assert.ok(reversed.ok);
        const before = timelineOf(terms, madeDatesOf(whole.records));
        const after = timelineOf(terms, madeDatesOf(others.records));
        assert.deepEqual(merged([...before, ...reversed.changes]), merged(after));
        assert.equal(merged(reversed.changes).size, reversed.changes.length);
        assert.ok(reversed.changes.every(({ effectiveOn }) => effectiveOn >= record.date));
      }),
      { numRuns: 500 },
    );
  });

  test('marks that record and no other, and frees its month for either kind', () => {
    fc.assert(
      fc.property(withOneMore, fc.constantFrom('made', 'missed'), ({ record, whole }, kind) => {
        const reversed = decidePaymentReversal(whole, record);
        assert.ok(reversed.ok);
        const { after } = reversed;
        assert.deepEqual(after, {
          ...whole,
          paymentsMade: after.paymentsMade,
          records: whole.records.map((other) => (other === record ? { ...record, reversed: true } : other)),
        });
        const again = decidePayment(after, { kind, date: record.date });
        const isPaidOff = kind === 'made' && after.paymentsMade === after.terms.term;
        assert.deepEqual(again.ok ? 'taken' : again.refusal.reason, isPaidOff ? 'paid-off' : 'taken');
      }),
      { numRuns: 300 },
    );
  });

  test('in turn, of all payments in any order, leaves the origination alone', () => {
    const shuffled = loansWithRecords().chain(({ terms, records }) =>
      fc.tuple(
        fc.constant(historyOf(terms, records)),
        fc.shuffledSubarray([...records], { minLength: records.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([whole, order]) => {
        const changes = timelineOf(whole.terms, madeDatesOf(whole.records));
        let history = whole;
        for (const record of order) {
          const reversed = decidePaymentReversal(history, record);
          assert.ok(reversed.ok);
          changes.push(...reversed.changes);
          history = reversed.after;
        }
        assert.equal(history.paymentsMade, 0);
        assert.deepEqual(merged(changes), merged(originationOf(whole.terms)));
      }),
      { numRuns: 300 },
    );
  });

  test('of a missed month changes nothing outstanding', () => {
    const history = historyOf(WORKED_LOAN, [SEPTEMBER, OCTOBER]);
    assert.deepEqual(decidePaymentReversal(history, OCTOBER), {
      ok: true,
      after: { ...history, records: [SEPTEMBER, { ...OCTOBER, reversed: true }] },
      changes: [],
    });
  });

  test('of a record that is reversed is refused', () => {
    for (const record of [SEPTEMBER, OCTOBER]) {
      const first = decidePaymentReversal(historyOf(WORKED_LOAN, [SEPTEMBER, OCTOBER]), record);
      assert.ok(first.ok);
      const marked = first.after.records.find(({ id }) => id === record.id);
      assert.deepEqual(decidePaymentReversal(first.after, marked as MonthRecord), {
        ok: false,
        refusal: { reason: 'already-reversed' },
      });
    }
  });

  test('of a month with an older reversed record of the same day takes back the one that counts', () => {
    const older = { ...SEPTEMBER, id: 'older', reversed: true };
    const reversed = decidePaymentReversal(historyOf(WORKED_LOAN, [older, SEPTEMBER]), SEPTEMBER);
    assert.ok(reversed.ok);
    assert.equal(reversed.after.paymentsMade, 0);
    const brought = decidePayment(historyOf(WORKED_LOAN, [older]), SEPTEMBER);
    assert.ok(brought.ok);
    assert.equal(merged([...brought.changes, ...reversed.changes]).size, 0);
  });
});

describe('the reversal of a loan', () => {
  test('takes its origination back to the cent, also past payments that are all reversed', () => {
    fc.assert(
      fc.property(loansWithRecords(), ({ terms, records }) => {
        const reversed = records.map((record) => ({ ...record, reversed: true }));
        const decision = decideLoanReversal(historyOf(terms, reversed));
        assert.ok(decision.ok);
        assert.equal(merged([...originationOf(terms), ...decision.changes]).size, 0);
        assert.ok(decision.changes.every(({ effectiveOn }) => effectiveOn === terms.date));
      }),
      { numRuns: 300 },
    );
  });

  test('is refused with any live payment, made or missed', () => {
    fc.assert(
      fc.property(withOneMore, ({ record, whole }) => {
        const records = whole.records.map((other) => ({ ...other, reversed: other !== record }));
        assert.deepEqual(decideLoanReversal(historyOf(whole.terms, records)), {
          ok: false,
          refusal: { reason: 'has-payments' },
        });
      }),
      { numRuns: 200 },
    );
  });

  test('is refused twice', () => {
    fc.assert(
      fc.property(loanTerms(), (terms) => {
        const decision = decideLoanReversal({ ...historyOf(terms, []), reversed: true });
        assert.deepEqual(decision, { ok: false, refusal: { reason: 'already-reversed' } });
      }),
    );
  });
});
