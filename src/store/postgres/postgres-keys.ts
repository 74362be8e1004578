// The keys of a bank in PostgreSQL.

import type pg from 'pg';
import { addressText } from '../database-address.ts';
import {
  type CredentialRow,
  credentialOf,
  type KeyRow,
  keyOf,
  NEW_KEY_COLUMNS,
  newKeyValues,
} from '../key-rows.ts';
import type { AccessState, KeyChange, KeyStore, StoredCredential, StoredKey } from '../key-store.ts';
import { connectOnce, openPool, serverSettings, withTlsSettled } from './postgres-connection.ts';
import { asStoreUnavailable, isConnectionLoss } from './postgres-faults.ts';
import { requireCurrentSchema } from './postgres-schema.ts';
import { inSnapshot } from './postgres-snapshot.ts';

/** Every change is told to every process by the version. */
const NEXT_VERSION = 'UPDATE access_version SET version = version + 1';

class PostgresKeys implements KeyStore {
  readonly #pool: pg.Pool;
  readonly #where: string;

  constructor(pool: pg.Pool, where: string) {
    this.#pool = pool;
    this.#where = where;
  }

  version(): Promise<number> {
    return this.#ask(async () => {
      const { rows } = await this.#pool.query<{ version: number }>('SELECT version FROM access_version');
      return (rows[0] as { version: number }).version;
    });
  }

  state(): Promise<AccessState> {
    return this.#ask(() =>
      inSnapshot(this.#pool, async (client): Promise<AccessState> => {
        const [versions, keys, credentials, ends] = await Promise.all([
          client.query<{ version: number }>('SELECT version FROM access_version'),
          client.query<KeyRow>('SELECT * FROM api_key ORDER BY name'),
          client.query<CredentialRow>('SELECT * FROM api_credential'),
          client.query<{ key_name: string; ended_at: number }>('SELECT * FROM session_end'),
        ]);
        return {
          version: (versions.rows[0] as { version: number }).version,
          keys: keys.rows.map(keyOf),
          credentials: credentials.rows.map(credentialOf),
          sessionsEndedAt: new Map(ends.rows.map((row) => [row.key_name, row.ended_at])),
        };
      }),
    );
  }

  keyInsert(key: StoredKey, credential: StoredCredential): Promise<boolean> {
    return this.#write(async (client) => {
      const { rowCount } = await client.query(
        `INSERT INTO api_key (${NEW_KEY_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
        newKeyValues(key),
      );
      if (rowCount === 0) return false;
      await insertCredential(client, credential);
      return true;
    });
  }

  keyRotate(credential: StoredCredential, othersEndAt: number): Promise<KeyChange> {
    return this.#write(async (client) => {
      const change = await changeable(client, credential.keyName);
      if (change !== 'done') return change;
      await client.query('UPDATE api_credential SET ends_at = least(ends_at, $1) WHERE key_name = $2', [
        othersEndAt,
        credential.keyName,
      ]);
      await insertCredential(client, credential);
      return 'done';
    });
  }

  keyRevoke(name: string, at: number, by: string): Promise<KeyChange> {
    return this.#write(async (client) => {
      const change = await changeable(client, name);
      if (change !== 'done') return change;
      await client.query('UPDATE api_key SET revoked_at = $1, revoked_by = $2 WHERE name = $3', [
        at,
        by,
        name,
      ]);
      return 'done';
    });
  }

  async keysUsed(uses: ReadonlyMap<string, number>): Promise<void> {
    // In the order of names, so that two processes never wait for one another in a circle.
    const ordered = [...uses].toSorted(([a], [b]) => (a < b ? -1 : 1));
    await this.#use(() =>
      this.#pool.query(
        `UPDATE api_key SET last_used_at = used.at FROM (
           SELECT key.name, used.at FROM unnest($1::text[], $2::bigint[]) AS used (name, at)
             JOIN api_key AS key ON key.name = used.name ORDER BY key.name FOR UPDATE OF key) AS used
         WHERE api_key.name = used.name AND (last_used_at IS NULL OR last_used_at < used.at)`,
        [ordered.map(([name]) => name), ordered.map(([, at]) => at)],
      ),
    );
  }

  async sessionsEnd(keyName: string, at: number): Promise<void> {
    await this.#write((client) =>
      client.query(
        `INSERT INTO session_end VALUES ($1, $2)
         ON CONFLICT (key_name) DO UPDATE SET ended_at = greatest(session_end.ended_at, excluded.ended_at)`,
        [keyName, at],
      ),
    );
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #write<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    return this.#use(async () => {
      const client = await this.#pool.connect();
      try {
        await client.query('BEGIN');
        await client.query(NEXT_VERSION);
        const result = await work(client);
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (error) {
        client.release(true);
        throw error;
      }
    });
  }

  /** What is only asked is asked once more where the connection turns out to be broken. */
  #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    return this.#use(() =>
      question().catch((error) => {
        if (isConnectionLoss(error)) return question();
        throw error;
      }),
    );
  }

  async #use<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw asStoreUnavailable(error, this.#where);
    }
  }
}

async function insertCredential(client: pg.PoolClient, credential: StoredCredential): Promise<void> {
  const { hash, keyName, createdAt, endsAt } = credential;
  await client.query('INSERT INTO api_credential VALUES ($1, $2, $3, $4)', [
    Buffer.from(hash, 'hex'),
    keyName,
    createdAt,
    endsAt,
  ]);
}

async function changeable(client: pg.PoolClient, name: string): Promise<KeyChange> {
  const { rows } = await client.query<{ revoked_at: number | null }>(
    'SELECT revoked_at FROM api_key WHERE name = $1 FOR UPDATE',
    [name],
  );
  const [row] = rows;
  if (row === undefined) return 'unknown';
  return row.revoked_at === null ? 'done' : 'revoked-before';
}

/** Opens the keys of an existing database of the current schema. */
export async function openPostgresKeys(url: string): Promise<KeyStore> {
  const where = addressText({ engine: 'postgres', url });
  const settled = await withTlsSettled(url);
  const client = await connectOnce(settled);
  try {
    const { forceDurable } = await serverSettings(client, where);
    await requireCurrentSchema(client, where);
    return new PostgresKeys(openPool(settled, 1, { forceDurable }), where);
  } catch (error) {
    throw asStoreUnavailable(error, where);
  } finally {
    await client.end();
  }
}
