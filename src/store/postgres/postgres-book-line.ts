// How a process keeps up with the book on PostgreSQL: it asks for the pending changes that were not visible in the
// snapshot of its last question. A mark is that snapshot, and the round of compaction of its time: rounds move only what
// had been visible a round before, so whoever has missed no more than one round has missed no change.
//
// Numbers of transactions name the same ones only as long as the server has not crashed: it may give the number of a
// transaction that it lost to another one. A crash ends every connection, so a line is one connection, never replaced.

import type pg from 'pg';
import { BookPoints } from '../book-points.ts';
import type { BookLine, BookMark, MarkedPoints } from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { BOOK_TABLES } from './book-rows.ts';
import { endLine } from './postgres-connection.ts';

/** Rows of the whole book that come in one go. */
const ROWS_AT_ONCE = 10_000;

// Sums are numeric; as doubles they are exact in two parts.
const PARTS = ['value', 'principal'].flatMap((name) => [
  `div(${name}, 1000000000)::float8`,
  `mod(${name}, 1000000000)::float8`,
]);
const POINT_COLUMNS = `recorded_on, effective_on, due_on, ${PARTS.join(', ')}, volume::float8`;

const MARK = `SELECT round, pg_current_snapshot()::text AS seen FROM book_round`;

// $1 the snapshot. One row at least, and of one snapshot with it: the mark comes with the first.
const NEWS = `SELECT round, pg_current_snapshot()::text, ${POINT_COLUMNS}
  FROM book_round LEFT JOIN book_pending
    ON transaction >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(transaction, $1::pg_snapshot)
    AND transaction < pg_snapshot_xmax(pg_current_snapshot())`;

function markOf(round: number, seen: string): BookMark {
  return `${round} ${seen}`;
}

export class PostgresBookLine implements BookLine {
  readonly #client: pg.Client;
  readonly #asFault: (error: unknown) => unknown;
  #isBroken = false;

  /** A line on a connection of its own, which it ends. Refused by a standby, whose snapshots don't name what is under way. */
  static async on(client: pg.Client, asFault: (error: unknown) => unknown): Promise<PostgresBookLine> {
    const line = new PostgresBookLine(client, asFault);
    try {
      const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
      if (rows[0]?.standby !== false) throw new StoreUnavailable('read-only', 'the server is a standby');
      return line;
    } catch (error) {
      await line.close();
      throw error;
    }
  }

  private constructor(client: pg.Client, asFault: (error: unknown) => unknown) {
    this.#client = client;
    this.#asFault = asFault;
    client.on('error', () => {
      this.#isBroken = true;
    });
  }

  async news(since: BookMark): Promise<MarkedPoints | undefined> {
    const [round, seen] = since.split(' ') as [string, string];
    try {
      if (this.#isBroken) throw new Error('Connection terminated');
      const { rows } = await this.#client.query<[number, string, ...(number | null)[]]>({
        name: 'news of the book',
        text: NEWS,
        values: [seen],
        rowMode: 'array',
      } as never);
      const [roundNow, seenNow] = rows[0] as [number, string];
      if (roundNow > Number(round) + 1) return undefined;
      const points = new BookPoints();
      for (const [, , ...numbers] of rows) if (numbers[0] !== null) points.add(numbers as number[]);
      return { points: points.array(), mark: markOf(roundNow, seenNow) };
    } catch (error) {
      throw this.#asFault(error);
    }
  }

  async close(): Promise<void> {
    await endLine(this.#client);
  }
}

/** All points of the book, in one snapshot; undefined where there are more than `pointsMax`. */
export async function wholeBook(client: pg.PoolClient, pointsMax: number): Promise<MarkedPoints | undefined> {
  const { rows } = await client.query<{ round: number; seen: string }>(MARK);
  const [{ round, seen }] = rows as [{ round: number; seen: string }];
  const all = BOOK_TABLES.map((table) => `SELECT ${POINT_COLUMNS} FROM ${table}`).join(' UNION ALL ');
  await client.query(`DECLARE book NO SCROLL CURSOR FOR ${all}`);
  const points = new BookPoints();
  for (;;) {
    const { rows: some } = await client.query<number[]>({
      text: `FETCH ${ROWS_AT_ONCE} FROM book`,
      rowMode: 'array',
    } as never);
    for (const numbers of some) points.add(numbers);
    if (points.count > pointsMax) return undefined;
    if (some.length < ROWS_AT_ONCE) break;
  }
  return { points: points.array(), mark: markOf(round, seen) };
}
