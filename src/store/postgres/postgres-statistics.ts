// What the server knows of its tables' sizes. It counts them once a minute at most and plans by its last count; within that
// minute a young bank grows from nothing to a hundred thousand loans, and a plan for empty tables reads all of a lane for
// one loan. So whoever writes has them counted whenever they may have grown some times over.

import type pg from 'pg';

const TABLES = 'loan, payment';
/** After so many records the first time, and then after so many times more. */
const FIRST_RECORDS = 256;
const GROWTH = 4;
/** From then on the server's own pace does. */
const RECORDS_MAX = 1_000_000;

/** Whether the server's last count is far behind what this process alone has written. */
const IS_BEHIND = `SELECT bool_or(reltuples < $1) AS behind FROM pg_class WHERE oid IN ('loan'::regclass, 'payment'::regclass)`;

export interface StatisticsParts {
  readonly pool: pg.Pool;
  /** Told what went wrong; the next time it is tried again. */
  readonly onFailure: (error: unknown) => void;
}

export class PostgresStatistics {
  readonly #pool: pg.Pool;
  readonly #onFailure: (error: unknown) => void;
  #records = 0;
  #due = FIRST_RECORDS;
  #running: Promise<void> | undefined;

  constructor({ pool, onFailure }: StatisticsParts) {
    this.#pool = pool;
    this.#onFailure = onFailure;
  }

  /** Told that this process added so many loans and payments; counts in the background where that is due. */
  wrote(records: number): void {
    this.#records += records;
    if (this.#records < this.#due || this.#running !== undefined || this.#due > RECORDS_MAX) return;
    this.#due = this.#records * GROWTH;
    this.#running = this.#count(this.#records / GROWTH)
      .catch(this.#onFailure)
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#due = Number.POSITIVE_INFINITY;
    await this.#running;
  }

  async #count(rows: number): Promise<void> {
    const [known] = (await this.#pool.query<{ behind: boolean }>(IS_BEHIND, [rows])).rows;
    // Where the tables are another's, the server says so in a notice, and leaves them.
    if (known?.behind) await this.#pool.query(`ANALYZE (SKIP_LOCKED) ${TABLES}`);
  }
}
