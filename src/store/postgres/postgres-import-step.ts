// Moves an import on within a write: its lane's position and counts, the rows that were rejected, the chunks that are
// done with. The lane's row is locked until the commit, so that whoever else would move it waits and then sees it moved.

import type pg from 'pg';
import { ImportMoved, type ImportPlace, type ImportStep } from '../import-store.ts';
import { together } from './postgres-connection.ts';

const LOCK = 'SELECT FROM import_lane WHERE import_id = $1 AND lane = $2 FOR UPDATE';

/** A statement of its own: one that waits for a lock would still see the import as it was before it waited. */
const POSITION = `SELECT position FROM import_lane JOIN import ON id = import_id
  WHERE import_id = $1 AND lane = $2 AND state = 'running'`;

const MOVE = `UPDATE import_lane SET position = $3, accepted = accepted + $4, already_there = already_there + $5,
    rejected = rejected + $6, rejects_kept = rejects_kept + $7
  WHERE import_id = $1 AND lane = $2`;

const REJECTS = `INSERT INTO import_reject (import_id, line, field, reason, record)
  SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[])`;

const DROP = 'DELETE FROM import_chunk WHERE import_id = $1 AND lane = $2 AND first_row + rows <= $3';

/** Locks the lane of an import, and finds where it stands if the import runs. */
export async function lockImport(
  client: pg.PoolClient,
  { importId, lane }: ImportPlace,
): Promise<pg.QueryResult<{ position: number }>> {
  const values = [importId, lane];
  const [, position] = await together(
    client.query({ name: 'lock import', text: LOCK, values }),
    client.query<{ position: number }>({ name: 'import position', text: POSITION, values }),
  );
  return position;
}

/** Throws ImportMoved unless the import runs and stands where the write takes it to stand. */
export function requireImport(
  { from }: ImportPlace,
  found: pg.QueryResult<{ position: number }> | undefined,
): void {
  if (found?.rows[0]?.position !== from) throw new ImportMoved();
}

/** The statements of a step, to be sent with those of its rows. */
export function importStatements(client: pg.PoolClient, step: ImportStep): Promise<pg.QueryResult>[] {
  const { importId, lane, to, accepted, alreadyThere, rejected, rejects, drops } = step;
  const counts = [accepted, alreadyThere, rejected, rejects.length];
  const statements = [
    client.query({ name: 'move import', text: MOVE, values: [importId, lane, to, ...counts] }),
  ];
  if (rejects.length > 0) {
    const values = [
      importId,
      rejects.map(({ line }) => line),
      rejects.map(({ field }) => field),
      rejects.map(({ reason }) => reason),
      rejects.map(({ record }) => record),
    ];
    statements.push(client.query({ name: 'insert rejects', text: REJECTS, values }));
  }
  if (drops) statements.push(client.query({ name: 'drop chunks', text: DROP, values: [importId, lane, to] }));
  return statements;
}
