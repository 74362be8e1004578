// Keeps answers, and notices when the session is over: then every page is the sign-in page, with the address kept.

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { JamesError } from './james.ts';
import { sessionQuery } from './queries.ts';

function noticeEnd(error: Error): void {
  if (error instanceof JamesError && error.status === 401) queryClient.setQueryData(sessionQuery.queryKey, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: { queries: { staleTime: 5_000, retry: false, refetchOnWindowFocus: true } },
});

/** After a sign-in or a sign-out nothing of the one before is left. */
export function forgetAnswers(): void {
  queryClient.clear();
}

/** After a write every figure may be another; `isMeant` leaves some as they are. */
export function refreshFigures(isMeant: (queryKey: readonly unknown[]) => boolean = () => true): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] && queryKey[0] !== 'quote' && isMeant(queryKey),
  });
}
