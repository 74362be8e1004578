// Moves an import on within a write: its lane's position and counts, the rows that were rejected, the chunks that are
// done with.

import type Database from 'better-sqlite3';
import { ImportMoved, type ImportPlace, type ImportStep } from '../import-store.ts';

export class SqliteImportStep {
  readonly #position;
  readonly #move;
  readonly #reject;
  readonly #drop;

  constructor(connection: Database.Database) {
    this.#position = connection
      .prepare<[string, number], number>(
        `SELECT position FROM import_lane JOIN import ON id = import_id
         WHERE import_id = ? AND lane = ? AND state = 'running'`,
      )
      .pluck();
    this.#move = connection.prepare(
      `UPDATE import_lane SET position = ?, accepted = accepted + ?, already_there = already_there + ?,
         rejected = rejected + ?, rejects_kept = rejects_kept + ? WHERE import_id = ? AND lane = ?`,
    );
    this.#reject = connection.prepare('INSERT INTO import_reject VALUES (?, ?, ?, ?, ?)');
    this.#drop = connection.prepare(
      'DELETE FROM import_chunk WHERE import_id = ? AND lane = ? AND first_row + rows <= ?',
    );
  }

  /** Throws ImportMoved unless the import runs and stands where the write takes it to stand. */
  require({ importId, lane, from }: ImportPlace): void {
    if (this.#position.get(importId, lane) !== from) throw new ImportMoved();
  }

  write(step: ImportStep): void {
    const { importId, lane, to, accepted, alreadyThere, rejected, rejects, drops } = step;
    this.#move.run(to, accepted, alreadyThere, rejected, rejects.length, importId, lane);
    for (const { line, field, reason, record } of rejects) {
      this.#reject.run(importId, line, field, reason, record);
    }
    if (drops) this.#drop.run(importId, lane, to);
  }
}
