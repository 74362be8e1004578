// Whether a payment is taken: every refusal and the order in which the checks run.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMonths, dateOf, monthOf } from '../../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../../src/domain/loan.ts';
import {
  decidePayment,
  type HistorySlice,
  type MonthRecord,
  PAYMENT_KINDS,
  type PaymentDecision,
  type PaymentRequest,
} from '../../../src/domain/payment.ts';
import { loansWithRecords, madeDatesOf } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const TERMS: LoanTerms = {
  amountCents: 100_000n,
  rate: 500_000_000n,
  term: 12,
  date: dateOf(2017, 8, 5),
  installmentCents: 8_560n,
};

function made(year: number, month: number, day: number): MonthRecord {
  return { id: `${year}-${month}-${day}`, kind: 'made', date: dateOf(year, month, day), reversed: false };
}

function missed(year: number, month: number, day: number): MonthRecord {
  return { ...made(year, month, day), kind: 'missed' };
}

/** A whole history, whatever its records. */
function historyOf(records: readonly MonthRecord[], terms = TERMS): HistorySlice {
  return { terms, records, reversed: false, paymentsMade: madeDatesOf(records).length };
}

/** `count` made payments, one in each month from the first due date on. */
function paidFor(count: number): MonthRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `payment ${index + 1}`,
    kind: 'made',
    date: addMonths(TERMS.date, index + 1),
    reversed: false,
  }));
}

function refusalOf(decision: PaymentDecision) {
  return decision.ok ? undefined : decision.refusal;
}

const request = (kind: PaymentRequest['kind'], date: number): PaymentRequest => ({ kind, date });

describe('a payment', () => {
  test('is taken, and a made one counts', () => {
    const decision = decidePayment(historyOf([]), request('made', dateOf(2017, 9, 5)));
    assert.ok(decision.ok);
    assert.equal(decision.paymentsMade, 1);
    assert.deepEqual(decision.changes, [
      {
        effectiveOn: dateOf(2017, 9, 5),
        dueOn: dateOf(2017, 9, 5),
        valueCents: -102_720n,
        principalCents: -100_000n,
        volume: -1,
      },
      {
        effectiveOn: dateOf(2017, 9, 5),
        dueOn: dateOf(2017, 10, 5),
        valueCents: 94_160n,
        principalCents: 91_856n,
        volume: 1,
      },
    ]);
  });

  test('that was missed is recorded and changes nothing outstanding', () => {
    const history = historyOf(paidFor(2));
    const decision = decidePayment(history, request('missed', dateOf(2017, 12, 5)));
    assert.deepEqual(decision, { ok: true, paymentsMade: 2, changes: [] });
  });

  test('before the loan’s date is refused, on it taken', () => {
    for (const kind of PAYMENT_KINDS) {
      const early = decidePayment(historyOf([]), request(kind, TERMS.date - 1));
      assert.deepEqual(refusalOf(early), { reason: 'before-loan', loanDate: TERMS.date });
      assert.ok(decidePayment(historyOf([]), request(kind, TERMS.date)).ok);
    }
  });

  test('of another amount than the installment is refused, missed alike', () => {
    for (const kind of PAYMENT_KINDS) {
      for (const amountCents of [8_559n, 8_561n, 0n, -8_560n, 102_720n]) {
        const decision = decidePayment(historyOf([]), { kind, date: TERMS.date, amountCents });
        assert.deepEqual(refusalOf(decision), { reason: 'wrong-amount', installmentCents: 8_560n });
      }
      assert.ok(decidePayment(historyOf([]), { kind, date: TERMS.date, amountCents: 8_560n }).ok);
    }
  });

  test('in a month that has a record of either kind is a duplicate, on any of its days', () => {
    const duplicate = { reason: 'duplicate', month: 2017 * 12 + 8 };
    for (const kind of PAYMENT_KINDS) {
      for (const record of [made(2017, 9, 5), missed(2017, 9, 5)]) {
        for (const day of [1, 5, 30]) {
          const decision = decidePayment(historyOf([record]), request(kind, dateOf(2017, 9, day)));
          assert.deepEqual(refusalOf(decision), duplicate);
        }
        assert.ok(decidePayment(historyOf([record]), request(kind, dateOf(2017, 10, 1))).ok);
        assert.ok(decidePayment(historyOf([record]), request(kind, dateOf(2017, 8, 31))).ok);
        assert.ok(decidePayment(historyOf([record]), request(kind, dateOf(2018, 9, 5))).ok);
      }
    }
  });

  test('in a month whose records are all reversed is taken', () => {
    const reversed = [
      { ...made(2017, 9, 5), reversed: true },
      { ...missed(2017, 9, 7), reversed: true },
    ];
    const decision = decidePayment(historyOf(reversed), request('made', dateOf(2017, 9, 5)));
    assert.ok(decision.ok);
    assert.equal(decision.paymentsMade, 1);
    const again = decidePayment(
      historyOf([...reversed, made(2017, 9, 9)]),
      request('made', dateOf(2017, 9, 5)),
    );
    assert.equal(refusalOf(again)?.reason, 'duplicate');
  });

  test('that pays the last installment leaves nothing', () => {
    const decision = decidePayment(historyOf(paidFor(11)), request('made', dateOf(2018, 8, 5)));
    assert.ok(decision.ok);
    assert.equal(decision.paymentsMade, 12);
    assert.deepEqual(
      decision.changes.map(({ valueCents, volume }) => [valueCents, volume]),
      [[-8_560n, -1]],
    );
  });

  test('on a loan that is paid off is refused if made, taken if missed', () => {
    const history = historyOf(paidFor(12));
    for (const date of [dateOf(2018, 9, 5), dateOf(2017, 8, 31)]) {
      assert.deepEqual(refusalOf(decidePayment(history, request('made', date))), { reason: 'paid-off' });
      assert.deepEqual(decidePayment(history, request('missed', date)), {
        ok: true,
        paymentsMade: 12,
        changes: [],
      });
    }
  });

  test('of a missed month runs the loan on: the term counts made payments only', () => {
    const months = [missed(2017, 8, 31), ...paidFor(11), missed(2018, 9, 5)];
    const decision = decidePayment(historyOf(months), request('made', dateOf(2019, 1, 5)));
    assert.ok(decision.ok);
    assert.equal(decision.paymentsMade, 12);
  });
});

test('a loan that was taken back takes no record, whatever else is wrong with it', () => {
  const reversed = { ...historyOf([]), reversed: true };
  for (const kind of PAYMENT_KINDS) {
    for (const request of [
      { kind, date: dateOf(2017, 9, 5) },
      { kind, date: TERMS.date - 1 },
      { kind, date: TERMS.date, amountCents: 1n },
    ]) {
      assert.deepEqual(refusalOf(decidePayment(reversed, request)), { reason: 'loan-reversed' });
    }
  }
});

describe('the checks run in order', () => {
  const paidOff = historyOf(paidFor(12));
  const wrong = 1n;

  test('date before amount', () => {
    const decision = decidePayment(paidOff, { kind: 'made', date: TERMS.date - 1, amountCents: wrong });
    assert.equal(refusalOf(decision)?.reason, 'before-loan');
  });

  test('amount before duplicate', () => {
    const decision = decidePayment(paidOff, { kind: 'made', date: dateOf(2017, 9, 5), amountCents: wrong });
    assert.equal(refusalOf(decision)?.reason, 'wrong-amount');
  });

  test('duplicate before paid off', () => {
    const decision = decidePayment(paidOff, request('made', dateOf(2017, 9, 5)));
    assert.equal(refusalOf(decision)?.reason, 'duplicate');
  });

  test('date before duplicate: the loan’s month may hold a record', () => {
    const history = historyOf([made(2017, 8, 6)]);
    const decision = decidePayment(history, request('made', dateOf(2017, 8, 4)));
    assert.equal(refusalOf(decision)?.reason, 'before-loan');
  });
});

describe('a part of the history', () => {
  test('from the payment’s month, or an earlier one, decides as the whole', () => {
    const cases = fc.record({
      loan: loansWithRecords(),
      kind: fc.constantFrom(...PAYMENT_KINDS),
      months: fc.integer({ min: -1, max: 26 }),
      day: fc.nat({ max: 30 }),
      earlier: fc.nat({ max: 5 }),
      amountIsRight: fc.boolean(),
      reversedMonth: fc.option(fc.nat({ max: 40 })),
    });
    fc.assert(
      fc.property(cases, ({ loan, kind, months, day, earlier, amountIsRight, reversedMonth }) => {
        const { terms } = loan;
        const records = loan.records.map((record, index) =>
          index === reversedMonth ? { ...record, reversed: true } : record,
        );
        const date = addMonths(terms.date, months) + day;
        const amountCents = terms.installmentCents + (amountIsRight ? 0n : 1n);
        const whole = historyOf(records, terms);
        const fromMonth = monthOf(date) - earlier;
        const slice = { ...whole, records: records.filter((record) => monthOf(record.date) >= fromMonth) };
        assert.deepEqual(
          decidePayment(slice, { kind, date, amountCents }),
          decidePayment(whole, { kind, date, amountCents }),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
