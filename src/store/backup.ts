// What `james backup` and `james restore` ask of an engine: all of a database, as it was at one moment, in one file, and
// the same back in an empty place.

export interface BackupProgress {
  /** From 0 to 1; undefined where nobody knows. */
  readonly done: number | undefined;
}

export interface BackupSummary {
  /** The moment whose state the file holds, in milliseconds since 1970. */
  readonly takenAt: number;
  readonly loans: number;
}

export interface Backups {
  /** Writes a file that is not there yet; nobody who reads or writes the database waits for it. */
  backup(file: string, onProgress: (progress: BackupProgress) => void): Promise<BackupSummary>;

  /**
   * Fills an empty place from a file, all of it or nothing; refuses one that holds something. The database is of the
   * schema of the backup then, and may have to be migrated.
   */
  restore(file: string, onProgress: (progress: BackupProgress) => void): Promise<BackupSummary>;
}

/** The file is no backup of this kind, or the place is taken; said to who asked. */
export class NotRestorable extends Error {
  override readonly name = 'NotRestorable';
}
