// What access to the service asks of a database: the keys that the bank has made, and when sessions were ended.
// No key ever stands here, only hashes of credentials. Both engines offer exactly this.

/** What a key may do: read; also issue, record and reverse; also keys, imports and settings. */
export type Role = 'viewer' | 'officer' | 'admin';

/** How many requests a second a key may send; null: as many as the server's settings say. */
export interface KeyLimits {
  readonly readsPerSecond: number | null;
  readonly writesPerSecond: number | null;
}

/** A key that was made. Instants are milliseconds since 1970. */
export interface StoredKey extends KeyLimits {
  /** Unique for good: the ledger's records name it. */
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** The name of the key that made it. */
  readonly createdBy: string;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly revokedBy: string | null;
  readonly lastUsedAt: number | null;
}

/** What opens the door for a key; after a rotation a key has two for a while. */
export interface StoredCredential {
  /** Hexadecimal SHA-256 of the key's James token, which is itself a SHA-256. */
  readonly hash: string;
  readonly keyName: string;
  readonly createdAt: number;
  /** From then on it opens nothing; null: as long as its key does. */
  readonly endsAt: number | null;
}

/** Everything that decides who may come in, at one moment. */
export interface AccessState {
  /** Changes with every change of what follows, last uses excepted. */
  readonly version: number;
  readonly keys: readonly StoredKey[];
  readonly credentials: readonly StoredCredential[];
  /** By the name of a key: sessions that began before this instant are over. */
  readonly sessionsEndedAt: ReadonlyMap<string, number>;
}

export type KeyChange = 'done' | 'unknown' | 'revoked-before';

/** Every method rejects with StoreUnavailable where the database can't serve. Each is one transaction. */
export interface KeyStore {
  version(): Promise<number>;
  state(): Promise<AccessState>;

  /** Adds a key with its first credential; false where the name is taken. */
  keyInsert(key: StoredKey, credential: StoredCredential): Promise<boolean>;
  /** Adds a credential to a key and ends its others at an instant, if they don't end before. */
  keyRotate(credential: StoredCredential, othersEndAt: number): Promise<KeyChange>;
  keyRevoke(name: string, at: number, by: string): Promise<KeyChange>;
  /** Notes when keys were last used; an earlier instant than what is noted changes nothing. */
  keysUsed(uses: ReadonlyMap<string, number>): Promise<void>;
  /** Ends all sessions of a key that began before an instant. */
  sessionsEnd(keyName: string, at: number): Promise<void>;

  close(): Promise<void>;
}
