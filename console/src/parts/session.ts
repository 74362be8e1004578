// Who is signed in, for whatever a page shows or leaves out. What a role may do is decided by James; here it only keeps
// people from being offered what would be refused.

import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/session-queries.ts';

const ROLES = ['viewer', 'officer', 'admin'] as const;

/** Whether whoever is signed in may do what takes a role. */
export function useMay(role: (typeof ROLES)[number]): boolean {
  const { data } = useQuery(sessionQuery);
  return data !== null && data !== undefined && ROLES.indexOf(data.role) >= ROLES.indexOf(role);
}
