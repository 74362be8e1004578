// Questions about imports.

import { queryOptions } from '@tanstack/react-query';
import { james, unwrap } from './james.ts';

const LOOK_MS = 1_000;
const LATEST = 10;

/** An import as far as it is; looked at again until it has ended. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => unwrap(james.imports.get(id, { signal })),
    refetchInterval: ({ state }) => (state.data?.ended_at === null ? LOOK_MS : false),
  });
}

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => unwrap(james.imports.list({ limit: LATEST }, { signal })),
});
