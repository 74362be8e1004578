// The imports of a bank in SQLite. In a server it stands on the ledger's thread, where all writing is.

import type Database from 'better-sqlite3';
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
import { openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';
import { requireCurrentSchema } from './sqlite-schema.ts';

/** Little is read twice here. */
const CACHE_KIB = 4 * 1024;
/** What one call of `tidy` drops at most; each chunk is some 100 KiB. */
const CHUNKS_TIDIED = 50;
const REJECTS_TIDIED = 2_000;

const CHUNK_COLUMNS = 'lane, first_row AS firstRow, rows, block';

class SqliteImports implements ImportStore {
  readonly #file: string;
  #connection: Database.Database | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async insert(made: NewImport, owner: string, ownedMs: number): Promise<StoredImport | undefined> {
    return this.#write((connection) => {
      const { id, kind, format, dryRun, recordedBy, requestId, key, createdAt } = made;
      if (key !== null) {
        connection
          .prepare('UPDATE import SET key = NULL WHERE recorded_by = ? AND key = ? AND created_at < ?')
          .run(recordedBy, key, createdAt - IMPORT_KEY_LIFETIME_MS);
        const known = byKey(connection, recordedBy, key);
        if (known !== undefined) return known;
      }
      connection
        .prepare(
          `INSERT INTO import (id, kind, format, dry_run, state, bytes, recorded_by, request_id, key, created_at,
             owner, owned_until) VALUES (?, ?, ?, ?, 'receiving', 0, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          ...[id, kind, format, dryRun ? 1 : 0, recordedBy, requestId, key, createdAt],
          ...[owner, Date.now() + ownedMs],
        );
      return undefined;
    });
  }

  async receive(id: RecordId, { chunks, columns, bytes }: ImportPart): Promise<boolean> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare(
          `UPDATE import SET bytes = ?, columns = coalesce(?, columns) WHERE id = ? AND state = 'receiving'`,
        )
        .run(bytes, columns === null ? null : JSON.stringify(columns), id);
      if (changes === 0) return false;
      const insert = connection.prepare('INSERT INTO import_chunk VALUES (?, ?, ?, ?, ?)');
      const count = connection.prepare(
        `INSERT INTO import_lane VALUES (?, ?, ?, 0, 0, 0, 0, 0)
         ON CONFLICT (import_id, lane) DO UPDATE SET rows = rows + excluded.rows`,
      );
      for (const { lane, firstRow, rows, block } of chunks) {
        insert.run(id, lane, firstRow, rows, block);
        count.run(id, lane, rows);
      }
      return true;
    });
  }

  async received(id: RecordId, fingerprint: string | null, at: number): Promise<boolean> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare(
          `UPDATE import SET state = 'waiting', fingerprint = ?, received_at = ?, owner = NULL, owned_until = NULL
           WHERE id = ? AND state = 'receiving'`,
        )
        .run(fingerprint, at, id);
      return changes === 1;
    });
  }

  async byId(id: RecordId): Promise<StoredImport | undefined> {
    return this.#use((connection) => found(connection, 'WHERE id = ?', id));
  }

  async byKey(recordedBy: string, key: string): Promise<StoredImport | undefined> {
    return this.#use((connection) => byKey(connection, recordedBy, key));
  }

  async list({ state, kind }: ImportFilter, after: RecordId | null, limit: number): Promise<StoredImport[]> {
    return this.#use((connection) =>
      connection
        .prepare<unknown[], ImportRow>(
          `${SELECT_IMPORT} WHERE (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind)
             AND (:after IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit`,
        )
        .all({ state: state ?? null, kind: kind ?? null, after, limit })
        .map(importOf),
    );
  }

  async claim(owner: string, ownedMs: number, at: number): Promise<StoredImport | undefined> {
    // Most often there is nothing, and looking takes no lock.
    const next = () =>
      this.#use((connection) =>
        connection
          .prepare<[], { id: string; owner: string | null; owned_until: number | null }>(
            `SELECT id, owner, owned_until FROM import WHERE ended_at IS NULL AND received_at IS NOT NULL
             ORDER BY received_at, id LIMIT 1`,
          )
          .get(),
      );
    const isFree = (row: ReturnType<typeof next>) =>
      row !== undefined && (row.owner === null || row.owner === owner || (row.owned_until ?? 0) < Date.now());
    if (!isFree(next())) return undefined;
    return this.#write((connection) => {
      const row = next();
      if (row === undefined || !isFree(row)) return undefined;
      connection
        .prepare(
          `UPDATE import SET state = 'running', started_at = coalesce(started_at, ?), owner = ?, owned_until = ?
           WHERE id = ?`,
        )
        .run(at, owner, Date.now() + ownedMs, row.id);
      return found(connection, 'WHERE id = ?', row.id);
    });
  }

  async keep(id: RecordId, owner: string, ownedMs: number, rowsPerSecond: number | null): Promise<boolean> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare(
          `UPDATE import SET owned_until = ?, rows_per_second = coalesce(?, rows_per_second)
           WHERE id = ? AND owner = ? AND ended_at IS NULL`,
        )
        .run(Date.now() + ownedMs, rowsPerSecond, id, owner);
      return changes === 1;
    });
  }

  async release(id: RecordId, owner: string): Promise<void> {
    this.#write((connection) =>
      connection
        .prepare('UPDATE import SET owner = NULL, owned_until = NULL WHERE id = ? AND owner = ?')
        .run(id, owner),
    );
  }

  async restart(id: RecordId): Promise<void> {
    this.#write((connection) => {
      connection
        .prepare(
          `UPDATE import_lane SET position = 0, accepted = 0, already_there = 0, rejected = 0, rejects_kept = 0
           WHERE import_id = ?`,
        )
        .run(id);
      connection.prepare('DELETE FROM import_reject WHERE import_id = ?').run(id);
    });
  }

  async lanes(id: RecordId): Promise<ImportLane[]> {
    return this.#use((connection) =>
      connection
        .prepare<[string], ImportLane>(
          'SELECT lane, rows, position FROM import_lane WHERE import_id = ? ORDER BY lane',
        )
        .all(id),
    );
  }

  async chunk(id: RecordId, lane: Lane, row: number): Promise<ImportChunk | undefined> {
    return this.#use((connection) =>
      connection
        .prepare<[string, number, number], ImportChunk>(
          `SELECT ${CHUNK_COLUMNS} FROM import_chunk WHERE import_id = ? AND lane = ? AND first_row <= ?
           ORDER BY first_row DESC LIMIT 1`,
        )
        .get(id, lane, row),
    );
  }

  async end(id: RecordId, { state, reason, at }: ImportEnd): Promise<boolean> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare(
          `UPDATE import SET state = :state, reason = :reason, ended_at = :at, owner = NULL, owned_until = NULL,
             key = CASE WHEN :state = 'failed' THEN NULL ELSE key END
           WHERE id = :id AND state IN ('receiving', 'running') AND (:state <> 'done' OR NOT EXISTS (
             SELECT 1 FROM import_lane WHERE import_id = :id AND position < rows))`,
        )
        .run({ id, state, reason, at });
      return changes === 1;
    });
  }

  async cancel(id: RecordId, at: number): Promise<'done' | 'unknown' | 'ended'> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare(
          `UPDATE import SET state = 'cancelled', ended_at = ?, owner = NULL, owned_until = NULL,
             key = CASE WHEN received_at IS NULL THEN NULL ELSE key END
           WHERE id = ? AND ended_at IS NULL`,
        )
        .run(at, id);
      if (changes === 1) return 'done';
      return connection.prepare('SELECT 1 FROM import WHERE id = ?').get(id) === undefined
        ? 'unknown'
        : 'ended';
    });
  }

  async rejects(id: RecordId, afterLine: number, limit: number): Promise<ImportReject[]> {
    return this.#use((connection) =>
      connection
        .prepare<[string, number, number], ImportReject>(
          `SELECT line, field, reason, record FROM import_reject WHERE import_id = ? AND line > ?
           ORDER BY line LIMIT ?`,
        )
        .all(id, afterLine, limit),
    );
  }

  async tidy(at: number, rejectsEndedBefore: number): Promise<boolean> {
    const isLeft = this.#use((connection) =>
      connection
        .prepare(
          `SELECT 1 WHERE EXISTS (SELECT 1 FROM import WHERE state = 'receiving' AND owned_until < :now)
             OR EXISTS (${ENDED_CHUNKS}) OR EXISTS (${OLD_REJECTS})`,
        )
        .get({ now: Date.now(), before: rejectsEndedBefore }),
    );
    if (isLeft === undefined) return false;
    return this.#write((connection) => {
      connection
        .prepare(
          `UPDATE import SET state = 'failed', reason = ?, ended_at = ?, owner = NULL, owned_until = NULL, key = NULL
           WHERE state = 'receiving' AND owned_until < ?`,
        )
        .run(BROKE_OFF, at, Date.now());
      const chunks = connection
        .prepare(`DELETE FROM import_chunk WHERE rowid IN (${ENDED_CHUNKS} LIMIT ${CHUNKS_TIDIED})`)
        .run();
      const rejects = connection
        .prepare(`DELETE FROM import_reject WHERE rowid IN (${OLD_REJECTS} LIMIT ${REJECTS_TIDIED})`)
        .run({ before: rejectsEndedBefore });
      connection
        .prepare(
          `UPDATE import_lane SET rejects_kept = 0
           WHERE rejects_kept > 0 AND import_id IN (SELECT id FROM import WHERE ended_at < ?)`,
        )
        .run(rejectsEndedBefore);
      return chunks.changes === CHUNKS_TIDIED || rejects.changes === REJECTS_TIDIED;
    });
  }

  async open(): Promise<Record<'receiving' | 'waiting' | 'running', number>> {
    return this.#use((connection) => {
      const rows = connection
        .prepare<[], [string, number]>(
          'SELECT state, count(*) FROM import WHERE ended_at IS NULL GROUP BY state',
        )
        .raw()
        .all() as [string, number][];
      return { receiving: 0, waiting: 0, running: 0, ...Object.fromEntries(rows) };
    });
  }

  async close(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #write<Result>(work: (connection: Database.Database) => Result): Result {
    return this.#use((connection) => connection.transaction(() => work(connection)).immediate());
  }

  #use<Result>(work: (connection: Database.Database) => Result): Result {
    try {
      if (this.#connection === undefined) {
        this.#connection = openConnection(this.#file, { create: false });
        this.#connection.pragma(`cache_size = -${CACHE_KIB}`);
      }
      return work(this.#connection);
    } catch (error) {
      this.#connection?.close();
      this.#connection = undefined;
      throw asStoreUnavailable(error, this.#file);
    }
  }
}

const ENDED_CHUNKS = `SELECT import_chunk.rowid FROM import_chunk
  WHERE import_id IN (SELECT id FROM import WHERE ended_at IS NOT NULL)`;

const OLD_REJECTS = `SELECT import_reject.rowid FROM import_reject
  WHERE import_id IN (SELECT id FROM import WHERE ended_at < :before)`;

function found(connection: Database.Database, where: string, ...values: unknown[]): StoredImport | undefined {
  const row = connection.prepare<unknown[], ImportRow>(`${SELECT_IMPORT} ${where}`).get(...values);
  return row === undefined ? undefined : importOf(row);
}

function byKey(connection: Database.Database, recordedBy: string, key: string): StoredImport | undefined {
  return found(connection, 'WHERE recorded_by = ? AND key = ?', recordedBy, key);
}

/** Opens the imports of an existing database of the current schema. */
export function openSqliteImports(file: string): ImportStore {
  requireCurrentSchema(file);
  return new SqliteImports(file);
}
