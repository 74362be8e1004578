// Rows of the import tables, which both engines keep alike.

import type { ImportFormat, ImportKindName, ImportState, StoredImport } from './import-store.ts';

export interface ImportRow {
  readonly id: string;
  readonly kind: ImportKindName;
  readonly format: ImportFormat;
  readonly dry_run: number | boolean;
  readonly state: ImportState;
  readonly reason: string | null;
  readonly columns: string | null;
  readonly bytes: number;
  readonly rows_per_second: number | null;
  readonly recorded_by: string;
  readonly request_id: string;
  readonly key: string | null;
  readonly fingerprint: string | null;
  readonly created_at: number;
  readonly received_at: number | null;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly rows: number;
  readonly rows_read: number;
  readonly accepted: number;
  readonly already_there: number;
  readonly rejected: number;
  readonly rejects_kept: number;
}

function sum(column: string, as = column): string {
  return `(SELECT CAST(coalesce(sum(lane.${column}), 0) AS bigint) FROM import_lane lane
    WHERE lane.import_id = import.id) AS "${as}"`;
}

/** SQL: what an import is, with the counts of all its lanes. */
export const SELECT_IMPORT = `SELECT id, kind, format, dry_run, state, reason, columns, bytes, rows_per_second, recorded_by,
    request_id, key, fingerprint, created_at, received_at, started_at, ended_at,
    ${sum('rows')}, ${sum('position', 'rows_read')}, ${sum('accepted')}, ${sum('already_there')}, ${sum('rejected')},
    ${sum('rejects_kept')}
  FROM import`;

export function importOf(row: ImportRow): StoredImport {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    dryRun: Boolean(row.dry_run),
    state: row.state,
    reason: row.reason,
    columns: row.columns === null ? null : (JSON.parse(row.columns) as string[]),
    bytes: row.bytes,
    rowsPerSecond: row.rows_per_second,
    recordedBy: row.recorded_by,
    requestId: row.request_id,
    key: row.key,
    fingerprint: row.fingerprint,
    createdAt: row.created_at,
    receivedAt: row.received_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    rows: row.rows,
    rowsRead: row.rows_read,
    accepted: row.accepted,
    alreadyThere: row.already_there,
    rejected: row.rejected,
    rejectsKept: row.rejects_kept,
  };
}
