// The keys that open the service, and when sessions were ended. Credentials are hashes of hashes: who reads this table
// can open nothing with it.

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE api_key (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
    role TEXT NOT NULL CHECK (role IN ('viewer', 'officer', 'admin')),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    revoked_by TEXT,
    last_used_at INTEGER,
    reads_per_second INTEGER CHECK (reads_per_second >= 1),
    writes_per_second INTEGER CHECK (writes_per_second >= 1),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE api_credential (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    key_name TEXT NOT NULL REFERENCES api_key (name),
    created_at INTEGER NOT NULL,
    ends_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX api_credential_of_key ON api_credential (key_name)',

  `CREATE TABLE session_end (
    key_name TEXT PRIMARY KEY,
    ended_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE access_version (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL
  ) STRICT`,
  'INSERT INTO access_version VALUES (1, 0)',
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
