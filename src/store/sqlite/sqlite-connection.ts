// Opens a database file the way James needs it: durable at every commit, constraints on, readers never blocked.

import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailable } from '../store-errors.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';

/** Marks a file as a James database (PRAGMA application_id): "JMES". */
export const APPLICATION_ID = 0x4a4d4553;

/** How long a writer waits for another process's transaction before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;
const CACHE_KIB = 64 * 1024;

export interface ConnectionOptions {
  /** Whether a file that isn't there is made. */
  readonly create: boolean;
}

/** An open connection; throws StoreUnavailable where the file can't be opened or isn't James's. */
export function openConnection(file: string, options: ConnectionOptions): Database.Database {
  if (!options.create && !existsSync(file)) {
    throw new StoreUnavailable(
      'unreachable',
      `${file}: there is no such database; make it with: james init-db`,
    );
  }
  let connection: Database.Database | undefined;
  try {
    connection = new Database(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist: !options.create });
    refuseForeignFile(connection, file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    connection.pragma('temp_store = MEMORY');
    return connection;
  } catch (error) {
    connection?.close();
    throw asStoreUnavailable(error, file);
  }
}

/** A SQLite file that holds something else than James is never written to. */
function refuseForeignFile(connection: Database.Database, file: string): void {
  const applicationId = connection.pragma('application_id', { simple: true });
  if (applicationId === APPLICATION_ID) return;
  const tables = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (applicationId === 0 && tables === 0) return;
  throw new StoreUnavailable('not-a-james-database', `${file}: this SQLite file is not a James database`);
}

/** The file's identity, by which a connection notices that its file was taken away under it. */
export function fileIdentity(file: string): string {
  const { dev, ino } = statSync(file);
  return `${dev}:${ino}`;
}
