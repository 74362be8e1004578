// Roles, and what each may do. A role may do all that the ones before it may.

import type { Role } from '../store/key-store.ts';

export type { Role } from '../store/key-store.ts';

/** In ascending order: viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings. */
export const ROLES: readonly Role[] = ['viewer', 'officer', 'admin'];

/** Whether a key of a role may do what takes another. */
export function may(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
