// Opens a database file the way James needs it: durable at every commit, constraints on, readers never blocked.

import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailable } from '../store-errors.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';

/** Marks a file as a James database (PRAGMA application_id): "JMES". */
export const APPLICATION_ID = 0x4a4d4553;

/** With which every SQLite file begins. */
const HEADER = Buffer.from('SQLite format 3\0');

/** How long a writer waits for another process's transaction before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;
const BUSY_RETRY_MS = 20;
const CACHE_KIB = 64 * 1024;
/** A checkpoint writes every changed page once, however often it changed: the rarer, the cheaper (64 MiB of log). */
const CHECKPOINT_PAGES = 16_384;

export interface ConnectionOptions {
  /** Whether a file that isn't there is made. */
  readonly create: boolean;
}

/** An open connection; throws StoreUnavailable where the file can't be opened or isn't James's. */
export function openConnection(file: string, options: ConnectionOptions): Database.Database {
  if (!options.create && !existsSync(file)) {
    throw new StoreUnavailable(
      'unreachable',
      `${file}: there is no such database file (james init-db makes a new one)`,
    );
  }
  let connection: Database.Database | undefined;
  try {
    if (existsSync(file)) refuseOtherFormats(file);
    connection = new Database(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist: !options.create });
    refuseForeignFile(connection, file);
    useWriteAheadLog(connection);
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    connection.pragma('temp_store = MEMORY');
    connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return connection;
  } catch (error) {
    connection?.close();
    throw asStoreUnavailable(error, file);
  }
}

/** A file that holds something else than James is never written to; an empty one may become James's. */
function refuseForeignFile(connection: Database.Database, file: string): void {
  const read = connection.transaction(() => ({
    applicationId: connection.pragma('application_id', { simple: true }),
    tables: connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get(),
  }));
  const { applicationId, tables } = read();
  if (applicationId === APPLICATION_ID) return;
  if (applicationId === 0 && tables === 0) return;
  throw new StoreUnavailable('not-a-james-database', `${file}: this SQLite file is not a James database`);
}

/** SQLite takes a file of a few bytes for an empty database and would write over it. */
function refuseOtherFormats(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(HEADER.length);
    const length = readSync(descriptor, start, 0, start.length, 0);
    if (length === 0 || start.equals(HEADER)) return;
    throw new StoreUnavailable('not-a-james-database', `${file}: the file is not a database`);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Turns the write-ahead log on. SQLite refuses that at once while another process has the file open in the other mode,
 * without the wait that it grants elsewhere; so the wait is here.
 */
function useWriteAheadLog(connection: Database.Database): void {
  const until = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      connection.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_RETRY_MS);
    }
  }
}

/** The file's identity, by which a connection notices that its file was taken away under it. */
export function fileIdentity(file: string): string {
  const { dev, ino } = statSync(file);
  return `${dev}:${ino}`;
}
