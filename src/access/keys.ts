// The use cases of keys: make, list, revoke, rotate. A key's name is never given again, since records name it.

import type { KeyLimits, KeyStore, Role, StoredKey } from '../store/key-store.ts';
import { credentialHash, newKey, tokenOf } from './credentials.ts';

export type { KeyLimits, KeyStore, StoredKey } from '../store/key-store.ts';

/** Names that stand for something else in the ledger's records. */
const RESERVED = new Set(['environment', 'command-line', 'development', 'development-seekrit']);

/** What a name may be made of; it stands in logs, in headers and in the console. No database is asked for any other. */
export const KEY_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/;

export interface KeyRequest extends KeyLimits {
  readonly name: string;
  readonly role: Role;
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
}

/** A key in the one moment in which it can be seen. */
export interface ShownKey {
  readonly key: string;
  /** For the James surface. */
  readonly token: string;
}

export type KeyOutcome =
  | { readonly kind: 'made'; readonly stored: StoredKey; readonly shown: ShownKey }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'name-reserved' }
  | { readonly kind: 'expired-already' };

export type RotationOutcome =
  | {
      readonly kind: 'rotated';
      readonly stored: StoredKey;
      readonly shown: ShownKey;
      readonly othersEndAt: number;
    }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'revoked-before' };

export type RevocationOutcome =
  | { readonly kind: 'revoked'; readonly stored: StoredKey }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'revoked-before' };

export class Keys {
  readonly #store: KeyStore;
  readonly #clock: () => number;
  readonly #changed: () => Promise<void>;

  /** `changed` is called after each change: this process's ring looks again at once. */
  constructor(store: KeyStore, clock: () => number, changed: () => Promise<void> = async () => {}) {
    this.#store = store;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Makes a key; `by` is the name of the key that asks for it. */
  async create(request: KeyRequest, by: string): Promise<KeyOutcome> {
    if (RESERVED.has(request.name)) return { kind: 'name-reserved' };
    const now = this.#clock();
    if (request.expiresAt !== null && request.expiresAt <= now) return { kind: 'expired-already' };
    const stored: StoredKey = {
      ...request,
      createdAt: now,
      createdBy: by,
      revokedAt: null,
      revokedBy: null,
      lastUsedAt: null,
    };
    const { shown, hash } = freshKey();
    const credential = { hash, keyName: request.name, createdAt: now, endsAt: null };
    if (!(await this.#store.keyInsert(stored, credential))) return { kind: 'name-taken' };
    await this.#changed();
    return { kind: 'made', stored, shown };
  }

  /** All keys that were ever made, by name. */
  async list(): Promise<readonly StoredKey[]> {
    return (await this.#store.state()).keys;
  }

  async byName(name: string): Promise<StoredKey | undefined> {
    return (await this.list()).find((key) => key.name === name);
  }

  /** Gives a key another secret; the old one opens for `overlapMs` more. */
  async rotate(name: string, overlapMs: number): Promise<RotationOutcome> {
    if (!KEY_NAME.test(name)) return { kind: 'unknown-key' };
    const now = this.#clock();
    const { shown, hash } = freshKey();
    const othersEndAt = now + overlapMs;
    const change = await this.#store.keyRotate(
      { hash, keyName: name, createdAt: now, endsAt: null },
      othersEndAt,
    );
    if (change === 'unknown') return { kind: 'unknown-key' };
    if (change === 'revoked-before') return { kind: 'revoked-before' };
    await this.#changed();
    return { kind: 'rotated', stored: (await this.byName(name)) as StoredKey, shown, othersEndAt };
  }

  /** Shuts a key out for good, with all its sessions. */
  async revoke(name: string, by: string): Promise<RevocationOutcome> {
    if (!KEY_NAME.test(name)) return { kind: 'unknown-key' };
    const change = await this.#store.keyRevoke(name, this.#clock(), by);
    if (change === 'unknown') return { kind: 'unknown-key' };
    if (change === 'revoked-before') return { kind: 'revoked-before' };
    await this.#changed();
    return { kind: 'revoked', stored: (await this.byName(name)) as StoredKey };
  }
}

function freshKey(): { shown: ShownKey; hash: string } {
  const key = newKey();
  const token = tokenOf(key);
  return { shown: { key, token }, hash: credentialHash(token) };
}
