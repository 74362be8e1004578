// Random batches on a real database, beside a plain ledger that counts everything from its records: each command ends
// alike, and the book, cut by due date or not, is the sum of the loans as of any date and as known on any date.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addMonths,
  type CalendarDate,
  DATE_MAX,
  DATE_MIN,
  dateOf,
} from '../../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../../src/domain/loan.ts';
import type { PAYMENT_KINDS } from '../../../src/domain/payment.ts';
import type { Command } from '../../../src/ledger/commands.ts';
import { newId } from '../../../src/ledger/ids.ts';
import { issue, pay, words } from '../../support/ledger-commands.ts';
import { loanTerms } from '../../support/loan-arbitraries.ts';
import { PlainLedger } from '../../support/plain-ledger.ts';
import { fc } from '../../support/properties.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../../support/temporary-database.ts';

/** One command before it is known which ids the loans have. */
interface Draft {
  readonly kind: 'issue' | 'pay';
  readonly loan: number;
  /** The terms of another loan, so that a reference meets other content. */
  readonly terms: number;
  readonly named: 'id' | 'reference' | 'not';
  readonly payment: (typeof PAYMENT_KINDS)[number];
  readonly months: number;
  readonly day: number;
  readonly amount: 'omitted' | 'right' | 'wrong';
  readonly ifRecorded: 'refuse' | 'skip';
}

const LOANS = 4;
const REFERENCES = ['a', 'b', 'c', 'd'] as const;

const drafts: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('issue', 'pay', 'pay', 'pay'),
  loan: fc.nat({ max: LOANS - 1 }),
  terms: fc.nat({ max: LOANS - 1 }),
  named: fc.constantFrom('id', 'reference', 'id', 'reference', 'not'),
  payment: fc.constantFrom('made', 'made', 'made', 'missed'),
  months: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 9 })),
  day: fc.integer({ min: -4, max: 4 }),
  amount: fc.constantFrom('omitted', 'right', 'right', 'wrong'),
  ifRecorded: fc.constantFrom('refuse', 'skip'),
});

const pools = fc.array(
  fc.tuple(loanTerms({ termMax: 5 }), fc.integer({ min: 0, max: 500 })).map(([terms, days]) => ({
    ...terms,
    date: dateOf(2024, 1, 31) + days,
  })),
  { minLength: LOANS, maxLength: LOANS },
);

const batches = fc.array(
  fc.record({
    drafts: fc.array(drafts, { maxLength: 25 }),
    daysOn: fc.integer({ min: -2, max: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Questions: an as-of date near the loans' lives, and how many days ago it is asked for as known. */
const questions = fc.array(
  fc.record({
    loan: fc.nat({ max: LOANS - 1 }),
    months: fc.integer({ min: -1, max: 12 }),
    days: fc.integer({ min: -2, max: 2 }),
    knownAt: fc.option(fc.integer({ min: TODAY - 5, max: TODAY + 15 }), { nil: undefined }),
    bounds: fc
      .uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 3 })
      .map((days) => days.toSorted((a, b) => a - b)),
  }),
  { minLength: 8, maxLength: 8 },
);

function commandOf(draft: Draft, pool: readonly LoanTerms[], plain: PlainLedger): Command {
  const { loan, named, ifRecorded } = draft;
  const reference = REFERENCES[loan] as string;
  const terms = pool[loan] as LoanTerms;
  if (draft.kind === 'issue') {
    const other = draft.day < -2 ? (pool[draft.terms] as LoanTerms) : terms;
    return issue(named === 'not' ? null : reference, { terms: other, ifRecorded });
  }
  const id = plain.loans.find((known) => known.reference === reference)?.id ?? newId();
  const key = named === 'reference' ? ({ by: 'reference', reference } as const) : ({ by: 'id', id } as const);
  const amountCents = terms.installmentCents + (draft.amount === 'wrong' ? 1n : 0n);
  return pay(key, addMonths(terms.date, draft.months) + draft.day, {
    payment: draft.payment,
    ifRecorded,
    ...(draft.amount === 'omitted' ? {} : { amountCents }),
  });
}

/** Runs a batch on both; what each says of every command must be the same. */
async function runBatch(
  ledger: TemporaryLedger,
  plain: PlainLedger,
  commands: readonly Command[],
  today: CalendarDate,
) {
  const loansBefore = plain.loans.length;
  ledger.clock.at = noonOf(today);
  const outcomes = await ledger.execute(commands);
  // An empty batch records nothing, but the book day moves all the same.
  plain.bookDay = Math.max(plain.bookDay, today);
  const expected = commands.map((command) => plain.tell(command, today));
  assert.deepEqual(words(outcomes), expected);
  const ids = outcomes.flatMap((outcome) => (outcome.kind === 'issued' ? [outcome.loan.id] : []));
  for (const [index, loan] of plain.loans.slice(loansBefore).entries()) loan.id = ids[index];
}

async function compareBooks(
  ledger: TemporaryLedger,
  plain: PlainLedger,
  asOf: CalendarDate,
  knownAt: CalendarDate | undefined,
  edges: readonly CalendarDate[],
) {
  assert.deepEqual(await ledger.store.bookAsOf(asOf, knownAt), plain.outstanding(asOf, knownAt));
  assert.deepEqual(
    await ledger.store.bookByDueDate(asOf, knownAt, edges),
    plain.byDueDate(asOf, knownAt, edges),
  );
}

async function compareLoans(ledger: TemporaryLedger, plain: PlainLedger, asOf: CalendarDate) {
  for (const loan of plain.loans) {
    const found = await ledger.store.loanAsOf(loan.id as string, asOf, undefined);
    assert.equal(found?.paymentsMade, plain.paymentsMade(loan, asOf));
    assert.equal(found?.loan.paymentsMade, plain.paymentsMade(loan, DATE_MAX));
    assert.deepEqual(found?.loan.terms, loan.terms);
    assert.equal(found?.loan.recording.on, loan.recordedOn);
  }
}

test('any batches end as in a plain ledger, and the book is the sum of the loans', async () => {
  await fc.assert(
    fc.asyncProperty(pools, batches, questions, async (pool, told, asked) => {
      await using ledger = await temporaryLedger();
      const plain = new PlainLedger();
      let today = TODAY;
      for (const { drafts: some, daysOn } of told) {
        today += daysOn;
        const commands = some.map((draft) => commandOf(draft, pool, plain));
        await runBatch(ledger, plain, commands, today);
      }
      for (const { loan, months, days, knownAt, bounds } of asked) {
        const asOf = addMonths((pool[loan] as LoanTerms).date, months) + days;
        await compareBooks(ledger, plain, asOf, knownAt, [asOf, ...bounds.map((bound) => asOf - bound)]);
        await compareLoans(ledger, plain, asOf);
      }
      for (const asOf of [DATE_MIN, DATE_MAX]) await compareBooks(ledger, plain, asOf, undefined, [asOf]);
    }),
    { numRuns: 60 },
  );
});
