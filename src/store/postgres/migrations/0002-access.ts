// The keys that open the service, and when sessions were ended. Credentials are hashes of hashes: who reads this table
// can open nothing with it.

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE api_key (
    name text COLLATE "C" PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
    role text NOT NULL CHECK (role IN ('viewer', 'officer', 'admin')),
    created_at bigint NOT NULL,
    created_by text NOT NULL,
    expires_at bigint,
    revoked_at bigint,
    revoked_by text,
    last_used_at bigint,
    reads_per_second integer CHECK (reads_per_second >= 1),
    writes_per_second integer CHECK (writes_per_second >= 1),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
  )`,

  `CREATE TABLE api_credential (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    key_name text COLLATE "C" NOT NULL REFERENCES api_key (name),
    created_at bigint NOT NULL,
    ends_at bigint
  )`,
  'CREATE INDEX api_credential_of_key ON api_credential (key_name)',

  `CREATE TABLE session_end (
    key_name text COLLATE "C" PRIMARY KEY,
    ended_at bigint NOT NULL
  )`,

  `CREATE TABLE access_version (
    one smallint PRIMARY KEY CHECK (one = 1),
    version bigint NOT NULL
  )`,
  'INSERT INTO access_version VALUES (1, 0)',
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
