// Makes and migrates a database. Several processes may do so at once: one works, the others wait and find it done. Each
// migration has a transaction of its own.

import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type pg from 'pg';
import { addressText } from '../database-address.ts';
import type { SchemaChange } from '../schema-change.ts';
import type { Bank } from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import {
  calmPool,
  clientConfig,
  connectOnce,
  serverSettings,
  withTlsSettled,
} from './postgres-connection.ts';
import { asStoreUnavailable } from './postgres-faults.ts';

/** Held while a database is being made or migrated: any number, the same for every James. */
const SCHEMA_LOCK = 0x4a4d4553;

/** Names of the migrations that a database has had; undefined where it never had any. */
export async function migrationsOf(client: pg.Client): Promise<string[] | undefined> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('kysely_migration') IS NOT NULL AND to_regclass('bank') IS NOT NULL AS there`,
  );
  if (!rows[0]?.there) return undefined;
  const ran = await client.query<{ name: string }>('SELECT name FROM kysely_migration ORDER BY name');
  return ran.rows.map(({ name }) => name);
}

/** James shares no schema with another program: whose tables would be whose? Kysely's own may be of a start cut short. */
export async function refuseOtherTables(client: pg.Client, where: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = current_schema() AND tablename NOT IN ('kysely_migration', 'kysely_migration_lock')
     ORDER BY tablename LIMIT 3`,
  );
  if (rows.length === 0) return;
  throw new StoreUnavailable(
    'not-a-james-database',
    `${where}: the database has tables of something else (${rows.map(({ name }) => name).join(', ')}); give James one of its own`,
  );
}

export function refuseNewerSchema(ran: readonly string[], where: string): void {
  const unknown = ran.filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length === 0) return;
  throw new StoreUnavailable(
    'schema-not-current',
    `${where}: the database is newer than this James (it has ${unknown.join(', ')}); run that newer version`,
  );
}

/** Runs what is pending, one migration a transaction, up to the last one or to a given number; tells the names. */
export async function migrate(url: string, upTo = Object.keys(MIGRATIONS).length): Promise<string[]> {
  const pool = calmPool({ ...clientConfig(url, { bounded: false }), max: 1 });
  const database = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  const migrated: string[] = [];
  try {
    const wanted = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, upTo));
    const migrator = new Migrator({ db: database, provider: { getMigrations: async () => wanted } });
    for (;;) {
      const { error, results } = await migrator.migrateUp();
      if (error !== undefined) throw error;
      const ran = (results ?? []).map(({ migrationName }) => migrationName);
      if (ran.length === 0) return migrated;
      migrated.push(...ran);
    }
  } finally {
    await database.destroy();
  }
}

/**
 * Creates what is missing and loses nothing: tables, pending migrations, the bank's settings (which an existing
 * database keeps). The database itself must be there.
 */
export async function createOrMigratePostgres(
  url: string,
  bank: Bank,
  now: number,
  lanes: number,
): Promise<SchemaChange> {
  const where = addressText({ engine: 'postgres', url });
  const settled = await withTlsSettled(url);
  const client = await connectOnce(settled);
  try {
    await serverSettings(client, where);
    await client.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK]);
    const ran = await migrationsOf(client);
    if (ran === undefined) await refuseOtherTables(client, where);
    else refuseNewerSchema(ran, where);
    const migrated = await migrate(settled);
    await client.query(
      `INSERT INTO bank (one, currency, time_zone, lanes, book_day, created_at)
       VALUES (1, $1, $2, $3, -719162, $4) ON CONFLICT DO NOTHING`,
      [bank.currency.code, bank.timeZone, lanes, now],
    );
    return { migrated };
  } catch (error) {
    throw asStoreUnavailable(error, where);
  } finally {
    await client.end();
  }
}

/** Whether a database has James's tables, of whatever version. */
export async function isJamesDatabase(url: string): Promise<boolean> {
  const client = await connectOnce(await withTlsSettled(url));
  try {
    return (await migrationsOf(client)) !== undefined;
  } catch (error) {
    throw asStoreUnavailable(error, addressText({ engine: 'postgres', url }));
  } finally {
    await client.end();
  }
}

/** Refuses a database whose schema is older or newer than this program's, and says which command to run. */
export async function requireCurrentSchema(client: pg.Client, where: string): Promise<void> {
  const ran = await migrationsOf(client);
  if (ran === undefined) {
    throw new StoreUnavailable(
      'not-a-james-database',
      `${where}: the database has no tables of James yet; run: james migrate`,
    );
  }
  refuseNewerSchema(ran, where);
  const missing = Object.keys(MIGRATIONS).filter((name) => !ran.includes(name));
  if (missing.length === 0) return;
  throw new StoreUnavailable(
    'schema-not-current',
    `${where}: the database's schema is not current (missing ${missing.join(', ')}); run: james migrate`,
  );
}
