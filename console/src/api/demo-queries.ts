// The made-up bank that an empty book can be filled with: whether it may be, and how far that is.

import { queryOptions } from '@tanstack/react-query';
import { james, unwrap } from './james.ts';

const LOOK_MS = 1_000;

/** Looked at again while a run goes on. */
export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => unwrap(james.demo.get({ signal })),
  refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? LOOK_MS : false),
});
