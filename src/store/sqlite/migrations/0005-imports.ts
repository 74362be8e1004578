// Imports: files that wait in pieces until their rows are booked, how far each is, and the rows that were rejected.
//
// A file's rows stand in chunks, in their order; the position says how many are done. It moves in the transaction that
// books them.

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE import (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    kind TEXT NOT NULL CHECK (kind IN ('loans', 'payments')),
    format TEXT NOT NULL CHECK (format IN ('csv', 'ndjson')),
    dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('receiving', 'waiting', 'running', 'done', 'failed', 'cancelled')),
    reason TEXT,
    columns TEXT,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    rows_per_second INTEGER,
    recorded_by TEXT NOT NULL,
    request_id TEXT NOT NULL,
    key TEXT,
    fingerprint TEXT,
    created_at INTEGER NOT NULL,
    received_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    owner TEXT,
    owned_until INTEGER,
    CHECK ((ended_at IS NULL) = (state IN ('receiving', 'waiting', 'running'))),
    CHECK ((owner IS NULL) = (owned_until IS NULL))
  ) STRICT, WITHOUT ROWID`,
  'CREATE UNIQUE INDEX import_by_key ON import (recorded_by, key) WHERE key IS NOT NULL',
  'CREATE INDEX import_open ON import (received_at, id) WHERE ended_at IS NULL',

  `CREATE TABLE import_lane (
    import_id TEXT NOT NULL REFERENCES import (id),
    lane INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND rows),
    accepted INTEGER NOT NULL,
    already_there INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    rejects_kept INTEGER NOT NULL,
    PRIMARY KEY (import_id, lane),
    CHECK (position = accepted + already_there + rejected)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE import_chunk (
    import_id TEXT NOT NULL REFERENCES import (id),
    lane INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    rows INTEGER NOT NULL CHECK (rows > 0),
    block BLOB NOT NULL,
    PRIMARY KEY (import_id, lane, first_row)
  ) STRICT`,

  `CREATE TABLE import_reject (
    import_id TEXT NOT NULL REFERENCES import (id),
    line INTEGER NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (import_id, line)
  ) STRICT`,
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
