// Copies the write-ahead log into the file while others write. A commit that did it would keep everybody waiting, for as long
// as the disk takes for thousands of pages; from a connection of its own it holds up nobody.

import type Database from 'better-sqlite3';
import { fileIdentity, openConnection } from './sqlite-connection.ts';

/** Pages that wait, at which it begins: what changed many times since the last time is written once (32 MiB). */
const PAGES_MIN = 8_192;
/** What came meanwhile is copied too: once all is, the log begins anew. */
const PASSES_MAX = 4;

interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

export class SqliteCheckpoints {
  readonly #file: string;
  readonly #pagesMin: number;
  #connection: Database.Database | undefined;
  #identity = '';

  constructor(file: string, pagesMin = PAGES_MIN) {
    this.#file = file;
    this.#pagesMin = pagesMin;
  }

  /** Copies what waits, if it is worth it; how many pages were copied. Throws where the file can't be opened or written. */
  run(): number {
    try {
      const connection = this.#open();
      let waiting = waitingAfter(connection, 'NOOP');
      if (waiting < this.#pagesMin) return 0;
      let copied = 0;
      for (let pass = 0; pass < PASSES_MAX && waiting > 0; pass++) {
        copied += waiting;
        waitingAfter(connection, 'PASSIVE');
        waiting = waitingAfter(connection, 'NOOP');
      }
      return copied;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** Where the file was replaced, its successor is opened. */
  #open(): Database.Database {
    const identity = fileIdentity(this.#file);
    if (identity !== this.#identity) this.close();
    this.#identity = identity;
    this.#connection ??= openConnection(this.#file, { create: false });
    return this.#connection;
  }
}

/** Pages of the log that are not in the file, after a checkpoint or none. */
function waitingAfter(connection: Database.Database, mode: 'NOOP' | 'PASSIVE'): number {
  const [{ log, checkpointed }] = connection.pragma(`wal_checkpoint(${mode})`) as [LogState];
  return log - checkpointed;
}
