// Makes and migrates a database file. Several processes may do so at once: one works, the others wait and find it done.

import type Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { SchemaChange } from '../schema-change.ts';
import type { Bank } from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { APPLICATION_ID, openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';

/**
 * Creates what is missing and loses nothing: the file, its tables, the bank's settings (which an existing database
 * keeps). All pending migrations run in one exclusive transaction.
 */
export async function createOrMigrate(file: string, bank: Bank, now: number): Promise<SchemaChange> {
  const connection = openConnection(file, { create: true });
  try {
    connection.exec('BEGIN EXCLUSIVE');
    refuseNewerSchema(connection, file);
    const migrator = new Migrator({
      db: new Kysely<never>({ dialect: new SqliteDialect({ database: connection }) }),
      provider: { getMigrations: async () => MIGRATIONS },
      disableTransactions: true,
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    connection
      .prepare(
        `INSERT INTO bank (only, currency, time_zone, book_day, created_at) VALUES (1, ?, ?, -719162, ?)
         ON CONFLICT DO NOTHING`,
      )
      .run(bank.currency.code, bank.timeZone, now);
    connection.pragma(`application_id = ${APPLICATION_ID}`);
    connection.exec('COMMIT');
    return { migrated: (results ?? []).map((result) => result.migrationName) };
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw asStoreUnavailable(error, file);
  } finally {
    connection.close();
  }
}

/** Names of the migrations that a database has had. */
function migrationsOf(connection: Database.Database): unknown[] {
  const exists = connection
    .prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'kysely_migration'`)
    .pluck()
    .get();
  return exists === 0 ? [] : connection.prepare('SELECT name FROM kysely_migration').pluck().all();
}

function refuseNewerSchema(connection: Database.Database, file: string): void {
  const unknown = migrationsOf(connection).filter((name) => !Object.hasOwn(MIGRATIONS, String(name)));
  if (unknown.length === 0) return;
  throw new StoreUnavailable(
    'schema-not-current',
    `${file}: the database is newer than this James (it has ${unknown.join(', ')}); run that newer version`,
  );
}

/** Refuses a database whose schema is older or newer than this program's, and says which command to run. */
export function requireCurrentSchema(file: string): void {
  const connection = openConnection(file, { create: false });
  try {
    refuseNewerSchema(connection, file);
    const ran = migrationsOf(connection);
    const missing = Object.keys(MIGRATIONS).filter((name) => !ran.includes(name));
    if (missing.length === 0) return;
    throw new StoreUnavailable(
      'schema-not-current',
      `${file}: the database's schema is not current (missing ${missing.join(', ')}); run: james migrate`,
    );
  } catch (error) {
    throw asStoreUnavailable(error, file);
  } finally {
    connection.close();
  }
}
