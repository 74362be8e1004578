// Compaction of the book: moves the changes that writers left pending in their lanes into the book's tables, a bounded
// number in a transaction. What a row says is then said by another, so no answer changes, for any known-at date:
// questions sum both, in one statement. Killed halfway it has done nothing; where two processes try, one does it.

import type pg from 'pg';
import { GRAINS, type Grain } from '../book-grains.ts';
import { SELECT_SUMS, SUM_COLUMNS } from './book-rows.ts';

/** How many pending changes one transaction takes. */
const CHANGES_MAX = 20_000;

/** Pending changes written by this process that are worth compacting at once. */
const CHANGES_WORTH = 2_000;

/** How long changes of this process wait at most, and how often it looks for what others left. */
const OWN_WAIT_MS = 1_000;
const OTHERS_WAIT_MS = 15_000;

/** Held by the one process that compacts: any number, the same for every James. */
const COMPACTION_LOCK = 0x4a4d4543;

const ZERO = SUM_COLUMNS.map((column) => `${column} = 0`).join(' AND ');

/** SQL: the moved changes summed by a grain's key and added to its rows; tells the keys of rows that became zero. */
function addTo({ table, key }: Grain): string {
  const keys = key.join(', ');
  const additions = SUM_COLUMNS.map((column) => `${column} = ${table}.${column} + excluded.${column}`);
  return `added_to_${table} AS (
    INSERT INTO ${table} (${keys}, ${SUM_COLUMNS.join(', ')})
    SELECT ${keys}, ${SELECT_SUMS} FROM moved GROUP BY ${keys} ORDER BY ${keys}
    ON CONFLICT (${keys}) DO UPDATE SET ${additions.join(', ')}
    RETURNING ${keys}, ${ZERO} AS zero)`;
}

/** SQL: the keys of a grain's rows that became zero, as JSON. */
function zeroesOf({ table, key }: Grain): string {
  return `(SELECT json_agg(json_build_array(${key.join(', ')})) FROM added_to_${table} WHERE zero) AS ${table}`;
}

// $1 how many changes at most.
const MOVE = `WITH moved AS (
    DELETE FROM book_pending WHERE ctid = ANY (ARRAY(SELECT ctid FROM book_pending LIMIT $1))
    RETURNING recorded_on, effective_on, effective_month, due_on, cause, ${SUM_COLUMNS.join(', ')}),
  ${GRAINS.map(addTo).join(',\n  ')}
  SELECT (SELECT count(*)::integer FROM moved) AS moved, ${GRAINS.map(zeroesOf).join(', ')}`;

type Moved = { readonly moved: number } & Readonly<Record<string, unknown>>;

/** SQL: deletes rows of a grain by their keys ($1, JSON), where they are still zero. */
function dropZeroes({ table, key }: Grain): string {
  const values = key.map((column, index) =>
    column === 'cause' ? `key ->> ${index}` : `(key ->> ${index})::integer`,
  );
  return `DELETE FROM ${table} WHERE (${key.join(', ')}) IN (
    SELECT ${values.join(', ')} FROM json_array_elements($1::json) AS keys (key)) AND ${ZERO}`;
}

export interface CompactionParts {
  readonly pool: pg.Pool;
  /** Told what went wrong; the next round tries again. */
  readonly onFailure: (error: unknown) => void;
}

/** Compacts in the background from `start` to `stop`. */
export class PostgresCompaction {
  readonly #pool: pg.Pool;
  readonly #onFailure: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;
  #own = 0;
  #running: Promise<void> | undefined;
  #stopped = true;

  constructor({ pool, onFailure }: CompactionParts) {
    this.#pool = pool;
    this.#onFailure = onFailure;
  }

  start(): void {
    this.#stopped = false;
    this.#schedule(OWN_WAIT_MS);
  }

  /** Counts what this process left pending, and compacts when that is much. */
  wrote(changes: number): void {
    if (changes === 0 || this.#stopped) return;
    this.#own += changes;
    this.#schedule(this.#own >= CHANGES_WORTH ? 0 : OWN_WAIT_MS);
  }

  /** Compacts no more; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Moves everything that is pending; resolves when nothing was left, or another process is at it. */
  async run(): Promise<void> {
    for (let moved = CHANGES_MAX; moved >= CHANGES_MAX && !this.#closed(); ) moved = await this.#step();
  }

  #closed(): boolean {
    return this.#stopped && this.#running !== undefined;
  }

  #schedule(wait: number): void {
    const due = performance.now() + wait;
    if (this.#running !== undefined || due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#round(), wait);
    // Nobody waits for a compaction: a process may end before it.
    this.#timer.unref();
  }

  #round(): void {
    this.#own = 0;
    this.#due = Number.POSITIVE_INFINITY;
    this.#running = this.run()
      .catch((error) => this.#onFailure(error))
      .finally(() => {
        this.#running = undefined;
        if (!this.#stopped) this.#schedule(this.#own > 0 ? OWN_WAIT_MS : OTHERS_WAIT_MS);
      });
  }

  /** One transaction; tells how many changes it moved. */
  async #step(): Promise<number> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      const lock = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
        COMPACTION_LOCK,
      ]);
      let moved = 0;
      if (lock.rows[0]?.mine) {
        const { rows } = await client.query<Moved>({ name: 'compact', text: MOVE, values: [CHANGES_MAX] });
        const [row] = rows as [Moved];
        moved = row.moved;
        for (const grain of GRAINS) {
          const keys = row[grain.table];
          if (keys !== null) await client.query(dropZeroes(grain), [JSON.stringify(keys)]);
        }
      }
      await client.query('COMMIT');
      // Dead rows are what every question would wade through; the server's own vacuum comes once a minute.
      if (moved > 0) await client.query('VACUUM (SKIP_LOCKED) book_pending');
      client.release();
      return moved;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}
