// Who may call: the API keys, looked up by a hash of the credential, so that no comparison can leak its time and no
// key stands in memory longer than it takes to hash it.

import { hash } from 'node:crypto';

export interface ApiKey {
  /** The name under which records remember who made them. */
  readonly name: string;
  readonly key: string;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** The James token of a key: its lower-case hexadecimal SHA-256. */
export function tokenOf(key: string): string {
  return sha256(key);
}

export class Authorization {
  readonly #nameByTokenHash: ReadonlyMap<string, string>;

  constructor(keys: readonly ApiKey[]) {
    this.#nameByTokenHash = new Map(keys.map(({ name, key }) => [sha256(tokenOf(key)), name]));
  }

  /** The name of the key behind a James token (the whole `authorization` header), or undefined. */
  byToken(token: string | undefined): string | undefined {
    return token === undefined ? undefined : this.#nameByTokenHash.get(sha256(token));
  }

  /** The name of the key in an `Authorization: Bearer <key>` header, or undefined. */
  byBearer(header: string | undefined): string | undefined {
    const key = header === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(header)?.[1];
    return key === undefined ? undefined : this.byToken(tokenOf(key));
  }
}
