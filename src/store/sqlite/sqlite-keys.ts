// The keys of a bank in SQLite.

import type Database from 'better-sqlite3';
import {
  type CredentialRow,
  credentialOf,
  type KeyRow,
  keyOf,
  NEW_KEY_COLUMNS,
  newKeyValues,
} from '../key-rows.ts';
import type { AccessState, KeyChange, KeyStore, StoredCredential, StoredKey } from '../key-store.ts';
import { openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';
import { requireCurrentSchema } from './sqlite-schema.ts';

class SqliteKeys implements KeyStore {
  readonly #file: string;
  #connection: Database.Database | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async version(): Promise<number> {
    return this.#use((connection) => this.#version(connection));
  }

  async state(): Promise<AccessState> {
    return this.#use((connection) =>
      connection.transaction(
        (): AccessState => ({
          version: this.#version(connection),
          keys: connection.prepare<[], KeyRow>('SELECT * FROM api_key ORDER BY name').all().map(keyOf),
          credentials: connection
            .prepare<[], CredentialRow>('SELECT * FROM api_credential')
            .all()
            .map(credentialOf),
          sessionsEndedAt: new Map(
            connection
              .prepare<[], [string, number]>('SELECT key_name, ended_at FROM session_end')
              .raw()
              .all() as [string, number][],
          ),
        }),
      )(),
    );
  }

  async keyInsert(key: StoredKey, credential: StoredCredential): Promise<boolean> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare(
          `INSERT INTO api_key (${NEW_KEY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        )
        .run(...newKeyValues(key));
      if (changes === 0) return false;
      insertCredential(connection, credential);
      return true;
    });
  }

  async keyRotate(credential: StoredCredential, othersEndAt: number): Promise<KeyChange> {
    return this.#write((connection) => {
      const change = changeable(connection, credential.keyName);
      if (change !== 'done') return change;
      connection
        .prepare(
          'UPDATE api_credential SET ends_at = min(coalesce(ends_at, :at), :at) WHERE key_name = :name',
        )
        .run({ at: othersEndAt, name: credential.keyName });
      insertCredential(connection, credential);
      return 'done';
    });
  }

  async keyRevoke(name: string, at: number, by: string): Promise<KeyChange> {
    return this.#write((connection) => {
      const change = changeable(connection, name);
      if (change !== 'done') return change;
      connection
        .prepare('UPDATE api_key SET revoked_at = ?, revoked_by = ? WHERE name = ?')
        .run(at, by, name);
      return 'done';
    });
  }

  async keysUsed(uses: ReadonlyMap<string, number>): Promise<void> {
    this.#use((connection) => {
      const note = connection.prepare(
        'UPDATE api_key SET last_used_at = :at WHERE name = :name AND (last_used_at IS NULL OR last_used_at < :at)',
      );
      connection.transaction(() => {
        for (const [name, at] of uses) note.run({ at, name });
      })();
    });
  }

  async sessionsEnd(keyName: string, at: number): Promise<void> {
    this.#write((connection) =>
      connection
        .prepare(
          `INSERT INTO session_end VALUES (?, ?)
           ON CONFLICT (key_name) DO UPDATE SET ended_at = max(ended_at, excluded.ended_at)`,
        )
        .run(keyName, at),
    );
  }

  async close(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #version(connection: Database.Database): number {
    return connection.prepare<[], number>('SELECT version FROM access_version').pluck().get() as number;
  }

  /** A transaction that tells every process that something has changed. */
  #write<Result>(work: (connection: Database.Database) => Result): Result {
    return this.#use((connection) =>
      connection
        .transaction(() => {
          const result = work(connection);
          connection.prepare('UPDATE access_version SET version = version + 1').run();
          return result;
        })
        .immediate(),
    );
  }

  #use<Result>(work: (connection: Database.Database) => Result): Result {
    try {
      this.#connection ??= openConnection(this.#file, { create: false });
      return work(this.#connection);
    } catch (error) {
      this.#connection?.close();
      this.#connection = undefined;
      throw asStoreUnavailable(error, this.#file);
    }
  }
}

function insertCredential(connection: Database.Database, credential: StoredCredential): void {
  connection
    .prepare('INSERT INTO api_credential VALUES (?, ?, ?, ?)')
    .run(Buffer.from(credential.hash, 'hex'), credential.keyName, credential.createdAt, credential.endsAt);
}

function changeable(connection: Database.Database, name: string): KeyChange {
  const row = connection
    .prepare<[string], { revoked_at: number | null }>('SELECT revoked_at FROM api_key WHERE name = ?')
    .get(name);
  if (row === undefined) return 'unknown';
  return row.revoked_at === null ? 'done' : 'revoked-before';
}

/** Opens the keys of an existing database of the current schema. */
export function openSqliteKeys(file: string): KeyStore {
  requireCurrentSchema(file);
  return new SqliteKeys(file);
}
