// Questions about the whole book: sums over its rows, never over loans. What waits for compaction is added to what has been
// compacted. Each question is one statement, and so of one snapshot: no compaction can show it a change twice or not at
// all. A server asks them only while its copy of the book (ledger/book-mirror.ts) is not there yet, and for what that copy
// does not answer.

import type pg from 'pg';
import { type BookChange, type BookSums, type Cause, NO_SUMS } from '../../domain/book.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { sweepByDueDate, sweepOutstanding } from '../../domain/series.ts';
import { EVERYTHING } from '../known-now.ts';
import type { BookMovements } from '../store.ts';
import { BOOK_TABLES, SELECT_SUMS, SUM_COLUMNS, type SumsRow, sumsOf } from './book-rows.ts';

const COLUMNS = SUM_COLUMNS.join(', ');

/** SQL: the rows that were known on $2, of what is effective by $1. */
function rowsKnown(columns: string): string {
  return BOOK_TABLES.map(
    (table) => `SELECT ${columns} FROM ${table} WHERE recorded_on <= $2 AND effective_on <= $1`,
  ).join(' UNION ALL ');
}

const AS_OF = `SELECT ${SELECT_SUMS} FROM (${rowsKnown(COLUMNS)}) AS rows`;

// Sums between ascending edges of due dates, counted from the oldest.
const BY_DUE = `SELECT width_bucket(due_on, $3::integer[]) AS bucket, ${SELECT_SUMS}
  FROM (${rowsKnown(`due_on, ${COLUMNS}`)}) AS rows GROUP BY 1`;

// For series the rows are summed up to the first of the dates on which they count: its index among them is `point`.
const POINT = 'width_bucket(effective_on - 1, $1::integer[])';
const LAST = '($1::integer[])[cardinality($1::integer[])]';

function seriesRows(columns: string): string {
  return BOOK_TABLES.map(
    (table) => `SELECT ${POINT} AS point, ${columns} FROM ${table}
      WHERE effective_on <= ${LAST} AND recorded_on <= $2`,
  ).join(' UNION ALL ');
}

const SERIES = `SELECT point, ${SELECT_SUMS} FROM (${seriesRows(COLUMNS)}) AS rows GROUP BY point ORDER BY point`;
const SERIES_BY_DUE = `SELECT point, due_on, ${SELECT_SUMS} FROM (${seriesRows(`due_on, ${COLUMNS}`)}) AS rows
  GROUP BY point, due_on ORDER BY point`;

// $1 the period's end, $2 known at, $3 its start. What stood before it has no cause.
const MOVEMENTS = `SELECT CASE WHEN effective_on >= $3 THEN cause END AS cause, ${SELECT_SUMS}
  FROM (${rowsKnown(`effective_on, cause, ${COLUMNS}`)}) AS rows GROUP BY 1`;

const ROWS = BOOK_TABLES.map(
  (table) => `SELECT '${table}' AS name, count(*)::integer AS rows FROM ${table}`,
).join(' UNION ALL ');

type PointRow = SumsRow & { readonly point: number };

export class PostgresBook {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async asOf(asOf: CalendarDate, knownAt: CalendarDate = EVERYTHING): Promise<BookSums> {
    const values = [asOf, knownAt];
    const { rows } = await this.#pool.query<SumsRow>({ name: 'book as of', text: AS_OF, values });
    return sumsOf(rows[0]);
  }

  async byDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined = EVERYTHING,
    edges: readonly CalendarDate[],
  ): Promise<BookSums[]> {
    const values = [asOf, knownAt, edges.toReversed()];
    const { rows } = await this.#pool.query<SumsRow & { bucket: number }>({
      name: 'book by due date',
      text: BY_DUE,
      values,
    });
    const found = new Map(rows.map((row) => [row.bucket, sumsOf(row)]));
    return [...edges, undefined].map((_, index) => found.get(edges.length - index) ?? NO_SUMS);
  }

  async series(dates: readonly CalendarDate[], knownAt: CalendarDate = EVERYTHING): Promise<BookSums[]> {
    const values = [dates, knownAt];
    const { rows } = await this.#pool.query<PointRow>({ name: 'series', text: SERIES, values });
    const changes = rows.map((row) => ({ ...sumsOf(row), effectiveOn: dates[row.point] as number }));
    return sweepOutstanding(changes, dates);
  }

  async byDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined = EVERYTHING,
    bounds: readonly number[],
  ): Promise<BookSums[][]> {
    const { rows } = await this.#pool.query<PointRow & { due_on: number }>({
      name: 'series by due date',
      text: SERIES_BY_DUE,
      values: [dates, knownAt],
    });
    const changes = rows.map(
      (row): BookChange => ({
        ...sumsOf(row),
        effectiveOn: dates[row.point] as number,
        dueOn: row.due_on,
      }),
    );
    return sweepByDueDate(changes, dates, bounds);
  }

  async movements(
    from: CalendarDate,
    to: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<BookMovements> {
    const { rows } = await this.#pool.query<SumsRow & { cause: Cause | null }>({
      name: 'movements',
      text: MOVEMENTS,
      values: [to, knownAt ?? EVERYTHING, from],
    });
    const by = (cause: Cause | null) => sumsOf(rows.find((row) => row.cause === cause));
    return { opening: by(null), issued: by('issued'), paid: by('paid'), reversed: by('reversed') };
  }

  /** Before this date nothing is recorded any more. */
  async day(): Promise<CalendarDate> {
    const { rows } = await this.#pool.query<{ book_day: number }>({
      name: 'book day only',
      text: 'SELECT book_day FROM bank',
    });
    return (rows[0] as { book_day: number }).book_day;
  }

  /** Whether the server would take a write: not where it stands by for another, or was told to refuse them. */
  async takesWrites(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ writable: boolean }>({
      name: 'takes writes',
      text: `SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS writable FROM bank`,
    });
    return rows[0]?.writable === true;
  }

  /** Rows by table. */
  async rows(): Promise<Readonly<Record<string, number>>> {
    const { rows } = await this.#pool.query<{ name: string; rows: number }>({ name: 'rows', text: ROWS });
    return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
  }
}
