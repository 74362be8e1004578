// A loan's timeline: its history as changes of outstanding debt, and the difference that a new record makes.
// The book is nothing but these changes summed over all loans, so whatever is accepted adds a difference
// of timelines and nothing else (DOMAIN.md section 7).

import { principalAfter } from './annuity.ts';
import { valueAfter } from './balance.ts';
import { addSums, type BookChange, type BookSums, isZero, negateSums } from './book.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { LoanTerms } from './loan.ts';
import { dueDate } from './schedule.ts';

/** What stands outstanding once `paymentsMade` payments are made, while something does. */
function standingAfter(terms: LoanTerms, paymentsMade: number): BookSums {
  return {
    valueCents: valueAfter(terms, paymentsMade),
    principalCents: principalAfter(terms.amountCents, terms.rate, terms.term, paymentsMade),
    volume: 1,
  };
}

/** The origination: everything comes to stand under the first due date. */
export function originationOf(terms: LoanTerms): BookChange[] {
  return [{ effectiveOn: terms.date, dueOn: dueDate(terms, 1), ...standingAfter(terms, 0) }];
}

/**
 * The changes of the made payments number `madeBefore` + 1, + 2, …, which are effective on `dates` (ascending).
 * Payment j moves what is outstanding from due date d(j), one installment less, to d(j + 1).
 */
export function paymentChanges(
  terms: LoanTerms,
  madeBefore: number,
  dates: readonly CalendarDate[],
): BookChange[] {
  const changes: BookChange[] = [];
  if (dates.length === 0) return changes;
  let standing = standingAfter(terms, madeBefore);
  let made = madeBefore;
  for (const effectiveOn of dates) {
    made++;
    changes.push({ effectiveOn, dueOn: dueDate(terms, made), ...negateSums(standing) });
    if (made === terms.term) break;
    standing = standingAfter(terms, made);
    changes.push({ effectiveOn, dueOn: dueDate(terms, made + 1), ...standing });
  }
  return changes;
}

/** A loan's whole timeline, from the effective dates of its made payments (ascending, at most `term`). */
export function timelineOf(terms: LoanTerms, dates: readonly CalendarDate[]): BookChange[] {
  return [...originationOf(terms), ...paymentChanges(terms, 0, dates)];
}

/** What must be added to `before` to make `after`; changes of the same effective and due date are one. */
export function timelineDifference(
  before: readonly BookChange[],
  after: readonly BookChange[],
): BookChange[] {
  const byDates = new Map<string, BookChange>();
  const add = (change: BookChange, sums: BookSums): void => {
    const key = `${change.effectiveOn}/${change.dueOn}`;
    const known = byDates.get(key);
    const { valueCents, principalCents, volume } = known === undefined ? sums : addSums(known, sums);
    byDates.set(key, {
      effectiveOn: change.effectiveOn,
      dueOn: change.dueOn,
      valueCents,
      principalCents,
      volume,
    });
  };
  for (const change of before) add(change, negateSums(change));
  for (const change of after) add(change, change);
  return [...byDates.values()].filter((change) => !isZero(change));
}
