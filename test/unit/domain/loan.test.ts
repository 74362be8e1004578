// Which loans a bank can issue: each limit met and missed by one, every fault named, and the installment that follows.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { installmentOf } from '../../../src/domain/annuity.ts';
import { addMonths, DATE_MAX, DATE_MIN, dateOf } from '../../../src/domain/calendar-date.ts';
import {
  decideTerms,
  type LoanRequest,
  TERM_MAX,
  type TermsField,
  type TermsReason,
  totalOf,
} from '../../../src/domain/loan.ts';
import { AMOUNT_CENTS_MAX, TOTAL_CENTS_MAX } from '../../../src/domain/money.ts';
import { RATE_MAX } from '../../../src/domain/rate.ts';
import { ROUNDINGS, type Rounding } from '../../../src/domain/rounding.ts';
import { amounts, dates, loanTerms, rates, roundings, termLengths } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const REQUEST: LoanRequest = {
  amountCents: 100_000n,
  rate: 500_000_000n,
  term: 12,
  date: dateOf(2017, 8, 5),
};

type FaultText = `${TermsField} ${TermsReason}`;

/** The faults as "field reason", or none where the loan is taken. */
function faultsOf(changes: Partial<LoanRequest>, rounding: Rounding = 'down'): FaultText[] {
  const decision = decideTerms({ ...REQUEST, ...changes }, rounding);
  return decision.ok ? [] : decision.faults.map(({ field, reason }): FaultText => `${field} ${reason}`);
}

test('a loan within all limits gets its terms with the installment as the bank rounds', () => {
  for (const rounding of ROUNDINGS) {
    const installmentCents = rounding === 'down' ? 8_560n : 8_561n;
    assert.deepEqual(decideTerms(REQUEST, rounding), { ok: true, terms: { ...REQUEST, installmentCents } });
  }
});

describe('the limits', () => {
  test('of the amount: greater than 0, up to 9,999,999,999,999.99', () => {
    assert.equal(AMOUNT_CENTS_MAX, 999_999_999_999_999n);
    assert.deepEqual(faultsOf({ amountCents: 0n }), ['amount not-positive']);
    assert.deepEqual(faultsOf({ amountCents: -1n }), ['amount not-positive']);
    assert.deepEqual(faultsOf({ amountCents: AMOUNT_CENTS_MAX }), []);
    assert.deepEqual(faultsOf({ amountCents: AMOUNT_CENTS_MAX + 1n }), ['amount too-large']);
    assert.deepEqual(faultsOf({ amountCents: 10n ** 40n }), ['amount too-large']);
  });

  test('of the rate: 0 to 100', () => {
    assert.deepEqual(faultsOf({ rate: -1n }), ['rate not-positive']);
    assert.deepEqual(faultsOf({ rate: 0n }), []);
    assert.deepEqual(faultsOf({ rate: 1n }), []);
    assert.deepEqual(faultsOf({ rate: RATE_MAX }), []);
    assert.deepEqual(faultsOf({ rate: RATE_MAX + 1n }), ['rate too-large']);
  });

  test('of the term: 1 to 1,200 months', () => {
    assert.equal(TERM_MAX, 1_200);
    assert.deepEqual(faultsOf({ term: 0 }), ['term not-positive']);
    assert.deepEqual(faultsOf({ term: -12 }), ['term not-positive']);
    assert.deepEqual(faultsOf({ term: 1 }), []);
    assert.deepEqual(faultsOf({ term: 1_200 }), []);
    assert.deepEqual(faultsOf({ term: 1_201 }), ['term too-large']);
    assert.deepEqual(faultsOf({ term: 2_147_483_647 }), ['term too-large']);
  });

  test('of the last due date: 9999-12-31', () => {
    assert.deepEqual(faultsOf({ date: dateOf(9998, 12, 31), term: 12 }), []);
    assert.deepEqual(faultsOf({ date: dateOf(9999, 1, 1), term: 12 }), ['term too-large']);
    assert.deepEqual(faultsOf({ date: dateOf(9999, 11, 30), term: 1 }), []);
    assert.deepEqual(faultsOf({ date: DATE_MAX, term: 1 }), ['term too-large']);
    assert.deepEqual(faultsOf({ date: dateOf(9900, 1, 1), term: 1_200 }), ['term too-large']);
    assert.deepEqual(faultsOf({ date: dateOf(9899, 12, 31), term: 1_200 }), []);
    assert.deepEqual(faultsOf({ date: DATE_MIN, term: 1_200 }), []);
  });

  test('of the total: 2^53 − 1 cents, whichever way the installment came about', () => {
    assert.equal(TOTAL_CENTS_MAX, 2n ** 53n - 1n);
    const one = { amountCents: AMOUNT_CENTS_MAX, rate: 0n, term: 1 };
    assert.deepEqual(faultsOf({ ...one, contractualInstallmentCents: TOTAL_CENTS_MAX }), []);
    assert.deepEqual(faultsOf({ ...one, contractualInstallmentCents: TOTAL_CENTS_MAX + 1n }), [
      'installment too-large',
    ]);
    // Over one month at r the total is amount × (1 + r): the bounds lie between two neighbouring rates.
    const rate = ((TOTAL_CENTS_MAX - AMOUNT_CENTS_MAX) * 12n * 10n ** 10n) / AMOUNT_CENTS_MAX;
    assert.deepEqual(faultsOf({ ...one, rate }), []);
    assert.deepEqual(faultsOf({ ...one, rate: rate + 1n }), ['amount too-large']);
    assert.deepEqual(faultsOf({ ...one, rate: RATE_MAX }), ['amount too-large']);
  });

  test('of the installment: it may not round to 0', () => {
    assert.deepEqual(faultsOf({ amountCents: 1n, term: 12 }), ['amount too-small-for-term']);
    assert.deepEqual(faultsOf({ amountCents: 11n, rate: 0n, term: 12 }), ['amount too-small-for-term']);
    assert.deepEqual(faultsOf({ amountCents: 12n, rate: 0n, term: 12 }), []);
    assert.deepEqual(faultsOf({ amountCents: 6n, rate: 0n, term: 12 }, 'half-up'), []);
    assert.deepEqual(faultsOf({ amountCents: 6n, rate: 0n, term: 12 }, 'half-even'), [
      'amount too-small-for-term',
    ]);
    assert.deepEqual(faultsOf({ amountCents: 1n, rate: 0n, term: 12 }, 'up'), []);
  });
});

describe('a contractual installment', () => {
  test('is kept as it stands, whatever the bank’s rounding', () => {
    for (const rounding of ROUNDINGS) {
      const decision = decideTerms({ ...REQUEST, contractualInstallmentCents: 8_600n }, rounding);
      assert.deepEqual(decision, { ok: true, terms: { ...REQUEST, installmentCents: 8_600n } });
    }
  });

  test('must be positive and add up to the amount at least', () => {
    assert.deepEqual(faultsOf({ contractualInstallmentCents: 0n }), ['installment not-positive']);
    assert.deepEqual(faultsOf({ contractualInstallmentCents: -1n }), ['installment not-positive']);
    assert.deepEqual(faultsOf({ contractualInstallmentCents: 8_333n }), ['installment below-amount']);
    assert.deepEqual(faultsOf({ contractualInstallmentCents: 8_334n }), []);
    assert.deepEqual(faultsOf({ amountCents: 12_000n, contractualInstallmentCents: 1_000n }), []);
  });

  test('is no such bound for the bank’s own: 100.00 at 0 % over 3 adds up to 99.99', () => {
    const decision = decideTerms({ ...REQUEST, amountCents: 10_000n, rate: 0n, term: 3 }, 'down');
    assert.ok(decision.ok);
    assert.equal(totalOf(decision.terms), 9_999n);
  });
});

test('every field that is wrong is named, in the order of the fields', () => {
  assert.deepEqual(faultsOf({ amountCents: 0n, rate: -1n, term: 0 }), [
    'amount not-positive',
    'rate not-positive',
    'term not-positive',
  ]);
  assert.deepEqual(faultsOf({ amountCents: 10n ** 15n, rate: RATE_MAX + 1n, term: 1_201, date: DATE_MAX }), [
    'amount too-large',
    'rate too-large',
    'term too-large',
  ]);
});

test('any loan that is issued is within all limits, and its installment the formula’s', () => {
  fc.assert(
    fc.property(amounts, rates, termLengths, dates, roundings, (amountCents, rate, term, date, rounding) => {
      const decision = decideTerms({ amountCents, rate, term, date }, rounding);
      const installmentCents = installmentOf(amountCents, rate, term, rounding);
      const fits =
        installmentCents > 0n &&
        installmentCents * BigInt(term) <= TOTAL_CENTS_MAX &&
        addMonths(date, term) <= DATE_MAX;
      assert.equal(decision.ok, fits);
      if (decision.ok) assert.deepEqual(decision.terms, { amountCents, rate, term, date, installmentCents });
    }),
    { numRuns: 1_000 },
  );
});

test('the total is installment × term', () => {
  fc.assert(
    fc.property(loanTerms(), (terms) => {
      assert.equal(totalOf(terms), terms.installmentCents * BigInt(terms.term));
    }),
  );
});
