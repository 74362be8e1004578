// Several statements that see the same: a read-only transaction on one snapshot.

import type pg from 'pg';

/** Runs a question in a read-only transaction. */
export async function inSnapshot<Answer>(
  pool: pg.Pool,
  question: (client: pg.PoolClient) => Promise<Answer>,
): Promise<Answer> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const answer = await question(client);
    await client.query('COMMIT');
    client.release();
    return answer;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
