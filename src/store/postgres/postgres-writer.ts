// Runs write transactions to their end: again where another writer was in the way, and to the truth where the
// connection broke during the commit. What cannot be done is reported as failed, with nothing of it left.

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Decided, WriteNeeds, WriteState } from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { closeIdle } from './postgres-connection.ts';
import { isCommitted } from './postgres-fate.ts';
import { asStoreUnavailable, isConnectionLoss, isRace, isSilence } from './postgres-faults.ts';
import { PostgresTransaction, recordsIn } from './postgres-write.ts';

/** How often a batch is tried that other writers get in the way of. */
const RACES_MAX = 8;
/** How often a batch is tried whose connection breaks before the commit. */
const LOSSES_MAX = 2;
const PAUSE_MS = 20;

interface Written<Result> {
  readonly result: Result;
  /** Changes of the book that wait for compaction by it. */
  readonly changes: number;
  /** Loans and payments that it added. */
  readonly records: number;
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
        const isLost = isConnectionLoss(error) && !isSilence(error);
        const again = isRace(error) ? ++races < RACES_MAX : isLost && ++losses < LOSSES_MAX;
        if (!again) throw raceAsFault(asStoreUnavailable(error, this.#where), this.#where);
        if (isLost) await closeIdle(this.#pool);
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
    let decided: Decided<Result> | undefined;
    const remember: typeof decide = (state) => {
      decided = decide(state);
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
      if (committing && name !== undefined && decided !== undefined) {
        const { writes, result } = decided;
        const isRecorded = await isCommitted(this.#pool, { transaction: name, needs, writes }, this.#where);
        if (isRecorded) return { result, changes: writes.changes.length, records: recordsIn(writes) };
      }
      throw error;
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
