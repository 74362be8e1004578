// Questions about the whole book. One that nobody waits for any more, as while a date is dragged, is taken back.

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { james, unwrap } from './james.ts';
import { type Dates, given } from './query.ts';

export type Step = 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface Span {
  readonly from: string;
  readonly to: string;
  readonly step: Step;
  readonly known_at?: string | undefined;
}

export function outstandingQuery(dates: Dates) {
  return queryOptions({
    queryKey: ['book', 'outstanding', dates],
    queryFn: ({ signal }) => unwrap(james.book.outstanding(given(dates), { signal })),
    placeholderData: keepPreviousData,
  });
}

export function seriesQuery(span: Span) {
  return queryOptions({
    queryKey: ['book', 'series', span],
    queryFn: ({ signal }) => unwrap(james.book.outstandingSeries(given(span), { signal })),
    placeholderData: keepPreviousData,
  });
}

export function arrearsQuery(dates: Dates) {
  return queryOptions({
    queryKey: ['book', 'arrears', dates],
    queryFn: ({ signal }) => unwrap(james.book.arrears(given(dates), { signal })),
    placeholderData: keepPreviousData,
  });
}

export function arrearsSeriesQuery(span: Span) {
  return queryOptions({
    queryKey: ['book', 'arrears-series', span],
    queryFn: ({ signal }) => unwrap(james.book.arrearsSeries(given(span), { signal })),
    placeholderData: keepPreviousData,
  });
}
