// Rows of the key tables, which both engines keep alike.

import type { Role, StoredKey } from './key-store.ts';

export interface KeyRow {
  readonly name: string;
  readonly role: Role;
  readonly created_at: number;
  readonly created_by: string;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly revoked_by: string | null;
  readonly last_used_at: number | null;
  readonly reads_per_second: number | null;
  readonly writes_per_second: number | null;
}

export function keyOf(row: KeyRow): StoredKey {
  return {
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    lastUsedAt: row.last_used_at,
    readsPerSecond: row.reads_per_second,
    writesPerSecond: row.writes_per_second,
  };
}

/** Columns of a key that was just made, and its values in their order. */
export const NEW_KEY_COLUMNS =
  'name, role, created_at, created_by, expires_at, reads_per_second, writes_per_second';

export function newKeyValues(key: StoredKey): (string | number | null)[] {
  const { name, role, createdAt, createdBy, expiresAt, readsPerSecond, writesPerSecond } = key;
  return [name, role, createdAt, createdBy, expiresAt, readsPerSecond, writesPerSecond];
}

export interface CredentialRow {
  readonly hash: Buffer;
  readonly key_name: string;
  readonly created_at: number;
  readonly ends_at: number | null;
}

export function credentialOf({ hash, key_name, created_at, ends_at }: CredentialRow) {
  return { hash: hash.toString('hex'), keyName: key_name, createdAt: created_at, endsAt: ends_at };
}
