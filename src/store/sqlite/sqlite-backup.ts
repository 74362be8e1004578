// Backups of a SQLite database: a copy made by SQLite's online backup, in one step under one read lock, while others write
// into the log beside it. A backup is a database file itself.

import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { type BackupSummary, type Backups, NotRestorable } from '../backup.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';
import { requireCurrentSchema } from './sqlite-schema.ts';

/** More pages than any file has: a step that leaves none would begin again whenever another process writes. */
const ALL_PAGES = 0x7fff_fffe;

function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a finished file its name: whoever finds it finds it whole, also after a power cut. */
function publish(part: string, file: string): void {
  flush(part);
  renameSync(part, file);
  flush(dirname(file));
}

function loansIn(connection: Database.Database): number {
  return connection.prepare<[], number>('SELECT count(*) FROM loan').pluck().get() as number;
}

/** A copy belongs to nobody else, so it needs no log beside it. */
function withoutLog(file: string): number {
  const connection = openConnection(file, { create: false });
  try {
    connection.pragma('journal_mode = DELETE');
    return loansIn(connection);
  } finally {
    connection.close();
  }
}

export function sqliteBackups(databaseFile: string): Backups {
  return {
    async backup(file, onProgress): Promise<BackupSummary> {
      requireCurrentSchema(databaseFile);
      const connection = openConnection(databaseFile, { create: false });
      const part = `${file}.part`;
      try {
        onProgress({ done: undefined });
        const takenAt = Date.now();
        await connection.backup(part, { progress: () => ALL_PAGES });
        const loans = withoutLog(part);
        publish(part, file);
        onProgress({ done: 1 });
        return { takenAt, loans };
      } catch (error) {
        rmSync(part, { force: true });
        throw asStoreUnavailable(error, databaseFile);
      } finally {
        connection.close();
      }
    },

    async restore(file, onProgress): Promise<BackupSummary> {
      if (existsSync(databaseFile)) {
        throw new NotRestorable(`${databaseFile} is there already; restore to a place where nothing is`);
      }
      const part = `${databaseFile}.restoring`;
      try {
        copyFileSync(file, part);
        onProgress({ done: 0.5 });
        const loans = checked(part, file);
        publish(part, databaseFile);
        onProgress({ done: 1 });
        return { takenAt: Date.now(), loans };
      } catch (error) {
        for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true });
        throw asStoreUnavailable(error, databaseFile);
      }
    },
  };
}

/** A copy of a backup that is whole, and James's; how many loans it has. */
function checked(part: string, file: string): number {
  let connection: Database.Database;
  try {
    connection = openConnection(part, { create: false });
  } catch (error) {
    if (error instanceof StoreUnavailable)
      throw new NotRestorable(`${file} is no backup of a James database`);
    throw error;
  }
  try {
    const faults = connection.pragma('integrity_check(1)', { simple: true });
    if (faults !== 'ok') throw new NotRestorable(`${file} is damaged: ${faults}`);
    const loans = loansIn(connection);
    connection.pragma('journal_mode = DELETE');
    return loans;
  } finally {
    connection.close();
  }
}
