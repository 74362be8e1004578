// Questions about loans, one or a page of them.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { JamesError, james, unwrap } from './james.ts';
import { type Dates, given } from './query.ts';
import type { Loan } from './shapes.ts';

const PAGE = 200;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be a loan's id. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** The date of the oldest loan; null while there is none. */
export const firstLoanQuery = queryOptions({
  queryKey: ['loans', 'first'],
  queryFn: async () => {
    const { data } = await unwrap(james.loans.list({ date_from: '0001-01-01', limit: 1 }));
    return data[0]?.date ?? null;
  },
});

export interface LoansAsked {
  readonly reference?: string | undefined;
  readonly status?: 'active' | 'paid_off' | 'reversed' | undefined;
  readonly date_from?: string | undefined;
  readonly date_to?: string | undefined;
  readonly days_past_due_min?: number | undefined;
  readonly due_from?: string | undefined;
  readonly due_to?: string | undefined;
  /** YYYY-MM */
  readonly without_record_in?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

export function loansQuery(asked: LoansAsked) {
  return queryOptions({
    queryKey: ['loans', 'list', asked],
    queryFn: ({ signal }) => unwrap(james.loans.list(given(asked), { signal })),
    placeholderData: keepPreviousData,
  });
}

export function loanQuery(id: string) {
  return queryOptions({
    queryKey: ['loan', id],
    queryFn: () => unwrap(james.loans.get(id)),
  });
}

async function named(name: string): Promise<Loan | null> {
  if (!isId(name)) return (await unwrap(james.loans.list({ reference: name, limit: 1 }))).data[0] ?? null;
  try {
    return await unwrap(james.loans.get(name.toLowerCase()));
  } catch (error) {
    if (error instanceof JamesError && error.status === 404) return null;
    throw error;
  }
}

/** The loan of a reference or an id; null where there is none. */
export function loanByName(name: string) {
  return queryOptions({ queryKey: ['loan', 'by-name', name], queryFn: () => named(name), staleTime: 0 });
}

export function balanceQuery(id: string, dates: Dates) {
  return queryOptions({
    queryKey: ['loan', id, 'balance', dates],
    queryFn: ({ signal }) => unwrap(james.loans.balance(id, given(dates), { signal })),
    placeholderData: keepPreviousData,
  });
}

export function scheduleQuery(id: string, dates: Dates) {
  return queryOptions({
    queryKey: ['loan', id, 'schedule', dates],
    queryFn: ({ signal }) => unwrap(james.loans.schedule(id, given(dates), { signal })),
    placeholderData: keepPreviousData,
  });
}

export function paymentsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['loan', id, 'payments'],
    queryFn: ({ pageParam }) => unwrap(james.payments.list(id, given({ limit: PAGE, after: pageParam }))),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['loan', id, 'history'],
    queryFn: ({ pageParam }) => unwrap(james.loans.history(id, given({ limit: PAGE, after: pageParam }))),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export interface TermsAsked {
  readonly amount: string;
  readonly term: number;
  readonly rate: string;
  readonly date: string;
}

/** What terms would cost; undefined terms are not asked about. */
export function quoteQuery(terms: TermsAsked | undefined) {
  return queryOptions({
    queryKey: ['quote', terms],
    queryFn: ({ signal }) => unwrap(james.quote(terms as TermsAsked, { signal })),
    enabled: terms !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
