// The imports of a bank in PostgreSQL. How long an owner owns is told by the server's clock, which all processes share.

import type pg from 'pg';
import { addressText } from '../database-address.ts';
import { type ImportRow, importOf, SELECT_IMPORT } from '../import-rows.ts';
import {
  BROKE_OFF,
  IMPORT_KEY_LIFETIME_MS,
  type ImportChunk,
  type ImportEnd,
  type ImportFilter,
  type ImportLane,
  type ImportPart,
  type ImportReject,
  type ImportStore,
  type NewImport,
  type StoredImport,
} from '../import-store.ts';
import type { Lane } from '../lanes.ts';
import type { RecordId } from '../store.ts';
import { isId } from './loan-rows.ts';
import { connectOnce, openPool, serverSettings, together, withTlsSettled } from './postgres-connection.ts';
import { asStoreUnavailable, isConnectionLoss, isRace } from './postgres-faults.ts';
import { requireCurrentSchema } from './postgres-schema.ts';

const CONNECTIONS = 2;
/** How often a transaction is tried that others get in the way of. */
const RACES_MAX = 5;
/** What one call of `tidy` drops at most; each chunk is some 100 KiB. */
const CHUNKS_TIDIED = 200;
const REJECTS_TIDIED = 5_000;

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

const ENDED_CHUNKS = `SELECT import_chunk.ctid FROM import_chunk
  WHERE import_id IN (SELECT id FROM import WHERE ended_at IS NOT NULL)`;

const OLD_REJECTS = `SELECT import_reject.ctid FROM import_reject
  WHERE import_id IN (SELECT id FROM import WHERE ended_at < $1)`;

type Queryable = pg.Pool | pg.PoolClient;

class PostgresImports implements ImportStore {
  readonly #pool: pg.Pool;
  readonly #where: string;

  constructor(pool: pg.Pool, where: string) {
    this.#pool = pool;
    this.#where = where;
  }

  insert(made: NewImport, owner: string, ownedMs: number): Promise<StoredImport | undefined> {
    const { id, kind, format, dryRun, recordedBy, requestId, key, createdAt } = made;
    return this.#write(async (client) => {
      if (key !== null) {
        await client.query(
          'UPDATE import SET key = NULL WHERE recorded_by = $1 AND key = $2 AND created_at < $3',
          [recordedBy, key, createdAt - IMPORT_KEY_LIFETIME_MS],
        );
        const known = await byKey(client, recordedBy, key);
        if (known !== undefined) return known;
      }
      await client.query(
        `INSERT INTO import (id, kind, format, dry_run, state, bytes, recorded_by, request_id, key, created_at,
           owner, owned_until) VALUES ($1, $2, $3, $4, 'receiving', 0, $5, $6, $7, $8, $9, ${NOW} + $10)`,
        [id, kind, format, dryRun, recordedBy, requestId, key, createdAt, owner, ownedMs],
      );
      return undefined;
    });
  }

  receive(id: RecordId, { chunks, columns, bytes }: ImportPart): Promise<boolean> {
    return this.#write(async (client) => {
      const { rowCount } = await client.query(
        `UPDATE import SET bytes = $2, columns = coalesce($3, columns) WHERE id = $1 AND state = 'receiving'`,
        [id, bytes, columns === null ? null : JSON.stringify(columns)],
      );
      if (rowCount === 0) return false;
      await together(
        ...chunks.flatMap(({ lane, firstRow, rows, block }) => [
          client.query({
            name: 'insert chunk',
            text: 'INSERT INTO import_chunk VALUES ($1, $2, $3, $4, $5)',
            values: [id, lane, firstRow, rows, block],
          }),
          client.query({
            name: 'count chunk',
            text: `INSERT INTO import_lane VALUES ($1, $2, $3, 0, 0, 0, 0, 0)
              ON CONFLICT (import_id, lane) DO UPDATE SET rows = import_lane.rows + excluded.rows`,
            values: [id, lane, rows],
          }),
        ]),
      );
      return true;
    });
  }

  async received(id: RecordId, fingerprint: string | null, at: number): Promise<boolean> {
    const { rowCount } = await this.#ask(
      `UPDATE import SET state = 'waiting', fingerprint = $2, received_at = $3, owner = NULL, owned_until = NULL
       WHERE id = $1 AND state = 'receiving'`,
      [id, fingerprint, at],
    );
    return rowCount === 1;
  }

  async byId(id: RecordId): Promise<StoredImport | undefined> {
    if (!isId(id)) return undefined;
    return this.#safely(() => found(this.#pool, 'WHERE id = $1', id));
  }

  byKey(recordedBy: string, key: string): Promise<StoredImport | undefined> {
    return this.#safely(() => byKey(this.#pool, recordedBy, key));
  }

  async list({ state, kind }: ImportFilter, after: RecordId | null, limit: number): Promise<StoredImport[]> {
    const { rows } = await this.#ask<ImportRow>(
      `${SELECT_IMPORT} WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR kind = $2)
         AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [state ?? null, kind ?? null, after, limit],
    );
    return rows.map(importOf);
  }

  async claim(owner: string, ownedMs: number, at: number): Promise<StoredImport | undefined> {
    const { rows } = await this.#ask<{ id: string }>(
      `UPDATE import SET state = 'running', started_at = coalesce(started_at, $3), owner = $1, owned_until = ${NOW} + $2
       WHERE (owner IS NULL OR owner = $1 OR owned_until < ${NOW}) AND id = (
         SELECT id FROM import WHERE ended_at IS NULL AND received_at IS NOT NULL ORDER BY received_at, id LIMIT 1)
       RETURNING id`,
      [owner, ownedMs, at],
    );
    const [row] = rows;
    return row === undefined ? undefined : this.byId(row.id);
  }

  async keep(id: RecordId, owner: string, ownedMs: number, rowsPerSecond: number | null): Promise<boolean> {
    const { rowCount } = await this.#ask(
      `UPDATE import SET owned_until = ${NOW} + $3, rows_per_second = coalesce($4, rows_per_second)
       WHERE id = $1 AND owner = $2 AND ended_at IS NULL`,
      [id, owner, ownedMs, rowsPerSecond],
    );
    return rowCount === 1;
  }

  async release(id: RecordId, owner: string): Promise<void> {
    await this.#ask('UPDATE import SET owner = NULL, owned_until = NULL WHERE id = $1 AND owner = $2', [
      id,
      owner,
    ]);
  }

  async restart(id: RecordId): Promise<void> {
    await this.#write(async (client) => {
      await client.query('SELECT FROM import_lane WHERE import_id = $1 ORDER BY lane FOR UPDATE', [id]);
      await client.query(
        `UPDATE import_lane SET position = 0, accepted = 0, already_there = 0, rejected = 0, rejects_kept = 0
         WHERE import_id = $1`,
        [id],
      );
      await client.query('DELETE FROM import_reject WHERE import_id = $1', [id]);
    });
  }

  async lanes(id: RecordId): Promise<ImportLane[]> {
    const { rows } = await this.#ask<ImportLane>(
      'SELECT lane, rows, position FROM import_lane WHERE import_id = $1 ORDER BY lane',
      [id],
    );
    return rows;
  }

  async chunk(id: RecordId, lane: Lane, row: number): Promise<ImportChunk | undefined> {
    const { rows } = await this.#ask<ImportChunk>(
      `SELECT lane, first_row AS "firstRow", rows, block FROM import_chunk
       WHERE import_id = $1 AND lane = $2 AND first_row <= $3 ORDER BY first_row DESC LIMIT 1`,
      [id, lane, row],
    );
    return rows[0];
  }

  async end(id: RecordId, { state, reason, at }: ImportEnd): Promise<boolean> {
    const { rowCount } = await this.#ask(
      `UPDATE import SET state = $2, reason = $3, ended_at = $4, owner = NULL, owned_until = NULL,
         key = CASE WHEN $2 = 'failed' THEN NULL ELSE key END
       WHERE id = $1 AND state IN ('receiving', 'running') AND ($2 <> 'done' OR NOT EXISTS (
         SELECT FROM import_lane WHERE import_id = $1 AND position < rows))`,
      [id, state, reason, at],
    );
    return rowCount === 1;
  }

  async cancel(id: RecordId, at: number): Promise<'done' | 'unknown' | 'ended'> {
    if (!isId(id)) return 'unknown';
    return this.#write(async (client) => {
      // Writes that are moving it on come to their end first.
      await client.query('SELECT FROM import_lane WHERE import_id = $1 ORDER BY lane FOR UPDATE', [id]);
      const { rowCount } = await client.query(
        `UPDATE import SET state = 'cancelled', ended_at = $2, owner = NULL, owned_until = NULL,
           key = CASE WHEN received_at IS NULL THEN NULL ELSE key END
         WHERE id = $1 AND ended_at IS NULL`,
        [id, at],
      );
      if (rowCount === 1) return 'done';
      return (await client.query('SELECT FROM import WHERE id = $1', [id])).rowCount === 0
        ? 'unknown'
        : 'ended';
    });
  }

  async rejects(id: RecordId, afterLine: number, limit: number): Promise<ImportReject[]> {
    const { rows } = await this.#ask<ImportReject>(
      `SELECT line, field, reason, record FROM import_reject WHERE import_id = $1 AND line > $2
       ORDER BY line LIMIT $3`,
      [id, afterLine, limit],
    );
    return rows;
  }

  async tidy(at: number, rejectsEndedBefore: number): Promise<boolean> {
    const [failed, chunks, rejects] = await this.#safely(() =>
      together(
        this.#pool.query(
          `UPDATE import SET state = 'failed', reason = $1, ended_at = $2, owner = NULL, owned_until = NULL, key = NULL
           WHERE state = 'receiving' AND owned_until < ${NOW}`,
          [BROKE_OFF, at],
        ),
        this.#pool.query(
          `DELETE FROM import_chunk WHERE ctid = ANY (ARRAY(${ENDED_CHUNKS} LIMIT ${CHUNKS_TIDIED}))`,
        ),
        this.#pool.query(
          `DELETE FROM import_reject WHERE ctid = ANY (ARRAY(${OLD_REJECTS} LIMIT ${REJECTS_TIDIED}))`,
          [rejectsEndedBefore],
        ),
        this.#pool.query(
          `UPDATE import_lane SET rejects_kept = 0
           WHERE rejects_kept > 0 AND import_id IN (SELECT id FROM import WHERE ended_at < $1)`,
          [rejectsEndedBefore],
        ),
      ),
    );
    return (
      (failed.rowCount ?? 0) > 0 || chunks.rowCount === CHUNKS_TIDIED || rejects.rowCount === REJECTS_TIDIED
    );
  }

  async open(): Promise<Record<'receiving' | 'waiting' | 'running', number>> {
    const { rows } = await this.#ask<{ state: string; count: number }>(
      'SELECT state, count(*)::integer AS count FROM import WHERE ended_at IS NULL GROUP BY state',
    );
    const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    return { receiving: 0, waiting: 0, running: 0, ...counts };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #ask<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
    return this.#safely(() => this.#pool.query<Row>(text, values));
  }

  /** A transaction; again where another one with the same key was first. */
  #write<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    return this.#safely(async () => {
      for (let races = 0; ; ) {
        const client = await this.#pool.connect();
        try {
          await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
          const result = await work(client);
          await client.query('COMMIT');
          client.release();
          return result;
        } catch (error) {
          const isLost = isConnectionLoss(error);
          if (!isLost) await client.query('ROLLBACK').catch(() => undefined);
          client.release(isLost);
          if (!isRace(error) || ++races === RACES_MAX) throw error;
        }
      }
    });
  }

  async #safely<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw asStoreUnavailable(error, this.#where);
    }
  }
}

async function found(on: Queryable, where: string, ...values: unknown[]): Promise<StoredImport | undefined> {
  const { rows } = await on.query<ImportRow>(`${SELECT_IMPORT} ${where}`, values);
  return rows[0] === undefined ? undefined : importOf(rows[0]);
}

function byKey(on: Queryable, recordedBy: string, key: string): Promise<StoredImport | undefined> {
  return found(on, 'WHERE recorded_by = $1 AND key = $2', recordedBy, key);
}

/** Opens the imports of an existing database of the current schema. */
export async function openPostgresImports(url: string): Promise<ImportStore> {
  const where = addressText({ engine: 'postgres', url });
  const settled = await withTlsSettled(url);
  const client = await connectOnce(settled);
  try {
    const { forceDurable } = await serverSettings(client, where);
    await requireCurrentSchema(client, where);
    return new PostgresImports(openPool(settled, CONNECTIONS, { forceDurable }), where);
  } catch (error) {
    throw asStoreUnavailable(error, where);
  } finally {
    await client.end();
  }
}
