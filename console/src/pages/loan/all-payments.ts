// All payment records of a loan, page after page: there is at most one a month that counts.

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { paymentsQuery } from '../../api/loan-queries.ts';
import type { Payment } from '../../api/shapes.ts';

export interface AllPayments {
  /** Undefined while they are not all known. */
  readonly payments: readonly Payment[] | undefined;
  /** Those that count, by month. */
  readonly byMonth: ReadonlyMap<string, Payment>;
  readonly error: Error | null;
}

export function useAllPayments(loanId: string): AllPayments {
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(paymentsQuery(loanId));
  useEffect(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  return useMemo(() => {
    const known = data?.pages.flatMap((page) => page.data) ?? [];
    const live = known.filter(({ reversed_at }) => reversed_at === null);
    return {
      payments: data === undefined || hasNextPage ? undefined : known,
      byMonth: new Map(live.map((payment) => [payment.month, payment])),
      error,
    };
  }, [data, hasNextPage, error]);
}
