// Changes of the book put together by plain sums, to compare timelines and replay them to a date.

import { addSums, type BookChange, type BookSums, isZero, NO_SUMS } from '../../src/domain/book.ts';
import type { CalendarDate } from '../../src/domain/calendar-date.ts';

/** Changes by "effective/due", added up, zeros left out: equal for lists that do the same to the book. */
export function merged(changes: readonly BookChange[]): Map<string, BookSums> {
  const sums = new Map<string, BookSums>();
  for (const { effectiveOn, dueOn, valueCents, principalCents, volume } of changes) {
    const key = `${effectiveOn}/${dueOn}`;
    sums.set(key, addSums(sums.get(key) ?? NO_SUMS, { valueCents, principalCents, volume }));
  }
  return new Map([...sums].filter(([, some]) => !isZero(some)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sum of all changes effective on or before a date. */
export function replayed(changes: readonly BookChange[], asOf: CalendarDate): BookSums {
  return changes.filter(({ effectiveOn }) => effectiveOn <= asOf).reduce(addSums, NO_SUMS);
}

/** The same by due date, ascending, zeros left out. */
export function byDueDate(changes: readonly BookChange[], asOf: CalendarDate): [CalendarDate, BookSums][] {
  const sums = new Map<CalendarDate, BookSums>();
  for (const { effectiveOn, dueOn, ...rest } of changes) {
    if (effectiveOn <= asOf) sums.set(dueOn, addSums(sums.get(dueOn) ?? NO_SUMS, rest));
  }
  return [...sums].filter(([, some]) => !isZero(some)).sort(([a], [b]) => a - b);
}
