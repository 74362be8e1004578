// Questions about the whole book: sums over its rows, never over loans. A server asks them only while its copy of the book
// (ledger/book-mirror.ts) is not there yet, and for what that copy does not answer.

import type Database from 'better-sqlite3';
import type { BookChange, BookSums, Cause } from '../../domain/book.ts';
import { type CalendarDate, DATE_MAX, DATE_MIN } from '../../domain/calendar-date.ts';
import { sweepByDueDate, sweepOutstanding } from '../../domain/series.ts';
import { BookPoints, POINT_LENGTH } from '../book-points.ts';
import { EVERYTHING } from '../known-now.ts';
import type { BookMark, BookMovements, MarkedPoints } from '../store.ts';
import { SELECT_SUMS, sumsOf } from './book-rows.ts';

const AS_OF = `SELECT ${SELECT_SUMS} FROM book_change WHERE recorded_on <= :knownAt AND effective_on <= :asOf`;

const BY_DUE = `${AS_OF} AND due_on BETWEEN :dueFrom AND :dueTo`;

// Each row begins with what the sweep needs of its key: effective_on, and due_on.
const SERIES = `SELECT effective_on, 0, ${SELECT_SUMS} FROM book_change
  WHERE recorded_on <= :knownAt AND effective_on <= :asOf GROUP BY effective_on ORDER BY effective_on`;
const SERIES_BY_DUE = `SELECT effective_on, due_on, ${SELECT_SUMS} FROM book_change
  WHERE recorded_on <= :knownAt AND effective_on <= :asOf
  GROUP BY effective_on, due_on ORDER BY effective_on`;

// What a row's low parts have gathered beyond 10^9 is carried on, so that all are exact as doubles.
const CARRIED = ['value', 'principal'].map(
  (name) => `${name}_high + ${name}_low / 1000000000, ${name}_low % 1000000000`,
);
const POINT_COLUMNS = `recorded_on, effective_on, due_on, ${CARRIED.join(', ')}, volume`;
const POINTS = `SELECT ${POINT_COLUMNS} FROM book_change`;
const LOG = `SELECT no, ${POINT_COLUMNS} FROM book_log WHERE no > ? ORDER BY no`;

const TABLES = ['book_change', 'book_log'] as const;

const MOVED = `SELECT ${SELECT_SUMS} FROM book_change
  WHERE recorded_on <= :knownAt AND effective_on BETWEEN :from AND :asOf AND cause = :cause`;

const NO_POINTS = new Float64Array();

interface Known {
  readonly asOf: CalendarDate;
  readonly knownAt: CalendarDate;
}

interface DueRange {
  readonly dueFrom: CalendarDate;
  readonly dueTo: CalendarDate;
}

/** Descending edges as ranges of due dates, from the current loans to the oldest. */
function dueRanges(edges: readonly CalendarDate[]): DueRange[] {
  const ranges = edges.map((edge, index) => ({
    dueFrom: edge,
    dueTo: index === 0 ? DATE_MAX : (edges[index - 1] as number) - 1,
  }));
  return [...ranges, { dueFrom: DATE_MIN, dueTo: (edges.at(-1) as number) - 1 }];
}

function* changesOf(rows: Iterable<bigint[]>): Generator<BookChange> {
  for (const [effectiveOn, dueOn, ...sums] of rows) {
    yield { effectiveOn: Number(effectiveOn), dueOn: Number(dueOn), ...sumsOf(sums) };
  }
}

/** Prepared questions about the book on one connection. */
export class SqliteBook {
  readonly #snapshot: <Answer>(question: () => Answer) => Answer;
  readonly #asOf;
  readonly #byDue;
  readonly #series;
  readonly #seriesByDue;
  readonly #moved;
  readonly #points;
  readonly #log;
  readonly #lastNo;
  readonly #day;
  readonly #rows;

  constructor(connection: Database.Database) {
    const transaction = connection.transaction((question: () => unknown) => question());
    this.#snapshot = transaction as <Answer>(question: () => Answer) => Answer;
    const sums = <Parameters>(query: string) =>
      connection.prepare<[Parameters], bigint[]>(query).safeIntegers().raw();
    this.#asOf = sums<Known>(AS_OF);
    this.#byDue = sums<Known & DueRange>(BY_DUE);
    this.#series = sums<Known>(SERIES);
    this.#seriesByDue = sums<Known>(SERIES_BY_DUE);
    this.#moved = sums<Known & { from: number; cause: Cause }>(MOVED);
    this.#points = connection.prepare<[], number[]>(POINTS).raw();
    this.#log = connection.prepare<[number], number[]>(LOG).raw();
    this.#lastNo = connection.prepare<[], number>('SELECT max(no) FROM book_log').pluck();
    this.#day = connection.prepare<[], number>('SELECT book_day FROM bank').pluck();
    this.#rows = TABLES.map((table) => ({
      table,
      count: connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck(),
    }));
  }

  asOf(asOf: CalendarDate, knownAt: CalendarDate = EVERYTHING): BookSums {
    return sumsOf(this.#asOf.get({ asOf, knownAt }) as bigint[]);
  }

  byDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined = EVERYTHING,
    edges: readonly CalendarDate[],
  ): BookSums[] {
    return this.#snapshot(() =>
      dueRanges(edges).map((range) => sumsOf(this.#byDue.get({ asOf, knownAt, ...range }) as bigint[])),
    );
  }

  series(dates: readonly CalendarDate[], knownAt: CalendarDate = EVERYTHING): BookSums[] {
    const rows = this.#series.iterate({ asOf: dates.at(-1) ?? 0, knownAt });
    return sweepOutstanding(changesOf(rows), dates);
  }

  byDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined = EVERYTHING,
    bounds: readonly number[],
  ): BookSums[][] {
    const rows = this.#seriesByDue.iterate({ asOf: dates.at(-1) ?? 0, knownAt });
    return sweepByDueDate(changesOf(rows), dates, bounds);
  }

  movements(from: CalendarDate, to: CalendarDate, knownAt: CalendarDate | undefined): BookMovements {
    const known = { from, asOf: to, knownAt: knownAt ?? EVERYTHING };
    const moved = (cause: Cause) => sumsOf(this.#moved.get({ ...known, cause }) as bigint[]);
    return this.#snapshot(() => ({
      opening: this.asOf(from - 1, knownAt),
      issued: moved('issued'),
      paid: moved('paid'),
      reversed: moved('reversed'),
    }));
  }

  /** Before this date nothing is recorded any more. */
  day(): CalendarDate {
    return this.#day.get() as CalendarDate;
  }

  /** All points; undefined where there are more than `pointsMax`. The mark is the number of the log's last row. */
  points(pointsMax: number): MarkedPoints | undefined {
    return this.#snapshot(() => {
      const points = new BookPoints();
      for (const row of this.#points.iterate()) {
        if (points.count === pointsMax) return undefined;
        points.add(row);
      }
      return { points: points.array(), mark: String(this.#lastNo.get()) };
    });
  }

  /** What was logged since a mark; undefined where the log no longer has all of it. */
  news(since: BookMark): MarkedPoints | undefined {
    const from = Number(since);
    const rows = this.#log.all(from);
    if (rows.length === 0) return { points: NO_POINTS, mark: since };
    if (rows[0]?.[0] !== from + 1) return undefined;
    const points = new Float64Array(rows.length * POINT_LENGTH);
    for (const [index, [, ...numbers]] of rows.entries()) points.set(numbers, index * POINT_LENGTH);
    return { points, mark: String(from + rows.length) };
  }

  /** Reads one row: whether the database answers at all. */
  ready(): void {
    this.day();
  }

  /** Rows by table. */
  rows(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#rows.map(({ table, count }) => [table, count.get() as number]));
  }
}
