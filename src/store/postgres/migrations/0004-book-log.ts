// The book in two tables: its rows, and book_pending, which is also the log by which a process keeps its copy of the book
// up to date (docs/decisions/0020-book-mirror.md): each change with the transaction that added it. It waits there for at
// least one round of compaction. The coarser sums by day and month go: such a copy answers faster.

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  ...['book_day_by_due', 'book_month_by_due', 'book_day', 'book_month'].map((table) => `DROP TABLE ${table}`),

  'ALTER TABLE book_pending DROP CONSTRAINT book_pending_pkey',
  `ALTER TABLE book_pending DROP COLUMN effective_month,
     ADD COLUMN transaction xid8 NOT NULL DEFAULT pg_current_xact_id()`,
  'ALTER TABLE book_pending ADD PRIMARY KEY (transaction, no)',

  // Compaction goes by rounds. In each it moves what every reader of the book has seen that has kept up since the round
  // before: what is visible in the snapshot that was taken as that one began.
  `CREATE TABLE book_round (
    one smallint PRIMARY KEY CHECK (one = 1),
    round bigint NOT NULL,
    began_at timestamptz NOT NULL,
    seen pg_snapshot NOT NULL,
    movable pg_snapshot NOT NULL
  )`,
  `INSERT INTO book_round VALUES (1, 1, '-infinity', pg_current_snapshot(), pg_current_snapshot())`,
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
