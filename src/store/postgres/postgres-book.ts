// Questions about the whole book: sums over its rows, never over loans. What is known now comes from the coarser sums,
// what was known on a date from the finest rows; what waits for compaction is added to either. Each question is one
// statement, and so of one snapshot: no compaction can show it a change twice or not at all.

import type pg from 'pg';
import { type BookChange, type BookSums, type Cause, NO_SUMS } from '../../domain/book.ts';
import { type CalendarDate, DATE_MAX, monthOf, monthStart } from '../../domain/calendar-date.ts';
import { sweepByDueDate, sweepOutstanding } from '../../domain/series.ts';
import { GRAINS } from '../book-grains.ts';
import type { BookMovements } from '../store.ts';
import { SELECT_SUMS, SUM_COLUMNS, type SumsRow, sumsOf } from './book-rows.ts';

const COLUMNS = SUM_COLUMNS.join(', ');

// Whole months before the as-of date come from the sums by month, the days of its own month from the sums by day.
// $1 as of, $2 its month, $3 that month's first day.
const ROWS_NOW = `
  SELECT ${COLUMNS} FROM book_month WHERE effective_month < $2
  UNION ALL SELECT ${COLUMNS} FROM book_day WHERE effective_on BETWEEN $3 AND $1
  UNION ALL SELECT ${COLUMNS} FROM book_pending WHERE effective_on <= $1`;

const DUE_ROWS_NOW = `
  SELECT due_on, ${COLUMNS} FROM book_month_by_due WHERE effective_month < $2
  UNION ALL SELECT due_on, ${COLUMNS} FROM book_day_by_due WHERE effective_on BETWEEN $3 AND $1
  UNION ALL SELECT due_on, ${COLUMNS} FROM book_pending WHERE effective_on <= $1`;

/** SQL: the finest rows that were known on $2, of what is effective by $1. */
function knownRows(columns: string): string {
  return ['book_change', 'book_pending']
    .map((table) => `SELECT ${columns} FROM ${table} WHERE recorded_on <= $2 AND effective_on <= $1`)
    .join(' UNION ALL ');
}

const NOW = `SELECT ${SELECT_SUMS} FROM (${ROWS_NOW}) AS rows`;
const KNOWN = `SELECT ${SELECT_SUMS} FROM (${knownRows(COLUMNS)}) AS rows`;

/** SQL: sums between ascending edges of due dates, counted from the oldest. */
function byDueDate(rows: string, edges: string): string {
  return `SELECT width_bucket(due_on, ${edges}::integer[]) AS bucket, ${SELECT_SUMS} FROM (${rows}) AS rows GROUP BY 1`;
}

const NOW_BY_DUE = byDueDate(DUE_ROWS_NOW, '$4');
const KNOWN_BY_DUE = byDueDate(knownRows(`due_on, ${COLUMNS}`), '$3');

// For series the rows are summed up to the first of the dates on which they count: its index among them is `point`.
const POINT = 'width_bucket(effective_on - 1, $1::integer[])';
const LAST = '($1::integer[])[cardinality($1::integer[])]';

function seriesRows(columns: string, table: string): string {
  return `SELECT ${POINT} AS point, ${columns} FROM ${table} WHERE effective_on <= ${LAST}`;
}

const SERIES_NOW = `SELECT point, ${SELECT_SUMS} FROM (
    ${seriesRows(COLUMNS, 'book_day')} UNION ALL ${seriesRows(COLUMNS, 'book_pending')}) AS rows
  GROUP BY point ORDER BY point`;
const SERIES_KNOWN = `SELECT point, ${SELECT_SUMS} FROM (
    ${seriesRows(COLUMNS, 'book_change')} AND recorded_on <= $2
    UNION ALL ${seriesRows(COLUMNS, 'book_pending')} AND recorded_on <= $2) AS rows
  GROUP BY point ORDER BY point`;
const SERIES_NOW_BY_DUE = `SELECT point, due_on, ${SELECT_SUMS} FROM (
    ${seriesRows(`due_on, ${COLUMNS}`, 'book_day_by_due')}
    UNION ALL ${seriesRows(`due_on, ${COLUMNS}`, 'book_pending')}) AS rows
  GROUP BY point, due_on ORDER BY point`;
const SERIES_KNOWN_BY_DUE = `SELECT point, due_on, ${SELECT_SUMS} FROM (
    ${seriesRows(`due_on, ${COLUMNS}`, 'book_change')} AND recorded_on <= $2
    UNION ALL ${seriesRows(`due_on, ${COLUMNS}`, 'book_pending')} AND recorded_on <= $2) AS rows
  GROUP BY point, due_on ORDER BY point`;

// $1 the period's end, $2 known at, $3 its start. What stood before it has no cause.
const MOVEMENTS = `SELECT CASE WHEN effective_on >= $3 THEN cause END AS cause, ${SELECT_SUMS}
  FROM (${knownRows(`effective_on, cause, ${COLUMNS}`)}) AS rows GROUP BY 1`;

/** Later than any recorded date: everything known now. */
const EVERYTHING: CalendarDate = DATE_MAX + 1;

const ROWS = ['book_pending', ...GRAINS.map(({ table }) => table)]
  .map((table) => `SELECT '${table}' AS name, count(*)::integer AS rows FROM ${table}`)
  .join(' UNION ALL ');

type PointRow = SumsRow & { readonly point: number };

export class PostgresBook {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async asOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): Promise<BookSums> {
    const month = monthOf(asOf);
    const { rows } = await this.#pool.query<SumsRow>(
      knownAt === undefined
        ? { name: 'book as of', text: NOW, values: [asOf, month, monthStart(month)] }
        : { name: 'book as of, known', text: KNOWN, values: [asOf, knownAt] },
    );
    return sumsOf(rows[0]);
  }

  async byDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): Promise<BookSums[]> {
    const month = monthOf(asOf);
    const ascending = edges.toReversed();
    const { rows } = await this.#pool.query<SumsRow & { bucket: number }>(
      knownAt === undefined
        ? {
            name: 'book by due date',
            text: NOW_BY_DUE,
            values: [asOf, month, monthStart(month), ascending],
          }
        : { name: 'book by due date, known', text: KNOWN_BY_DUE, values: [asOf, knownAt, ascending] },
    );
    const found = new Map(rows.map((row) => [row.bucket, sumsOf(row)]));
    return [...edges, undefined].map((_, index) => found.get(edges.length - index) ?? NO_SUMS);
  }

  async series(dates: readonly CalendarDate[], knownAt: CalendarDate | undefined): Promise<BookSums[]> {
    const { rows } = await this.#pool.query<PointRow>(
      knownAt === undefined
        ? { name: 'series', text: SERIES_NOW, values: [dates] }
        : { name: 'series, known', text: SERIES_KNOWN, values: [dates, knownAt] },
    );
    const changes = rows.map((row) => ({ ...sumsOf(row), effectiveOn: dates[row.point] as number }));
    return sweepOutstanding(changes, dates);
  }

  async byDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined,
    bounds: readonly number[],
  ): Promise<BookSums[][]> {
    const { rows } = await this.#pool.query<PointRow & { due_on: number }>(
      knownAt === undefined
        ? { name: 'series by due date', text: SERIES_NOW_BY_DUE, values: [dates] }
        : { name: 'series by due date, known', text: SERIES_KNOWN_BY_DUE, values: [dates, knownAt] },
    );
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
