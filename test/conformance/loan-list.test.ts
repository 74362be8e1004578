// Lists of loans: each filter and its order, and pages that neither repeat nor hide a loan.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextDueAfter } from '../../src/domain/balance.ts';
import { addMonths, type CalendarDate, DATE_MAX, DATE_MIN, monthOf } from '../../src/domain/calendar-date.ts';
import type { LoanFilter, LoanRecord, LoanStatusFilter, Store } from '../../src/store/store.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byReference,
  issue,
  issued,
  pay,
  reverse,
  reverseLoan,
  WORKED_LOAN,
} from '../support/ledger-commands.ts';
import { fc } from '../support/properties.ts';
import { type TemporaryLedger, temporaryLedger } from '../support/temporary-database.ts';

const BASE = WORKED_LOAN.date;

onEachEngine((engine) => {
  /** Loans of a few dates, so that orders have ties, recorded in no order of their dates; some paid off or reversed. */
  async function withLoans(
    work: (ledger: TemporaryLedger, loans: LoanRecord[]) => Promise<void>,
  ): Promise<void> {
    await using ledger = await temporaryLedger(engine);
    const { execute, store } = ledger;
    const told = Array.from({ length: 40 }, (_, index) => {
      const date = BASE + 10 * ((index * 7) % 5);
      return { index, reference: `L${index}`, date };
    });
    const allIssued = await execute(
      told.map(({ reference, date }) => issue(reference, { terms: { ...WORKED_LOAN, term: 2, date } })),
    );
    await execute(
      told.flatMap(({ index, reference, date }) =>
        [1, 2].slice(0, index % 4).map((k) => pay(byReference(reference), addMonths(date, k))),
      ),
    );
    await execute(
      allIssued.flatMap(({ outcome }, index) =>
        outcome.kind === 'issued' && index % 8 === 0 ? [reverseLoan(outcome.loan.id)] : [],
      ),
    );
    const missed = await execute(
      told
        .filter(({ index }) => index % 8 === 4)
        .map(({ reference, date }) => pay(byReference(reference), addMonths(date, 1), { payment: 'missed' })),
    );
    // Such a month has a record, and none that counts.
    await execute(
      missed.flatMap(({ outcome }, place) =>
        outcome.kind === 'recorded' && place % 2 === 0 ? [reverse(outcome.payment.id)] : [],
      ),
    );
    const loans: LoanRecord[] = [];
    for (const { reference } of told) loans.push(await only(store, reference));
    // Lanes are written side by side; ids tell in which order the loans were recorded.
    await work(
      ledger,
      loans.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }

  async function only(store: Store, reference: string): Promise<LoanRecord> {
    const page = await store.loans({ reference }, null, 2);
    assert.equal(page?.loans.length, 1);
    assert.equal(page?.next, null);
    return page?.loans[0] as LoanRecord;
  }

  /** All pages of a list, from a cursor on where one is given. */
  async function allOf(
    store: Store,
    filter: LoanFilter,
    limit: number,
    from: string | null = null,
  ): Promise<LoanRecord[]> {
    const all: LoanRecord[] = [];
    let after = from;
    do {
      const page = await store.loans(filter, after, limit);
      assert.ok(page);
      assert.ok(page.loans.length <= limit);
      assert.ok(page.next === null || page.loans.length === limit);
      all.push(...page.loans);
      after = page.next;
    } while (after !== null);
    return all;
  }

  function dueOf({ terms, paymentsMade, reversed }: LoanRecord): CalendarDate | null {
    return reversed === null ? nextDueAfter(terms, paymentsMade) : null;
  }

  function statusOf(loan: LoanRecord): LoanStatusFilter {
    if (loan.reversed !== null) return 'reversed';
    return dueOf(loan) === null ? 'paid_off' : 'active';
  }

  /** The same list from all loans, which stand in the order in which they were recorded. */
  function expectedOf(
    loans: readonly LoanRecord[],
    recorded: ReadonlySet<string>,
    filter: LoanFilter,
  ): LoanRecord[] {
    const { reference, status, dateFrom = DATE_MIN, dateTo = DATE_MAX } = filter;
    const { dueOnOrAfter, dueOnOrBefore, withoutRecordIn } = filter;
    const byDue = dueOnOrAfter !== undefined || dueOnOrBefore !== undefined;
    const found = loans.filter((loan) => {
      if (reference !== undefined && loan.reference !== reference) return false;
      if (status !== undefined && statusOf(loan) !== status) return false;
      if (loan.terms.date < dateFrom || loan.terms.date > dateTo) return false;
      const due = dueOf(loan);
      if (withoutRecordIn !== undefined && recorded.has(`${loan.id} ${withoutRecordIn}`)) return false;
      if (!byDue) return true;
      return due !== null && due >= (dueOnOrAfter ?? DATE_MIN) && due <= (dueOnOrBefore ?? DATE_MAX);
    });
    if (byDue) return found.toSorted((a, b) => Number(dueOf(a)) - Number(dueOf(b)));
    if (filter.dateFrom === undefined && filter.dateTo === undefined) return found;
    return found.toSorted((a, b) => a.terms.date - b.terms.date);
  }

  /** Each month of a loan that has a record that counts. */
  async function recordedIn(store: Store, loans: readonly LoanRecord[]): Promise<Set<string>> {
    const months = new Set<string>();
    for (const { id } of loans) {
      const records = await store.loanRecords(id);
      for (const { date, reversed } of records?.payments ?? []) {
        if (reversed === null) months.add(`${id} ${monthOf(date)}`);
      }
    }
    return months;
  }

  /** A member that is there or not. */
  function maybe<Name extends string, Value>(name: Name, values: fc.Arbitrary<Value>) {
    const present = values.map((value) => ({ [name]: value }) as { [N in Name]?: Value });
    return fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: present, weight: 1 });
  }

  const dates = fc.integer({ min: -1, max: 41 }).map((days) => BASE + days);
  const dueDates = fc.integer({ min: 20, max: 110 }).map((days) => BASE + days);
  const filters: fc.Arbitrary<LoanFilter> = fc
    .tuple(
      maybe('reference', fc.constantFrom('L0', 'L3', 'L5', 'none', '')),
      maybe('status', fc.constantFrom('active', 'paid_off', 'reversed')),
      maybe('dateFrom', dates),
      maybe('dateTo', dates),
      maybe('dueOnOrAfter', dueDates),
      maybe('dueOnOrBefore', dueDates),
      maybe(
        'withoutRecordIn',
        fc.integer({ min: 0, max: 4 }).map((months) => monthOf(BASE) + months),
      ),
    )
    .map((members): LoanFilter => Object.assign({}, ...members));

  test('any filter in pages of any size gives each loan that it is of once, in its order', async () => {
    await withLoans(async ({ store }, loans) => {
      assert.deepEqual(new Set(loans.map(statusOf)), new Set(['active', 'paid_off', 'reversed']));
      const recorded = await recordedIn(store, loans);
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 1, max: 50 }), async (filter, limit) => {
          assert.deepEqual(await allOf(store, filter, limit), expectedOf(loans, recorded, filter));
        }),
        { numRuns: 300 },
      );
    });
  });

  describe('the next page', () => {
    test('is there exactly where more loans are', async () => {
      await withLoans(async ({ store }, loans) => {
        const whole = await store.loans({}, null, loans.length);
        assert.equal(whole?.next, null);
        const almost = await store.loans({}, null, loans.length - 1);
        assert.notEqual(almost?.next, null);
        const last = await store.loans({}, almost?.next ?? null, loans.length);
        assert.deepEqual(last, { loans: loans.slice(-1), next: null });
      });
    });

    test('is neither moved nor doubled by loans that are issued meanwhile', async () => {
      await withLoans(async ({ store, execute }, loans) => {
        for (const filter of [{}, { dateFrom: DATE_MIN }, { dueOnOrBefore: DATE_MAX }]) {
          const before = await allOf(store, filter, 100);
          const first = await store.loans(filter, null, 10);
          // One before everything that is listed, and one after.
          for (const date of [BASE - 100, BASE + 100]) {
            await issued(execute, issue(null, { terms: { ...WORKED_LOAN, date } }));
          }
          const rest = await allOf(store, filter, 10, first?.next);
          assert.deepEqual(first?.loans, before.slice(0, 10));
          const known = new Set(before.map(({ id }) => id));
          assert.deepEqual(
            rest.filter(({ id }) => known.has(id)),
            before.slice(10),
          );
          assert.equal(new Set(rest.map(({ id }) => id)).size, rest.length);
        }
        assert.equal((await allOf(store, {}, 100)).length, loans.length + 6);
      });
    });

    test('after a cursor of another order, or of none, is no page', async () => {
      await withLoans(async ({ store }) => {
        const lists: readonly LoanFilter[] = [{}, { dateFrom: BASE }, { dueOnOrBefore: BASE + 100 }];
        for (const filter of lists) {
          const cursor = (await store.loans(filter, null, 1))?.next ?? null;
          for (const other of lists) {
            const page = await store.loans(other, cursor, 1);
            assert.equal(page === undefined, other !== filter);
          }
        }
        const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
        const bad = ['', 'x', '!', 'null', text(null), text({}), text([]), text(['no', 1, null])];
        bad.push(text(['no', 0.5, 1]), text(['no', '1', '1']), text(['NO', 1, 1]), text(['no', 1, 1e300]));
        for (const cursor of bad) assert.equal(await store.loans({}, cursor, 1), undefined, cursor);
      });
    });
  });
}, EVERY_ENGINE);
