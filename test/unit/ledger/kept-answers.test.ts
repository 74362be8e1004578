// Which answers stand under an idempotency key, and that each comes back from its text as it was, money and all.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EarlyRefusal, IdempotencyKey, Outcome } from '../../../src/ledger/commands.ts';
import { isKept, readOutcome, writeOutcome } from '../../../src/ledger/kept-answers.ts';
import type { LoanRecord, PaymentRecord, ReversalRecord } from '../../../src/store/store.ts';
import { ORIGIN, WORKED_LOAN } from '../../support/ledger-commands.ts';
import { dates, loanTerms } from '../../support/loan-arbitraries.ts';
import { fc } from '../../support/properties.ts';

const RECORDING = { at: 1_700_000_000_000, on: 19_675 };

const HASH = '0a'.repeat(32);

const LOAN: LoanRecord = {
  id: 'a loan',
  reference: null,
  terms: WORKED_LOAN,
  recording: RECORDING,
  origin: ORIGIN,
  paymentsMade: 0,
  recordCount: 1,
  reversed: null,
  hash: HASH,
  head: HASH,
};

const PAYMENT: PaymentRecord = {
  id: 'a payment',
  loanId: 'a loan',
  sequence: 2,
  kind: 'made',
  date: 17_000,
  recording: RECORDING,
  origin: ORIGIN,
  hash: HASH,
  reversed: null,
};

const REVERSAL: ReversalRecord = {
  id: 'a reversal',
  loanId: 'a loan',
  sequence: 3,
  paymentId: null,
  reason: null,
  recording: RECORDING,
  origin: ORIGIN,
  hash: HASH,
};

/** Texts that look like what money is written as, and any others. */
const texts = fc.oneof(
  fc.constantFrom(
    '12n',
    '-1n',
    '0',
    '{"bigint":"1"}',
    '{"bigint":"x"}',
    '{\\"bigint\\":\\"1\\"}',
    'bigint',
    '"bigint":"1"',
    '__proto__',
    'null',
    '\u0000',
    '\ud800',
    '\u2028',
  ),
  fc.string({ unit: 'binary' }),
);

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  // Objects of one member each, as money is written.
  fc.constantFrom<Outcome[]>(
    { kind: 'payment-refused', refusal: { reason: 'paid-off' } },
    { kind: 'reversal-refused', refusal: { reason: 'already-reversed' } },
    { kind: 'terms-refused', faults: [{ field: 'term', reason: 'too-large' }] },
  ),
  fc.tuple(loanTerms(), fc.option(texts), texts).map(([terms, reference, requestId]): Outcome => {
    const loan = { ...LOAN, terms, reference, origin: { ...ORIGIN, requestId } };
    return { kind: 'issued', loan };
  }),
  fc
    .tuple(dates, fc.bigInt({ min: 0n, max: 2n ** 80n }))
    .map(
      ([date, amountCents]): Outcome => ({ kind: 'recorded', payment: { ...PAYMENT, date }, amountCents }),
    ),
  fc
    .option(texts)
    .map((reason): Outcome => ({ kind: 'payment-reversed', reversal: { ...REVERSAL, reason } })),
  fc.option(texts).map((reason): Outcome => ({ kind: 'loan-reversed', reversal: { ...REVERSAL, reason } })),
  texts.map((by): Outcome => ({ kind: 'reference-taken', by })),
  fc.bigInt().map((installmentCents): Outcome => {
    return { kind: 'payment-refused', refusal: { reason: 'wrong-amount', installmentCents } };
  }),
  dates.map((loanDate): Outcome => {
    return { kind: 'payment-refused', refusal: { reason: 'before-loan', loanDate } };
  }),
  dates.map((month): Outcome => ({ kind: 'payment-refused', refusal: { reason: 'duplicate', month } })),
);

describe('an answer that is kept', () => {
  test('comes back from its text as it was, whatever its numbers and its texts', () => {
    fc.assert(
      fc.property(outcomes, (outcome) => {
        const text = writeOutcome(outcome);
        assert.deepEqual(readOutcome(text), outcome);
        assert.equal(writeOutcome(readOutcome(text)), text);
        // What is put into a column of text must be one that a database takes.
        assert.ok(text.isWellFormed());
        assert.ok(!text.includes('\u0000'));
      }),
      { numRuns: 1_000 },
    );
  });

  test('has money as whole numbers of any size', () => {
    for (const amountCents of [0n, 1n, -1n, 2n ** 53n + 1n, -(10n ** 30n)]) {
      const outcome: Outcome = { kind: 'recorded', payment: PAYMENT, amountCents };
      const back = readOutcome(writeOutcome(outcome));
      assert.ok(back.kind === 'recorded');
      assert.equal(back.amountCents, amountCents);
    }
  });

  test('keeps a text that looks like money a text', () => {
    for (const text of ['12n', '12', '{"bigint":"1"}', '{"bigint":1}', 'bigint']) {
      const issued = readOutcome(writeOutcome({ kind: 'issued', loan: { ...LOAN, reference: text } }));
      assert.ok(issued.kind === 'issued');
      assert.equal(issued.loan.reference, text);
      assert.equal(issued.loan.terms.amountCents, WORKED_LOAN.amountCents);
      const reversal = { ...REVERSAL, reason: text };
      const reversed = readOutcome(writeOutcome({ kind: 'loan-reversed', reversal }));
      assert.ok(reversed.kind === 'loan-reversed');
      assert.equal(reversed.reversal.reason, text);
    }
  });
});

const KEY: IdempotencyKey = { key: 'k', fingerprint: 'f', keeps: 'refusals' };
const refused = (refusal: Extract<EarlyRefusal, { kind: 'payment-refused' }>['refusal']): Outcome => {
  return { kind: 'payment-refused', refusal };
};

/** What is kept where all refusals are, and where conflicts only are. */
const CASES: readonly (readonly [outcome: Outcome, refusals: boolean, conflicts: boolean])[] = [
  [{ kind: 'issued', loan: LOAN }, true, true],
  [{ kind: 'recorded', payment: PAYMENT, amountCents: 1n }, true, true],
  [{ kind: 'payment-reversed', reversal: REVERSAL }, true, true],
  [{ kind: 'loan-reversed', reversal: REVERSAL }, true, true],
  [refused({ reason: 'duplicate', month: 1 }), true, true],
  [refused({ reason: 'paid-off' }), true, true],
  [refused({ reason: 'loan-reversed' }), true, true],
  [refused({ reason: 'before-loan', loanDate: 1 }), true, false],
  [refused({ reason: 'wrong-amount', installmentCents: 1n }), true, false],
  [refused({ reason: 'other-currency' }), true, false],
  [{ kind: 'reference-taken', by: 'a loan' }, true, false],
  [{ kind: 'terms-refused', faults: [] }, true, false],
  [{ kind: 'reversal-refused', refusal: { reason: 'already-reversed' } }, true, false],
  [{ kind: 'reversal-refused', refusal: { reason: 'has-payments' } }, true, false],
  [{ kind: 'unknown-loan' }, false, false],
  [{ kind: 'unknown-payment' }, false, false],
  [{ kind: 'already-recorded' }, false, false],
  [{ kind: 'key-used' }, false, false],
  [{ kind: 'passed' }, false, false],
];

describe('under a key', () => {
  for (const [outcome, refusals, conflicts] of CASES) {
    const reason = 'refusal' in outcome ? ` for ${outcome.refusal.reason}` : '';
    const kept = refusals ? (conflicts ? 'always' : 'with the refusals alone') : 'never';
    test(`${outcome.kind}${reason} is kept ${kept}`, () => {
      assert.equal(isKept(outcome, KEY), refusals);
      assert.equal(isKept(outcome, { ...KEY, keeps: 'conflicts' }), conflicts);
    });
  }
});
