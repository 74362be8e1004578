// Which stretch of time the book's charts show, and how fine.

import type { Span, Step } from '../../api/book-queries.ts';
import { addMonths, type DateText, dayOf, earlier, later } from '../../format/dates.ts';

const MONTHS_SHOWN = 24;

export interface BookSearch {
  readonly as_of?: string | undefined;
  readonly known_at?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly step?: Step | undefined;
}

/** Around the as-of date where it would lie outside; up to today otherwise. */
function unasked(asOf: DateText, today: DateText): { from: DateText; to: DateText } {
  const from = addMonths(today, -MONTHS_SHOWN);
  if (asOf >= from && asOf <= today) return { from, to: today };
  const half = MONTHS_SHOWN / 2;
  return { from: addMonths(asOf, -half), to: asOf > today ? asOf : earlier(addMonths(asOf, half), today) };
}

function stepFor(from: DateText, to: DateText): Step {
  const days = dayOf(to) - dayOf(from);
  if (days <= 100) return 'day';
  if (days <= 400) return 'week';
  if (days <= 12 * 366) return 'month';
  return days <= 40 * 366 ? 'quarter' : 'year';
}

/** What is shown; the as-of date always lies in it. */
export function spanOf(search: BookSearch, today: DateText): Span {
  const asOf = search.as_of ?? today;
  const { from, to } =
    search.from !== undefined && search.to !== undefined && search.from < search.to
      ? { from: earlier(search.from, asOf), to: later(search.to, asOf) }
      : unasked(asOf, today);
  return { from, to, step: search.step ?? stepFor(from, to), known_at: search.known_at };
}

/** Bars need room: never finer than a month. */
export function barSpanOf(span: Span): Span {
  const months = (dayOf(span.to) - dayOf(span.from)) / 30.4;
  return { ...span, step: months <= 37 ? 'month' : months <= 120 ? 'quarter' : 'year' };
}
