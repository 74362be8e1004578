// A book of 20,000 of the largest loans, whose sums pass 2^63: exact to the cent in every answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketEdges } from '../../src/domain/arrears.ts';
import type { BookSums } from '../../src/domain/book.ts';
import { addMonths, dateOf } from '../../src/domain/calendar-date.ts';
import { decideTerms, type LoanTerms, totalOf } from '../../src/domain/loan.ts';
import { AMOUNT_CENTS_MAX, TOTAL_CENTS_MAX } from '../../src/domain/money.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import { byReference, issue, pay, words } from '../support/ledger-commands.ts';
import { noonOf, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const LOANS = 20_000;
const BATCH = 1_000;
const SQLITE_INTEGER_MAX = 2n ** 63n - 1n;

/** The largest amount with the largest total that its term allows, contractual or by the bank's own rate. */
function largest(term: number, date: number): LoanTerms {
  const contractualInstallmentCents = TOTAL_CENTS_MAX / BigInt(term);
  const request = {
    amountCents: AMOUNT_CENTS_MAX,
    rate: 10n ** 10n,
    term,
    date,
    contractualInstallmentCents,
  };
  const decision = decideTerms(request, 'down');
  assert.ok(decision.ok);
  assert.ok(TOTAL_CENTS_MAX - totalOf(decision.terms) < BigInt(term));
  return decision.terms;
}

// Two dates of origination in one month and one in another; totals at the limit and a few cents below it.
const KINDS: readonly LoanTerms[] = [
  largest(1, dateOf(2026, 1, 5)),
  largest(7, dateOf(2026, 1, 31)),
  largest(1_200, dateOf(2026, 3, 5)),
];

const kindOf = (index: number) => KINDS[index % KINDS.length] as LoanTerms;
const countOf = (kind: LoanTerms) =>
  Array.from({ length: LOANS }, (_, index) => kindOf(index)).filter((k) => k === kind).length;

/** The untouched loans of some kinds, summed. */
function sumsOf(kinds: readonly LoanTerms[]): BookSums {
  const counts = kinds.map((kind) => BigInt(countOf(kind)));
  const total = (cents: (kind: LoanTerms) => bigint) =>
    kinds.reduce((sum, kind, index) => sum + cents(kind) * (counts[index] as bigint), 0n);
  return {
    valueCents: total(totalOf),
    principalCents: total(({ amountCents }) => amountCents),
    volume: Number(total(() => 1n)),
  };
}

onEachEngine((engine) => {
  test('sums beyond 2^63 are exact as of any date, by due date and as known before', async () => {
    await using ledger = await temporaryLedger(engine);
    for (let start = 0; start < LOANS; start += BATCH) {
      // The first half is recorded a day earlier: several rows for SQLite to sum.
      ledger.clock.at = noonOf(start < LOANS / 2 ? TODAY : TODAY + 1);
      const batch = Array.from({ length: BATCH }, (_, index) =>
        issue(`L${start + index}`, { terms: kindOf(start + index) }),
      );
      assert.deepEqual(new Set(words(await ledger.execute(batch))), new Set(['issued']));
    }
    const [first, second, third] = KINDS as [LoanTerms, LoanTerms, LoanTerms];
    const all = sumsOf(KINDS);
    assert.ok(all.valueCents > SQLITE_INTEGER_MAX && all.principalCents > SQLITE_INTEGER_MAX);
    assert.equal(all.volume, LOANS);

    const asOf = dateOf(2026, 4, 5);
    const { store } = ledger;
    assert.deepEqual(await store.bookAsOf(asOf, undefined), all);
    assert.deepEqual(await store.bookAsOf(asOf, TODAY + 1), all);
    assert.deepEqual(await store.bookAsOf(dateOf(2026, 2, 28), undefined), sumsOf([first, second]));
    assert.deepEqual(await store.bookAsOf(first.date, undefined), sumsOf([first]));

    const edges = bucketEdges(asOf, [30, 45]);
    // Due 2026-04-05: current; 2026-02-28: 36 days past due; 2026-02-05: 59 days.
    const cut = [sumsOf([third]), sumsOf([]), sumsOf([second]), sumsOf([first])];
    assert.ok(cut.every(({ valueCents }) => valueCents === 0n || valueCents > SQLITE_INTEGER_MAX));
    assert.deepEqual(await store.bookByDueDate(asOf, undefined, edges), cut);
    assert.deepEqual(await store.bookByDueDate(asOf, TODAY + 1, edges), cut);

    const known = await store.bookAsOf(asOf, TODAY);
    assert.equal(known.volume, LOANS / 2);
    assert.equal(known.principalCents, AMOUNT_CENTS_MAX * BigInt(LOANS / 2));
  });

  test('one payment in a book beyond 2^63 changes it by its cents alone', async () => {
    await using ledger = await temporaryLedger(engine);
    const terms = KINDS[2] as LoanTerms;
    for (let start = 0; start < LOANS; start += BATCH) {
      await ledger.execute(
        Array.from({ length: BATCH }, (_, index) => issue(`L${start + index}`, { terms })),
      );
    }
    const dueOn = addMonths(terms.date, 1);
    const before = await ledger.store.bookAsOf(dueOn, undefined);
    await ledger.execute([pay(byReference('L7'), dueOn)]);
    const after = await ledger.store.bookAsOf(dueOn, undefined);
    assert.equal(before.valueCents, totalOf(terms) * BigInt(LOANS));
    assert.equal(before.valueCents - after.valueCents, terms.installmentCents);
    const [current, late] = await ledger.store.bookByDueDate(dueOn + 1, undefined, [dueOn + 1]);
    assert.equal(current?.valueCents, totalOf(terms) - terms.installmentCents);
    assert.equal(late?.valueCents, totalOf(terms) * BigInt(LOANS - 1));
    assert.equal(late?.volume, LOANS - 1);
  });
}, EVERY_ENGINE);
