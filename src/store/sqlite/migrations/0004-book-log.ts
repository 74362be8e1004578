// The book in two tables: its rows, and a log of what was added to them last, by which a process keeps its copy of the
// book up to date (docs/decisions/0020-book-mirror.md). The coarser sums by day and month go: such a copy answers faster.

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  ...['book_day_by_due', 'book_month_by_due', 'book_day', 'book_month'].map((table) => `DROP TABLE ${table}`),

  // Numbered without gaps. Money as in the other tables of the book.
  `CREATE TABLE book_log (
    no INTEGER PRIMARY KEY,
    recorded_on INTEGER NOT NULL, effective_on INTEGER NOT NULL, due_on INTEGER NOT NULL,
    value_high INTEGER NOT NULL, value_low INTEGER NOT NULL,
    principal_high INTEGER NOT NULL, principal_low INTEGER NOT NULL,
    volume INTEGER NOT NULL
  ) STRICT`,
  // The log is never empty: its last number is what the next one follows.
  'INSERT INTO book_log VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0)',
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
