// A process that takes a database's write lock, changes something, holds the lock for a while and commits.

import Database from 'better-sqlite3';

export interface LockRequest {
  readonly file: string;
  readonly holdMs: number;
}

process.once('message', ({ file, holdMs }: LockRequest) => {
  const database = new Database(file);
  database.exec(`BEGIN IMMEDIATE; UPDATE loan SET recorded_by = 'the other process'`);
  setTimeout(() => {
    database.exec('COMMIT');
    database.close();
    process.disconnect?.();
  }, holdMs);
  process.send?.('locked');
});
process.send?.('ready');
