// Runs write transactions to their end: again where another writer was in the way, and to the truth where the
// connection broke during the commit. What cannot be done is reported as failed, with nothing of it left.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Decided, WriteNeeds, WriteState } from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { asStoreUnavailable, isConnectionLoss, isRace } from './postgres-faults.ts';
import { PostgresTransaction } from './postgres-write.ts';

/** How often a batch is tried that other writers get in the way of. */
const RACES_MAX = 8;
/** How often a batch is tried whose connection breaks before the commit. */
const LOSSES_MAX = 2;
const PAUSE_MS = 20;

/** How long the fate of a commit is asked for. */
const FATE_LIMIT_MS = 10_000;
const FATE_PAUSE_MS = 100;

/** What the server says of a transaction that is further on than any it has begun: it lost that one in a crash. */
const NO_SUCH_TRANSACTION = '22023';

interface Written<Result> {
  readonly result: Result;
  /** Changes of the book that wait for compaction by it. */
  readonly changes: number;
}

export class PostgresWriter {
  readonly #pool: pg.Pool;
  readonly #where: string;

  constructor(pool: pg.Pool, where: string) {
    this.#pool = pool;
    this.#where = where;
  }

  /** Runs one batch; resolves after its commit. */
  async write<Result>(
    needs: WriteNeeds,
    decide: (state: WriteState) => Decided<Result>,
  ): Promise<Written<Result>> {
    let races = 0;
    let losses = 0;
    for (;;) {
      try {
        return await this.#once(needs, decide);
      } catch (error) {
        const again = isRace(error) ? ++races < RACES_MAX : isConnectionLoss(error) && ++losses < LOSSES_MAX;
        if (!again) throw raceAsFault(asStoreUnavailable(error, this.#where), this.#where);
        await sleep(Math.random() * PAUSE_MS * (races + losses));
      }
    }
  }

  async #once<Result>(
    needs: WriteNeeds,
    decide: (state: WriteState) => Decided<Result>,
  ): Promise<Written<Result>> {
    const client = await this.#pool.connect();
    const transaction = new PostgresTransaction(client, needs);
    let written: Written<Result> | undefined;
    const remember: typeof decide = (state) => {
      const decided = decide(state);
      written = { result: decided.result, changes: decided.writes.changes.length };
      return decided;
    };
    try {
      const done = await transaction.run(remember);
      client.release();
      return done;
    } catch (error) {
      if (!isConnectionLoss(error)) {
        await giveBack(client);
        throw error;
      }
      client.release(true);
      const { committing, transaction: name } = transaction;
      if (committing && name !== undefined && written !== undefined && (await this.#isCommitted(name))) {
        return written;
      }
      throw error;
    }
  }

  /** What became of a transaction whose commit nobody answered. Throws where the server can't be asked in time. */
  async #isCommitted(transaction: string): Promise<boolean> {
    const until = performance.now() + FATE_LIMIT_MS;
    for (;;) {
      let cause: unknown;
      try {
        const { rows } = await this.#pool.query<{ status: string | null }>(
          'SELECT pg_xact_status($1::xid8) AS status',
          [transaction],
        );
        const status = rows[0]?.status;
        if (status === 'committed') return true;
        if (status === 'aborted' || status === null) return false;
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.code === NO_SUCH_TRANSACTION) return false;
        cause = error;
      }
      if (performance.now() > until) {
        throw new StoreUnavailable(
          'unreachable',
          `${this.#where}: the connection broke during a commit; whether it was recorded is not known`,
          cause,
        );
      }
      await sleep(FATE_PAUSE_MS);
    }
  }
}

/** Ends the transaction and returns the connection to the pool, or closes it where that fails. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

/** A race that was lost again and again is a busy database, also where a unique row is what they raced for. */
function raceAsFault(error: unknown, where: string): unknown {
  if (error instanceof StoreUnavailable || !isRace(error)) return error;
  return new StoreUnavailable('busy', `${where}: other writers were in the way again and again`, error);
}
