// Imports: files that wait in pieces until their rows are booked, how far each is, and the rows that were rejected.
//
// A file's rows stand in chunks by lane, in their order; the position of a lane says how many are done. It moves in the
// transaction that books them, so that lanes go on side by side.

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE import (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('loans', 'payments')),
    format text NOT NULL CHECK (format IN ('csv', 'ndjson')),
    dry_run boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('receiving', 'waiting', 'running', 'done', 'failed', 'cancelled')),
    reason text,
    columns text,
    bytes bigint NOT NULL CHECK (bytes >= 0),
    rows_per_second bigint,
    recorded_by text COLLATE "C" NOT NULL,
    request_id text NOT NULL,
    key text COLLATE "C",
    fingerprint text,
    created_at bigint NOT NULL,
    received_at bigint,
    started_at bigint,
    ended_at bigint,
    owner text,
    owned_until bigint,
    CHECK ((ended_at IS NULL) = (state IN ('receiving', 'waiting', 'running'))),
    CHECK ((owner IS NULL) = (owned_until IS NULL))
  )`,
  'CREATE UNIQUE INDEX import_by_key ON import (recorded_by, key) WHERE key IS NOT NULL',
  'CREATE INDEX import_open ON import (received_at, id) WHERE ended_at IS NULL',

  `CREATE TABLE import_lane (
    import_id uuid NOT NULL REFERENCES import (id),
    lane smallint NOT NULL,
    rows bigint NOT NULL,
    position bigint NOT NULL CHECK (position BETWEEN 0 AND rows),
    accepted bigint NOT NULL,
    already_there bigint NOT NULL,
    rejected bigint NOT NULL,
    rejects_kept bigint NOT NULL,
    PRIMARY KEY (import_id, lane),
    CHECK (position = accepted + already_there + rejected)
  ) WITH (fillfactor = 50)`,

  `CREATE TABLE import_chunk (
    import_id uuid NOT NULL REFERENCES import (id),
    lane smallint NOT NULL,
    first_row bigint NOT NULL,
    rows integer NOT NULL CHECK (rows > 0),
    block bytea NOT NULL,
    PRIMARY KEY (import_id, lane, first_row)
  )`,
  // Blocks come compressed.
  'ALTER TABLE import_chunk ALTER COLUMN block SET STORAGE EXTERNAL',

  `CREATE TABLE import_reject (
    import_id uuid NOT NULL REFERENCES import (id),
    line bigint NOT NULL,
    field text NOT NULL,
    reason text NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (import_id, line)
  )`,
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
