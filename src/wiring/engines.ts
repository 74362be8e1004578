// The engines by the address of a database: the one place that knows both.

import { existsSync } from 'node:fs';
import type { Auditor } from '../store/audit.ts';
import type { Backups } from '../store/backup.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import type { Snapshots } from '../store/export-snapshot.ts';
import type { ImportStore } from '../store/import-store.ts';
import type { KeyStore } from '../store/key-store.ts';
import { postgresAuditor } from '../store/postgres/postgres-audit.ts';
import { postgresBackups } from '../store/postgres/postgres-backup.ts';
import { postgresSnapshots } from '../store/postgres/postgres-export-snapshot.ts';
import { openPostgresImports } from '../store/postgres/postgres-imports.ts';
import { openPostgresKeys } from '../store/postgres/postgres-keys.ts';
import { createOrMigratePostgres, isJamesDatabase } from '../store/postgres/postgres-schema.ts';
import { flushPostgres, openPostgresStore } from '../store/postgres/postgres-store.ts';
import type { SchemaChange } from '../store/schema-change.ts';
import { sqliteAuditor } from '../store/sqlite/sqlite-audit.ts';
import { sqliteBackups } from '../store/sqlite/sqlite-backup.ts';
import { sqliteSnapshots } from '../store/sqlite/sqlite-export-snapshot.ts';
import { openSqliteImports } from '../store/sqlite/sqlite-imports.ts';
import { openSqliteKeys } from '../store/sqlite/sqlite-keys.ts';
import { createOrMigrate as createOrMigrateSqlite } from '../store/sqlite/sqlite-schema.ts';
import { flushSqlite, openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Bank, Store } from '../store/store.ts';

const LANES_DEFAULT = 8;
const POOL_DEFAULT = 10;

/** Creates what is missing and loses nothing: tables, migrations, the bank's settings. Safe when several do it at once. */
export function createOrMigrate(
  address: DatabaseAddress,
  bank: Bank,
  now: number,
  lanes = LANES_DEFAULT,
): Promise<SchemaChange> {
  return address.engine === 'sqlite'
    ? createOrMigrateSqlite(address.file, bank, now)
    : createOrMigratePostgres(address.url, bank, now, lanes);
}

export interface OpenOptions {
  /** How many connections to a server this process may hold, at least 2. */
  readonly pool?: number;
  /** Whether this process compacts the book in the background, where the engine wants that. */
  readonly compacts?: boolean;
  /** Whether this process has the server count the tables that it fills, where the engine wants that. */
  readonly countsTables?: boolean;
  /**
   * Whether commits are answered before they are on disk: a power cut may lose the last ones, whole and in order, until
   * flushDatabase. Never for what a bank is told; for a demo, which nobody misses.
   */
  readonly isLazy?: boolean;
  /** Whether a checkpoint-thread.ts is beside it, where the engine has a use for one. */
  readonly isCheckpointed?: boolean;
  /** Told what went wrong in the background. */
  readonly warn?: (message: string) => void;
}

/** Opens an existing database of the current schema; throws StoreUnavailable where it is not one. */
export async function openStore(address: DatabaseAddress, options: OpenOptions = {}): Promise<Store> {
  const { pool = POOL_DEFAULT, compacts = true, isLazy = false, warn = () => undefined } = options;
  const { countsTables = true, isCheckpointed = false } = options;
  if (address.engine === 'sqlite') return openSqliteStore(address.file, { isLazy, isCheckpointed });
  return openPostgresStore(address.url, { pool, compacts, countsTables, isLazy, warn });
}

/** Resolves when all that was committed to a database before is on disk. */
export async function flushDatabase(address: DatabaseAddress): Promise<void> {
  if (address.engine === 'sqlite') flushSqlite(address.file);
  else await flushPostgres(address.url);
}

/** Whether there is a database of James's at an address, of whatever version. */
export async function databaseExists(address: DatabaseAddress): Promise<boolean> {
  return address.engine === 'sqlite' ? existsSync(address.file) : isJamesDatabase(address.url);
}

/** Opens the keys of an existing database of the current schema. */
export async function openKeyStore(address: DatabaseAddress): Promise<KeyStore> {
  return address.engine === 'sqlite' ? openSqliteKeys(address.file) : openPostgresKeys(address.url);
}

/** Opens the imports of an existing database of the current schema. */
export async function openImportStore(address: DatabaseAddress): Promise<ImportStore> {
  return address.engine === 'sqlite' ? openSqliteImports(address.file) : openPostgresImports(address.url);
}

/** Backups of a database, and into an empty place. */
export function backupsOf(address: DatabaseAddress): Backups {
  return address.engine === 'sqlite' ? sqliteBackups(address.file) : postgresBackups(address.url);
}

/** Snapshots of a database, to export from. */
export function snapshotsOf(address: DatabaseAddress): Snapshots {
  return address.engine === 'sqlite' ? sqliteSnapshots(address.file) : postgresSnapshots(address.url);
}

/** The auditor of a database. */
export function auditorOf(address: DatabaseAddress): Auditor {
  return address.engine === 'sqlite' ? sqliteAuditor(address.file) : postgresAuditor(address.url);
}
