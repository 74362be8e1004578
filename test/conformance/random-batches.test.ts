// Random batches on a real database, beside a plain ledger that counts everything from its records: each command ends
// alike, also a retried one, and the book, cut by due date or not, is the sum of the loans as of and as known on any date.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketEdges } from '../../src/domain/arrears.ts';
import { addSums } from '../../src/domain/book.ts';
import { addMonths, type CalendarDate, DATE_MAX, DATE_MIN, dateOf } from '../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../src/domain/loan.ts';
import type { PAYMENT_KINDS } from '../../src/domain/payment.ts';
import type { Answer, Command, IdempotencyKey } from '../../src/ledger/commands.ts';
import { newId } from '../../src/ledger/ids.ts';
import { placeOf } from '../../src/ledger/lanes.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byId,
  byReference,
  issue,
  keyed,
  passBookDay,
  pay,
  reverse,
  reverseLoan,
  words,
} from '../support/ledger-commands.ts';
import { loanTerms } from '../support/loan-arbitraries.ts';
import { PlainLedger, type PlainLoan } from '../support/plain-ledger.ts';
import { fc } from '../support/properties.ts';
import { assertSound } from '../support/sound-book.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

/** One command before it is known which ids the loans have. */
interface Draft {
  readonly kind: 'issue' | 'pay' | 'reverse' | 'reverse-loan' | 'pass';
  readonly loan: number;
  /** The terms of another loan, so that a reference meets other content. */
  readonly terms: number;
  readonly named: 'id' | 'reference' | 'payment' | 'not';
  readonly payment: (typeof PAYMENT_KINDS)[number];
  readonly months: number;
  readonly day: number;
  readonly amount: 'omitted' | 'right' | 'wrong';
  readonly ifRecorded: 'refuse' | 'skip';
  /** Which of the payments that are known before the batch a reversal, a replacement or a name is of. */
  readonly record: number;
  readonly replaces: boolean;
  readonly idempotency: IdempotencyKey | undefined;
}

const LOANS = 4;
const REFERENCES = ['a', 'b', 'c', 'd'] as const;

const drafts: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('issue', 'pay', 'pay', 'pay', 'pay', 'reverse', 'reverse', 'reverse-loan', 'pass'),
  loan: fc.nat({ max: LOANS - 1 }),
  terms: fc.nat({ max: LOANS - 1 }),
  named: fc.constantFrom('id', 'reference', 'id', 'reference', 'payment', 'not'),
  payment: fc.constantFrom('made', 'made', 'made', 'missed'),
  months: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 9 })),
  day: fc.integer({ min: -4, max: 4 }),
  amount: fc.constantFrom('omitted', 'right', 'right', 'wrong'),
  ifRecorded: fc.constantFrom('refuse', 'skip'),
  record: fc.nat({ max: 30 }),
  replaces: fc.integer({ min: 0, max: 3 }).map((draw) => draw === 0),
  idempotency: fc.option(
    fc.record({
      key: fc.constantFrom('1', '2', '3', '4', '5'),
      fingerprint: fc.constantFrom('some', 'some', 'some', 'other'),
      keeps: fc.constantFrom('refusals', 'conflicts'),
    }),
    { freq: 2, nil: undefined },
  ),
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

/** How many lanes an engine has that has several: with one, transactions are largest. */
const lanes = fc.constantFrom(1, 3);

/** The id of a payment that is there; of that loan, or now and then of another. */
function paymentIdOf({ record }: Draft, loan: PlainLoan | undefined, plain: PlainLedger): string {
  const any = plain.loans.flatMap(({ payments }) => payments);
  const of = record % 7 === 0 ? any : (loan?.payments ?? []);
  return of[record % Math.max(1, of.length)]?.id ?? newId();
}

function commandOf(draft: Draft, pool: readonly LoanTerms[], plain: PlainLedger, today: number): Command {
  const { loan, named, ifRecorded, idempotency } = draft;
  const reference = REFERENCES[loan] as string;
  const terms = pool[loan] as LoanTerms;
  const known = plain.loans.find((some) => some.reference === reference);
  const id = known?.id ?? newId();
  const key = idempotency === undefined ? {} : keyed(idempotency.key, idempotency);
  const paymentId = paymentIdOf(draft, known, plain);
  switch (draft.kind) {
    case 'issue': {
      const other = draft.day < -2 ? (pool[draft.terms] as LoanTerms) : terms;
      return issue(named === 'not' ? null : reference, { terms: other, ifRecorded, ...key });
    }
    case 'pay': {
      const amountCents = terms.installmentCents + (draft.amount === 'wrong' ? 1n : 0n);
      const keys = {
        id: byId(id),
        not: byId(id),
        reference: byReference(reference),
        payment: { by: 'payment', paymentId },
      } as const;
      return pay(keys[named], addMonths(terms.date, draft.months) + draft.day, {
        payment: draft.payment,
        ifRecorded,
        ...key,
        ...(draft.amount === 'omitted' ? {} : { amountCents }),
        ...(draft.replaces ? { replaces: paymentId } : {}),
      });
    }
    case 'reverse':
      return reverse(paymentId, key);
    case 'reverse-loan':
      return reverseLoan(id, key);
    case 'pass':
      return passBookDay(today + draft.day);
  }
}

/** Tells the plain ledger under which ids the real one has recorded what was recorded just now. */
function tellIds(plain: PlainLedger, answers: readonly Answer[]): void {
  const fresh = answers.filter(({ replayOf }) => replayOf === null).map(({ outcome }) => outcome);
  const loans = plain.loans.filter(({ id }) => id === undefined);
  const issued = fresh.flatMap((outcome) => (outcome.kind === 'issued' ? [outcome.loan] : []));
  assert.equal(issued.length, loans.length);
  for (const [index, { id }] of issued.entries()) (loans[index] as PlainLoan).id = id;
  for (const outcome of fresh) {
    if (outcome.kind !== 'recorded') continue;
    const { id, loanId } = outcome.payment;
    const payment = plain.loans
      .find((loan) => loan.id === loanId)
      ?.payments.find((some) => some.id === undefined);
    assert.ok(payment);
    payment.id = id;
  }
}

/** What each run of commands that one transaction takes has in common: lanes of loans, and of idempotency keys. */
function transactionsOf(commands: readonly Command[], lanes: number): Command[][] {
  const transactions: Command[][] = [];
  let last: string | undefined;
  for (const command of commands) {
    const { lane, keyLane } = placeOf(command, lanes);
    const name = lanes === 1 ? '' : `${lane}/${keyLane}/${command.kind === 'pass-book-day'}`;
    if (name === last) transactions.at(-1)?.push(command);
    else transactions.push([command]);
    last = name;
  }
  return transactions;
}

/** Runs one transaction on both; what each says of every command must be the same. */
async function runTransaction(
  ledger: TemporaryLedger,
  plain: PlainLedger,
  commands: readonly Command[],
  today: CalendarDate,
) {
  ledger.clock.at = noonOf(today);
  const answers = await ledger.execute(commands);
  plain.bookDay = Math.max(plain.bookDay, today);
  const expected = commands.map((command) => plain.tell(command, today));
  assert.deepEqual(words(answers), expected);
  plain.pass(commands);
  tellIds(plain, answers);
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

/** Series and movements from the questions' own dates: the same sums as date by date. */
async function compareSeries(
  { store }: TemporaryLedger,
  plain: PlainLedger,
  asOfs: readonly CalendarDate[],
  knownAt: CalendarDate | undefined,
  bounds: readonly number[],
) {
  const dates = [...new Set(asOfs)].toSorted((a, b) => a - b);
  assert.deepEqual(
    await store.bookSeries(dates, knownAt),
    dates.map((date) => plain.outstanding(date, knownAt)),
  );
  assert.deepEqual(
    await store.bookByDueDateSeries(dates, knownAt, bounds),
    dates.map((date) => plain.byDueDate(date, knownAt, bucketEdges(date, bounds))),
  );
  const [from, to] = [dates[0] as number, dates.at(-1) as number];
  const { opening, issued, paid, reversed } = await store.bookMovements(from, to, knownAt);
  assert.deepEqual(opening, plain.outstanding(from - 1, knownAt));
  assert.deepEqual([issued, paid, reversed].reduce(addSums, opening), plain.outstanding(to, knownAt));
  assert.deepEqual(issued, plain.issued(from, to, knownAt));
}

async function compareLoans(
  ledger: TemporaryLedger,
  plain: PlainLedger,
  asOf: CalendarDate,
  knownAt: CalendarDate | undefined,
) {
  for (const loan of plain.loans) {
    const found = await ledger.store.loanAsOf(loan.id as string, asOf, knownAt);
    if (knownAt !== undefined && loan.recordedOn > knownAt) {
      assert.equal(found, undefined);
      continue;
    }
    assert.equal(found?.paymentsMade, plain.paymentsMade(loan, asOf, knownAt));
    assert.equal(found?.reversed, loan.reversedOn !== undefined && loan.reversedOn <= (knownAt ?? DATE_MAX));
    assert.deepEqual(found?.terms, loan.terms);
    const record = await ledger.store.loanById(loan.id as string);
    assert.equal(record?.paymentsMade, plain.paymentsMade(loan, DATE_MAX));
    assert.equal(record?.reversed?.on, loan.reversedOn);
    assert.deepEqual(record?.terms, loan.terms);
    assert.equal(record?.recording.on, loan.recordedOn);
  }
}

/** What is stored of each loan is what was told, in a history without gaps. */
async function compareRecords(ledger: TemporaryLedger, plain: PlainLedger) {
  for (const loan of plain.loans) {
    const found = await ledger.store.loanRecords(loan.id as string);
    assert.ok(found);
    const stored = found.payments.map(({ id, kind, date, recording, reversed }) => ({
      id,
      kind,
      date,
      recordedOn: recording.on,
      reversedOn: reversed?.on,
    }));
    const byId = (a: { id: string | undefined }, b: { id: string | undefined }) =>
      (a.id as string) < (b.id as string) ? -1 : 1;
    assert.deepEqual(stored.toSorted(byId), loan.payments.toSorted(byId));
    const reversed = loan.payments.filter(({ reversedOn }) => reversedOn !== undefined).map(({ id }) => id);
    if (loan.reversedOn !== undefined) reversed.push(undefined);
    assert.deepEqual(
      found.reversals.map(({ paymentId }) => paymentId ?? undefined).toSorted(),
      reversed.toSorted(),
    );
    const sequences = [...found.payments, ...found.reversals].map(({ sequence }) => sequence);
    const { recordCount } = found.loan;
    assert.deepEqual(
      sequences.toSorted((a, b) => a - b),
      Array.from({ length: recordCount - 1 }, (_, index) => index + 2),
    );
  }
}

onEachEngine((engine) => {
  test('any batches end as in a plain ledger, and the book is the sum of the loans', async () => {
    await fc.assert(
      fc.asyncProperty(pools, batches, questions, lanes, async (pool, told, asked, lanes) => {
        await using ledger = await temporaryLedger(engine, lanes);
        const plain = new PlainLedger();
        let today = TODAY;
        for (const { drafts: some, daysOn } of told) {
          today += daysOn;
          const commands = some.map((draft) => commandOf(draft, pool, plain, today));
          for (const transaction of transactionsOf(commands, ledger.store.lanes)) {
            await runTransaction(ledger, plain, transaction, today);
          }
        }
        const asOfOf = ({ loan, months, days }: (typeof asked)[number]) =>
          addMonths((pool[loan] as LoanTerms).date, months) + days;
        for (const question of asked) {
          const { knownAt, bounds } = question;
          const asOf = asOfOf(question);
          await compareBooks(ledger, plain, asOf, knownAt, bucketEdges(asOf, bounds));
          await compareSeries(ledger, plain, asked.map(asOfOf), knownAt, bounds);
          await compareLoans(ledger, plain, asOf, knownAt);
        }
        for (const asOf of [DATE_MIN, DATE_MAX]) await compareBooks(ledger, plain, asOf, undefined, [asOf]);
        await compareRecords(ledger, plain);
        await assertSound(ledger.database.address);
      }),
      { numRuns: 60 },
    );
  });
}, EVERY_ENGINE);
