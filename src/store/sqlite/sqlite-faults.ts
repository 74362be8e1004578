// What SQLite's error codes mean for James: one place where a broken machine is told from a programmer's error.

import Database from 'better-sqlite3';
import { type StoreFault, StoreUnavailable } from '../store-errors.ts';

const FAULTS: readonly (readonly [codePrefix: string, fault: StoreFault, text: string])[] = [
  ['SQLITE_FULL', 'full', 'the disk is full'],
  ['SQLITE_IOERR_SHMSIZE', 'full', 'the disk is full'],
  ['SQLITE_READONLY', 'read-only', 'the database is read-only'],
  ['SQLITE_PERM', 'read-only', 'access to the database is denied'],
  ['SQLITE_BUSY', 'busy', 'the database has been locked by another process for too long'],
  ['SQLITE_LOCKED', 'busy', 'the database has been locked for too long'],
  ['SQLITE_NOTADB', 'not-a-james-database', 'the file is not a database'],
  ['SQLITE_CORRUPT', 'damaged', 'the database file is damaged'],
  ['SQLITE_CANTOPEN', 'unreachable', 'the database file cannot be opened'],
  ['SQLITE_IOERR', 'unreachable', 'reading or writing the database file failed'],
  ['SQLITE_PROTOCOL', 'busy', 'the database could not be locked'],
];

/** The fault behind an error of SQLite or of the file system; the error itself where it is a programmer's. */
export function asStoreUnavailable(error: unknown, file: string): unknown {
  if (error instanceof Database.SqliteError) {
    const found = FAULTS.find(([prefix]) => error.code.startsWith(prefix));
    if (found !== undefined) {
      return new StoreUnavailable(found[1], `${file}: ${found[2]} (${error.code})`, error);
    }
  }
  if (error instanceof TypeError && error.message.startsWith('Cannot open database')) {
    return new StoreUnavailable('unreachable', `${file}: ${error.message}`, error);
  }
  if (error instanceof Error && 'syscall' in error) {
    return new StoreUnavailable(
      'unreachable',
      `${file}: the database file cannot be read: ${error.message}`,
      error,
    );
  }
  return error;
}
