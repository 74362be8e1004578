// Addresses and their pages. What a page shows stands in its address, so that it can be sent to a colleague; what can't be
// read there is left out, never an error.

import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { Dates } from './api/query.ts';
import { isDate } from './format/dates.ts';
import type { BookSearch } from './pages/book/span.ts';
import type { ImportSearch } from './pages/import/import-page.tsx';
import type { LoansSearch } from './pages/loans/loan-filters.tsx';
import type { RecordSearch } from './pages/record/record-search.ts';
import { Frame } from './parts/frame.tsx';
import { NotFound, PageFailed } from './parts/page-failed.tsx';
import { CONSOLE_PATH } from './place.ts';

type Search = Record<string, unknown>;

function date(value: unknown): string | undefined {
  return isDate(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value) === '' ? undefined : String(value);
}

function oneOf<T extends string>(value: unknown, names: readonly T[]): T | undefined {
  return names.find((name) => name === value);
}

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <PageFailed error={error as Error} />,
});

const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const;

export const bookRoute = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search: Search): BookSearch => ({
    as_of: date(search['as_of']),
    known_at: date(search['known_at']),
    from: date(search['from']),
    to: date(search['to']),
    step: oneOf(search['step'], STEPS),
  }),
  component: lazyRouteComponent(() => import('./pages/book/book-page.tsx'), 'BookPage'),
});

const STATUSES = ['active', 'paid_off', 'reversed'] as const;

export const loansRoute = createRoute({
  getParentRoute: () => root,
  path: '/loans',
  validateSearch: (search: Search): LoansSearch => {
    const pastDue = Number(search['past_due'] ?? Number.NaN);
    return {
      reference: text(search['reference']),
      status: oneOf(search['status'], STATUSES),
      from: date(search['from']),
      to: date(search['to']),
      past_due: Number.isSafeInteger(pastDue) && pastDue >= 0 ? pastDue : undefined,
      after: text(search['after']),
    };
  },
  component: lazyRouteComponent(() => import('./pages/loans/loans-page.tsx'), 'LoansPage'),
});

export const loanRoute = createRoute({
  getParentRoute: () => root,
  path: '/loans/$id',
  validateSearch: (search: Search): Dates => ({
    as_of: date(search['as_of']),
    known_at: date(search['known_at']),
  }),
  component: lazyRouteComponent(() => import('./pages/loan/loan-page.tsx'), 'LoanPage'),
});

export const issueRoute = createRoute({
  getParentRoute: () => root,
  path: '/issue',
  component: lazyRouteComponent(() => import('./pages/issue/issue-page.tsx'), 'IssuePage'),
});

export const recordRoute = createRoute({
  getParentRoute: () => root,
  path: '/record',
  validateSearch: (search: Search): RecordSearch => ({
    view: oneOf(search['view'], ['loan', 'month'] as const),
    overdue: oneOf(search['overdue'], ['too'] as const),
    month: date(`${search['month']}-01`)?.slice(0, 7),
    after: text(search['after']),
  }),
  component: lazyRouteComponent(() => import('./pages/record/record-page.tsx'), 'RecordPage'),
});

export const importRoute = createRoute({
  getParentRoute: () => root,
  path: '/import',
  validateSearch: (search: Search): ImportSearch => ({ id: text(search['id']) }),
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([bookRoute, loansRoute, loanRoute, issueRoute, recordRoute, importRoute]),
  basepath: CONSOLE_PATH,
  defaultPreload: 'intent',
  scrollRestoration: true,
  // What stands in the address is text: a reference of digits stays one.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return query === '' ? '' : `?${query}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
