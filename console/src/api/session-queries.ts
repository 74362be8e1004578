// Who is signed in, and what day it is at the bank.

import { queryOptions } from '@tanstack/react-query';
import { JamesError, james, unwrap } from './james.ts';
import type { Session } from './shapes.ts';

/** Whose session this is; null where nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await unwrap(james.session.get());
    } catch (error) {
      if (error instanceof JamesError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** The bank's own date and currency: what it answers when it is asked for no date. */
export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: () => unwrap(james.book.outstanding()),
  select: ({ as_of, currency }) => ({ today: as_of, currency }),
  staleTime: 60_000,
});
