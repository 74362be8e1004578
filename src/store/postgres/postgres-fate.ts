// What became of a write whose commit nobody answered: the server is asked, first whether the transaction is over, then
// whether its records are there. Never by the transaction's number alone: a server that crashed before the commit was on
// disk gives the number to another transaction, and would call that one committed.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { WriteNeeds, Writes } from '../store.ts';
import { StoreUnavailable } from '../store-errors.ts';

/** How long it is asked for. */
const LIMIT_MS = 10_000;
const PAUSE_MS = 100;
/** How long one connection may take to answer: it may be as broken as the one that was lost. */
const ANSWER_TIMEOUT_MS = 2_500;

/** What the server says of a transaction that is further on than any it has begun: it lost that one in a crash. */
const NO_SUCH_TRANSACTION = '22023';

export interface LostCommit {
  /** By which the server knows the transaction. */
  readonly transaction: string;
  readonly needs: WriteNeeds;
  readonly writes: Writes;
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A statement that finds a row where the writes are recorded: all are, or none, so one of them tells. */
function traceOf({ needs: { lane, keyLane }, writes }: LostCommit): Statement {
  const { loans, payments, reversals, answers, bookDay, importStep } = writes;
  const [loan] = loans;
  if (loan !== undefined) {
    return { text: 'SELECT 1 FROM loan WHERE lane = $1 AND id = $2', values: [lane, loan.id] };
  }
  const [payment] = payments;
  if (payment !== undefined) {
    return { text: 'SELECT 1 FROM payment WHERE lane = $1 AND id = $2', values: [lane, payment.id] };
  }
  const [reversal] = reversals;
  if (reversal !== undefined) {
    return { text: 'SELECT 1 FROM reversal WHERE lane = $1 AND id = $2', values: [lane, reversal.id] };
  }
  const [answer] = answers;
  if (answer !== undefined) {
    const { owner, key, outcome, requestId, recordedAt } = answer;
    return {
      text: `SELECT 1 FROM kept_answer WHERE lane = $1 AND owner = $2 AND key = $3
        AND outcome = $4 AND request_id = $5 AND recorded_at = $6`,
      values: [keyLane, owner, key, outcome, requestId, recordedAt],
    };
  }
  if (importStep !== undefined) {
    const { importId, lane: importLane, to } = importStep;
    return {
      text: 'SELECT 1 FROM import_lane WHERE import_id = $1 AND lane = $2 AND position >= $3',
      values: [importId, importLane, to],
    };
  }
  return { text: 'SELECT 1 FROM bank WHERE book_day >= $1', values: [bookDay] };
}

/** One statement on whatever connection there is. */
async function ask<Row extends pg.QueryResultRow>(pool: pg.Pool, statement: Statement): Promise<Row[]> {
  const bounded = { ...statement, values: [...statement.values], query_timeout: ANSWER_TIMEOUT_MS };
  return (await pool.query<Row>(bounded)).rows;
}

async function isOver(pool: pg.Pool, transaction: string): Promise<boolean> {
  try {
    const [row] = await ask<{ status: string | null }>(pool, {
      text: 'SELECT pg_xact_status($1::xid8) AS status',
      values: [transaction],
    });
    return row?.status !== 'in progress';
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NO_SUCH_TRANSACTION) return true;
    throw error;
  }
}

/** Whether a write was committed. Throws where the server can't be asked in time. */
export async function isCommitted(pool: pg.Pool, lost: LostCommit, where: string): Promise<boolean> {
  const until = performance.now() + LIMIT_MS;
  for (;;) {
    let cause: unknown;
    try {
      // Two statements: the second one sees whatever was committed when the first one called it over.
      if (await isOver(pool, lost.transaction)) return (await ask(pool, traceOf(lost))).length > 0;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > until) {
      throw new StoreUnavailable(
        'unreachable',
        `${where}: the connection broke during a commit; whether it was recorded is not known`,
        cause,
      );
    }
    await sleep(PAUSE_MS);
  }
}
