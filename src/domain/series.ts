// Series of as-of dates, and sweeps that answer all of them in one pass over the book in order of effective dates.

import { addSums, type BookChange, type BookSums, NO_SUMS, subtractSums } from './book.ts';
import { type CalendarDate, monthEnd, monthOf } from './calendar-date.ts';

export type Step = 'day' | 'week' | 'month' | 'quarter' | 'year';

export const STEPS: readonly Step[] = ['day', 'week', 'month', 'quarter', 'year'];

/** The most points that one series has. */
export const SERIES_POINTS_MAX = 5000;

const STEP_DAYS = { day: 1, week: 7 } as const;
const STEP_MONTHS = { month: 1, quarter: 3, year: 12 } as const;

function* datesEvery(days: number, from: CalendarDate, to: CalendarDate): Generator<CalendarDate> {
  for (let date = from; date <= to; date += days) yield date;
}

/** The ends of the calendar periods of so many months that lie in from … to, and `to` itself. */
function* periodEnds(months: number, from: CalendarDate, to: CalendarDate): Generator<CalendarDate> {
  const month = monthOf(from);
  let last = month - (month % months) + months - 1;
  while (monthEnd(last) < to) {
    yield monthEnd(last);
    last += months;
  }
  yield to;
}

/**
 * The as-of dates of a series: day and week step from `from`; month, quarter and year take the period ends in
 * from … to, and `to` itself. Undefined where there are more than SERIES_POINTS_MAX. from ≤ to.
 */
export function seriesDates(from: CalendarDate, to: CalendarDate, step: Step): CalendarDate[] | undefined {
  const dates =
    step === 'day' || step === 'week'
      ? datesEvery(STEP_DAYS[step], from, to)
      : periodEnds(STEP_MONTHS[step], from, to);
  const points: CalendarDate[] = [];
  for (const date of dates) {
    if (points.length === SERIES_POINTS_MAX) return undefined;
    points.push(date);
  }
  return points;
}

/** Sums as of each date (ascending) from changes in ascending order of their effective dates. */
export function sweepOutstanding(
  changes: Iterable<BookSums & Pick<BookChange, 'effectiveOn'>>,
  dates: readonly CalendarDate[],
): BookSums[] {
  const points: BookSums[] = [];
  let sums = NO_SUMS;
  for (const change of changes) {
    while (points.length < dates.length && change.effectiveOn > (dates[points.length] as number)) {
      points.push(sums);
    }
    if (points.length === dates.length) break;
    sums = addSums(sums, change);
  }
  while (points.length < dates.length) points.push(sums);
  return points;
}

/**
 * Ageing as of each date (ascending) from changes in ascending order of their effective dates: the sums between
 * bucketEdges, current first. `bounds` are ascending days. As the date moves on, each edge moves with it over the due
 * dates, and what it passes falls into the next older bucket; so all points cost one pass over the changes.
 */
export function sweepByDueDate(
  changes: Iterable<BookChange>,
  dates: readonly CalendarDate[],
  bounds: readonly number[],
): BookSums[][] {
  const lags = [0, ...bounds];
  const byDue = new Map<CalendarDate, BookSums>();
  /** Per edge: everything due before it. */
  const below: BookSums[] = lags.map(() => NO_SUMS);
  const edges = lags.map((lag) => (dates[0] ?? 0) - lag);
  let total = NO_SUMS;

  const add = (change: BookChange): void => {
    total = addSums(total, change);
    byDue.set(change.dueOn, addSums(byDue.get(change.dueOn) ?? NO_SUMS, change));
    for (const [index, edge] of edges.entries()) {
      if (change.dueOn < edge) below[index] = addSums(below[index] as BookSums, change);
    }
  };
  /** What is due from `from` on and before `to`: by the days or by the due dates, whichever are fewer. */
  const sumsDue = (from: CalendarDate, to: CalendarDate): BookSums => {
    let sums = NO_SUMS;
    if (to - from > byDue.size) {
      for (const [due, some] of byDue) if (due >= from && due < to) sums = addSums(sums, some);
    } else {
      for (let due = from; due < to; due++) sums = addSums(sums, byDue.get(due) ?? NO_SUMS);
    }
    return sums;
  };
  const moveTo = (date: CalendarDate): void => {
    for (const [index, lag] of lags.entries()) {
      below[index] = addSums(below[index] as BookSums, sumsDue(edges[index] as number, date - lag));
      edges[index] = date - lag;
    }
  };

  const source = changes[Symbol.iterator]();
  let next = source.next();
  const points = dates.map((date) => {
    moveTo(date);
    for (; !next.done && next.value.effectiveOn <= date; next = source.next()) add(next.value);
    const aboveOf = [total, ...below];
    return aboveOf.map((above, index) => subtractSums(above, aboveOf[index + 1] ?? NO_SUMS));
  });
  source.return?.();
  return points;
}
