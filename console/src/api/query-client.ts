// Keeps answers, and notices when the session is over: then every page is the sign-in page, with the address kept.

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { JamesError } from './james.ts';
import { sessionQuery } from './session-queries.ts';
import type { Session } from './shapes.ts';

function noticeEnd(error: Error): void {
  if (error instanceof JamesError && error.status === 401)
    queryClient.setQueryData(sessionQuery.queryKey, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: { queries: { staleTime: 5_000, retry: false, refetchOnWindowFocus: true } },
});

/** From now on it is this session, or none; nothing that was answered in another is left. */
export function beginSession(session: Session | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** After a write every figure may be another; `isMeant` leaves some as they are. */
export function refreshFigures(
  isMeant: (queryKey: readonly unknown[]) => boolean = () => true,
): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] !== sessionQuery.queryKey[0] && queryKey[0] !== 'quote' && isMeant(queryKey),
  });
}
