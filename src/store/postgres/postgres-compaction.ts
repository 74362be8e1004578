// Compaction of the book: moves the changes that writers left pending into the book's rows, a bounded number in a
// transaction. What a row says is then said by another, so no answer changes, for any known-at date: questions sum both,
// in one statement. Killed halfway it has done nothing; where two processes try, one does it.
//
// It goes by rounds, some seconds apart. Pending changes are also the log by which processes keep up with the book
// (postgres-book-line.ts), so a round moves only what was visible as the round before began: whoever has kept up since
// then has seen it.

import type pg from 'pg';
import { BOOK_KEY } from '../book-key.ts';
import { SELECT_SUMS, SUM_COLUMNS } from './book-rows.ts';

/** How many pending changes one transaction takes. */
const CHANGES_MAX = 20_000;

/** How far apart rounds begin, at least, whichever process begins them. */
export const ROUND_MS = 4_000;

/** How often a process looks whether there is something to move: every round where it writes, else seldom. */
const OWN_WAIT_MS = ROUND_MS;
const OTHERS_WAIT_MS = 15_000;

/** Held by the one process that compacts: any number, the same for every James. */
const COMPACTION_LOCK = 0x4a4d4543;

const KEY = BOOK_KEY.join(', ');
const SUMS = SUM_COLUMNS.join(', ');
const ZERO = SUM_COLUMNS.map((column) => `${column} = 0`).join(' AND ');

const TRY_LOCK = 'SELECT pg_try_advisory_xact_lock($1) AS mine';

// $1 how many milliseconds must have passed since the last round began.
const BEGIN_ROUND = `UPDATE book_round
  SET round = round + 1, began_at = clock_timestamp(), movable = seen, seen = pg_current_snapshot()
  WHERE began_at <= clock_timestamp() - $1 * interval '1 millisecond'`;

// A database that was dumped and read into another server has changes of transactions that are yet to come there. Two
// rounds on, so that everyone who keeps up with the book reads it anew.
const ADOPT = `WITH adopted AS (
    UPDATE book_pending SET transaction = pg_current_xact_id()
    WHERE transaction >= pg_snapshot_xmax(pg_current_snapshot()) RETURNING 1)
  UPDATE book_round SET round = round + 2 WHERE EXISTS (SELECT 1 FROM adopted)`;

// $1 how many changes at most. Sums are added to the rows of equal keys; the keys of rows that became zero are told.
const MOVE = `WITH moved AS (
    DELETE FROM book_pending WHERE ctid = ANY (ARRAY(
      SELECT pending.ctid FROM book_pending pending, book_round
      WHERE transaction < pg_snapshot_xmax(movable) AND pg_visible_in_snapshot(transaction, movable) LIMIT $1))
    RETURNING ${KEY}, ${SUMS}),
  added AS (
    INSERT INTO book_change (${KEY}, ${SUMS})
    SELECT ${KEY}, ${SELECT_SUMS} FROM moved GROUP BY ${KEY} ORDER BY ${KEY}
    ON CONFLICT (${KEY}) DO UPDATE
      SET ${SUM_COLUMNS.map((column) => `${column} = book_change.${column} + excluded.${column}`).join(', ')}
    RETURNING ${KEY}, ${ZERO} AS zero)
  SELECT (SELECT count(*)::integer FROM moved) AS moved,
    (SELECT json_agg(json_build_array(${KEY})) FROM added WHERE zero) AS zeroes`;

interface Moved {
  readonly moved: number;
  readonly zeroes: unknown;
}

// $1 keys as JSON; only rows that are still zero go.
const DROP_ZEROES = `DELETE FROM book_change WHERE (${KEY}) IN (
    SELECT ${BOOK_KEY.map((column, index) => (column === 'cause' ? `key ->> ${index}` : `(key ->> ${index})::integer`)).join(', ')}
    FROM json_array_elements($1::json) AS keys (key)) AND ${ZERO}`;

export interface CompactionParts {
  readonly pool: pg.Pool;
  /** Told what went wrong; the next round tries again. */
  readonly onFailure: (error: unknown) => void;
  /** How far apart rounds begin, in milliseconds. */
  readonly roundMs?: number;
}

/** Compacts in the background from `start` to `stop`. */
export class PostgresCompaction {
  readonly #pool: pg.Pool;
  readonly #onFailure: (error: unknown) => void;
  readonly #roundMs: number;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #stopped = true;

  constructor({ pool, onFailure, roundMs = ROUND_MS }: CompactionParts) {
    this.#pool = pool;
    this.#onFailure = onFailure;
    this.#roundMs = roundMs;
  }

  start(): void {
    this.#stopped = false;
    this.#schedule(OWN_WAIT_MS);
  }

  /** Told that this process left changes pending. */
  wrote(changes: number): void {
    if (changes > 0 && !this.#stopped) this.#schedule(OWN_WAIT_MS);
  }

  /** Compacts no more; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /**
   * One round: moves all that was pending as the round before began. Resolves to how many changes it moved, and whether
   * any are left; where another process is at it, or it is too early for a round, it moves nothing.
   */
  async run(): Promise<{ moved: number; left: boolean }> {
    await this.#locked(async (client) => {
      await client.query(ADOPT);
      await client.query(BEGIN_ROUND, [this.#roundMs]);
    });
    let moved = 0;
    for (let step = CHANGES_MAX; step >= CHANGES_MAX && !this.#closed(); ) {
      step = (await this.#locked((client) => this.#move(client))) ?? 0;
      moved += step;
    }
    // Dead rows are what every question would wade through; the server's own vacuum comes once a minute.
    if (moved > 0) await this.#pool.query('VACUUM (SKIP_LOCKED) book_pending');
    const { rows } = await this.#pool.query('SELECT 1 FROM book_pending LIMIT 1');
    return { moved, left: rows.length > 0 };
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
    this.#due = Number.POSITIVE_INFINITY;
    let isMore = true;
    this.#running = this.run()
      .then(({ left }) => {
        isMore = left;
      })
      .catch((error) => this.#onFailure(error))
      .finally(() => {
        this.#running = undefined;
        if (!this.#stopped) this.#schedule(isMore ? OWN_WAIT_MS : OTHERS_WAIT_MS);
      });
  }

  async #move(client: pg.PoolClient): Promise<number> {
    const { rows } = await client.query<Moved>({ name: 'compact', text: MOVE, values: [CHANGES_MAX] });
    const [{ moved, zeroes }] = rows as [Moved];
    if (zeroes !== null) await client.query(DROP_ZEROES, [JSON.stringify(zeroes)]);
    return moved;
  }

  /** One transaction of the one process that compacts; undefined where that is another. */
  async #locked<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result | undefined> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      const { rows } = await client.query<{ mine: boolean }>(TRY_LOCK, [COMPACTION_LOCK]);
      const result = rows[0]?.mine === true ? await work(client) : undefined;
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}
