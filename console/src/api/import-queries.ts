// Questions about imports.

import { queryOptions } from '@tanstack/react-query';
import { james, unwrap } from './james.ts';
import type { Import, ImportPage } from './shapes.ts';

const LOOK_MS = 1_000;
const LATEST = 10;

/** An import as far as it is; looked at again until it has ended. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: () =>
      unwrap(
        james.call('get', '/v1/imports/{id}' as never, { params: { path: { id } } } as never),
      ) as unknown as Promise<Import>,
    refetchInterval: ({ state }) => (state.data?.ended_at === null ? LOOK_MS : false),
  });
}

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: () =>
    unwrap(
      james.call('get', '/v1/imports' as never, { params: { query: { limit: LATEST } } } as never),
    ) as unknown as Promise<ImportPage>,
});
