// Every question that pages ask, each with the key under which its answer is kept. Answers for a known-at date that has
// passed never change, so they are kept for as long as the page is open.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  Arrears,
  ArrearsSeries,
  Balance,
  HistoryPage,
  Import,
  ImportPage,
  Loan,
  LoanPage,
  Outstanding,
  PaymentPage,
  Quote,
  Schedule,
  Series,
  Session,
} from './shapes.ts';
import { answer, holdToken, http, JamesError } from './james.ts';

/** The two dates of a question; without known_at: everything known now. */
export interface Dates {
  readonly as_of?: string | undefined;
  readonly known_at?: string | undefined;
}

export type Step = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Members that are undefined are left out, as the address wants it. */
function query<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** Whose session this is; null where nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    try {
      const session = await answer<Session>(http.GET('/v1/session'));
      holdToken(session.csrf_token);
      return session;
    } catch (error) {
      if (error instanceof JamesError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export function outstandingQuery(dates: Dates) {
  return queryOptions({
    queryKey: ['book', 'outstanding', dates],
    queryFn: () => answer<Outstanding>(http.GET('/v1/book/outstanding', { params: { query: query(dates) } })),
    placeholderData: keepPreviousData,
  });
}

/** The bank's own date and currency: what it answers when it is asked for no date. */
export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: () => answer<Outstanding>(http.GET('/v1/book/outstanding', {})),
  select: ({ as_of, currency }) => ({ today: as_of, currency }),
  staleTime: 60_000,
});

export interface Span {
  readonly from: string;
  readonly to: string;
  readonly step: Step;
  readonly known_at?: string | undefined;
}

export function seriesQuery(span: Span) {
  return queryOptions({
    queryKey: ['book', 'series', span],
    queryFn: () => answer<Series>(http.GET('/v1/book/outstanding/series', { params: { query: query(span) } })),
    placeholderData: keepPreviousData,
  });
}

export function arrearsQuery(dates: Dates) {
  return queryOptions({
    queryKey: ['book', 'arrears', dates],
    queryFn: () => answer<Arrears>(http.GET('/v1/book/arrears', { params: { query: query(dates) } })),
    placeholderData: keepPreviousData,
  });
}

export function arrearsSeriesQuery(span: Span) {
  return queryOptions({
    queryKey: ['book', 'arrears-series', span],
    queryFn: () => answer<ArrearsSeries>(http.GET('/v1/book/arrears/series', { params: { query: query(span) } })),
    placeholderData: keepPreviousData,
  });
}

/** The date of the oldest loan; undefined while there is none. */
export const firstLoanQuery = queryOptions({
  queryKey: ['loans', 'first'],
  queryFn: async () => {
    const page = await answer<LoanPage>(
      http.GET('/v1/loans', { params: { query: { date_from: '0001-01-01', limit: 1 } } }),
    );
    return page.data[0]?.date ?? null;
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
    queryFn: () => answer<LoanPage>(http.GET('/v1/loans', { params: { query: query(asked) } })),
    placeholderData: keepPreviousData,
  });
}

export function loanQuery(id: string) {
  return queryOptions({
    queryKey: ['loan', id],
    queryFn: () => answer<Loan>(http.GET('/v1/loans/{id}', { params: { path: { id } } })),
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be a loan's id. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** The loan of a reference or an id; null where there is none. */
export function loanByName(name: string) {
  return queryOptions({
    queryKey: ['loan', 'by-name', name],
    queryFn: async () => {
      if (!isId(name)) {
        const params = { query: { reference: name, limit: 1 } };
        const page = await answer<LoanPage>(http.GET('/v1/loans', { params }));
        return page.data[0] ?? null;
      }
      try {
        const params = { path: { id: name.toLowerCase() } };
        return await answer<Loan>(http.GET('/v1/loans/{id}', { params }));
      } catch (error) {
        if (error instanceof JamesError && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 0,
  });
}

export function balanceQuery(id: string, dates: Dates) {
  return queryOptions({
    queryKey: ['loan', id, 'balance', dates],
    queryFn: () =>
      answer<Balance>(http.GET('/v1/loans/{id}/balance', { params: { path: { id }, query: query(dates) } })),
    placeholderData: keepPreviousData,
  });
}

export function scheduleQuery(id: string, dates: Dates) {
  return queryOptions({
    queryKey: ['loan', id, 'schedule', dates],
    queryFn: () =>
      answer<Schedule>(http.GET('/v1/loans/{id}/schedule', { params: { path: { id }, query: query(dates) } })),
    placeholderData: keepPreviousData,
  });
}

const PAGE = 200;

export function paymentsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['loan', id, 'payments'],
    queryFn: ({ pageParam }) =>
      answer<PaymentPage>(
        http.GET('/v1/loans/{id}/payments', {
          params: { path: { id }, query: query({ limit: PAGE, after: pageParam }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['loan', id, 'history'],
    queryFn: ({ pageParam }) =>
      answer<HistoryPage>(
        http.GET('/v1/loans/{id}/history', {
          params: { path: { id }, query: query({ limit: PAGE, after: pageParam }) },
        }),
      ),
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

export function quoteQuery(terms: TermsAsked, enabled: boolean) {
  return queryOptions({
    queryKey: ['quote', terms],
    queryFn: () => answer<Quote>(http.POST('/v1/quotes', { body: terms })),
    enabled,
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const LOOK_MS = 1_000;

/** An import as far as it is; looked at again until it has ended. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: () => answer<Import>(http.GET('/v1/imports/{id}' as never, { params: { path: { id } } } as never)),
    refetchInterval: ({ state }) => (state.data?.ended_at === null ? LOOK_MS : false),
  });
}

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: () => answer<ImportPage>(http.GET('/v1/imports' as never, { params: { query: { limit: 10 } } } as never)),
});
