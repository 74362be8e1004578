// Questions about the whole book: sums over its rows, never over loans. What is known now comes from the coarser
// sums; what was known on a date, from the finest rows.

import type Database from 'better-sqlite3';
import type { BookChange, BookSums, Cause } from '../../domain/book.ts';
import { type CalendarDate, DATE_MAX, DATE_MIN, monthOf, monthStart } from '../../domain/calendar-date.ts';
import { sweepByDueDate, sweepOutstanding } from '../../domain/series.ts';
import { GRAINS } from '../book-grains.ts';
import type { BookMovements } from '../store.ts';
import { SELECT_SUMS, SUM_COLUMNS, sumsOf } from './book-rows.ts';

const COLUMNS = SUM_COLUMNS.join(', ');

// Whole months before the as-of date come from the sums by month, the days of its own month from the sums by day.
const NOW = `SELECT ${SELECT_SUMS} FROM (
  SELECT ${COLUMNS} FROM book_month WHERE effective_month < :month
  UNION ALL
  SELECT ${COLUMNS} FROM book_day WHERE effective_on BETWEEN :monthStart AND :asOf)`;

const NOW_DUE = `SELECT ${SELECT_SUMS} FROM (
  SELECT ${COLUMNS} FROM book_month_by_due WHERE due_on BETWEEN :dueFrom AND :dueTo AND effective_month < :month
  UNION ALL
  SELECT ${COLUMNS} FROM book_day_by_due
  WHERE effective_on BETWEEN :monthStart AND :asOf AND due_on BETWEEN :dueFrom AND :dueTo)`;

const KNOWN = `SELECT ${SELECT_SUMS} FROM book_change WHERE recorded_on <= :knownAt AND effective_on <= :asOf`;

const KNOWN_DUE = `${KNOWN} AND due_on BETWEEN :dueFrom AND :dueTo`;

// Each row begins with what the sweep needs of its key: effective_on, and due_on.
const SERIES_NOW = `SELECT effective_on, 0, ${COLUMNS} FROM book_day WHERE effective_on <= :asOf ORDER BY effective_on`;
const SERIES_KNOWN = `SELECT effective_on, 0, ${SELECT_SUMS} FROM book_change
  WHERE recorded_on <= :knownAt AND effective_on <= :asOf GROUP BY effective_on ORDER BY effective_on`;
const SERIES_DUE_NOW = `SELECT effective_on, due_on, ${COLUMNS} FROM book_day_by_due
  WHERE effective_on <= :asOf ORDER BY effective_on`;
const SERIES_DUE_KNOWN = `SELECT effective_on, due_on, ${SELECT_SUMS} FROM book_change
  WHERE recorded_on <= :knownAt AND effective_on <= :asOf
  GROUP BY effective_on, due_on ORDER BY effective_on`;

const MOVED = `SELECT ${SELECT_SUMS} FROM book_change
  WHERE recorded_on <= :knownAt AND effective_on BETWEEN :from AND :asOf AND cause = :cause`;

/** Later than any recorded date: everything known now. */
const EVERYTHING: CalendarDate = DATE_MAX + 1;

interface AsOf {
  readonly asOf: CalendarDate;
  readonly month: number;
  readonly monthStart: CalendarDate;
}

interface Known {
  readonly asOf: CalendarDate;
  readonly knownAt: CalendarDate;
}

interface DueRange {
  readonly dueFrom: CalendarDate;
  readonly dueTo: CalendarDate;
}

function asOfParameters(asOf: CalendarDate): AsOf {
  const month = monthOf(asOf);
  return { asOf, month, monthStart: monthStart(month) };
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
  readonly #now;
  readonly #nowDue;
  readonly #known;
  readonly #knownDue;
  readonly #seriesNow;
  readonly #seriesKnown;
  readonly #seriesDueNow;
  readonly #seriesDueKnown;
  readonly #moved;
  readonly #day;
  readonly #rows;

  constructor(connection: Database.Database) {
    const transaction = connection.transaction((question: () => unknown) => question());
    this.#snapshot = transaction as <Answer>(question: () => Answer) => Answer;
    const sums = <Parameters>(query: string) =>
      connection.prepare<[Parameters], bigint[]>(query).safeIntegers().raw();
    this.#now = sums<AsOf>(NOW);
    this.#nowDue = sums<AsOf & DueRange>(NOW_DUE);
    this.#known = sums<Known>(KNOWN);
    this.#knownDue = sums<Known & DueRange>(KNOWN_DUE);
    this.#seriesNow = sums<{ asOf: number }>(SERIES_NOW);
    this.#seriesKnown = sums<Known>(SERIES_KNOWN);
    this.#seriesDueNow = sums<{ asOf: number }>(SERIES_DUE_NOW);
    this.#seriesDueKnown = sums<Known>(SERIES_DUE_KNOWN);
    this.#day = connection.prepare<[], number>('SELECT book_day FROM bank').pluck();
    this.#rows = GRAINS.map(({ table }) => ({
      table,
      count: connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck(),
    }));
    this.#moved = sums<Known & { from: number; cause: Cause }>(MOVED);
  }

  asOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): BookSums {
    const row =
      knownAt === undefined ? this.#now.get(asOfParameters(asOf)) : this.#known.get({ asOf, knownAt });
    return sumsOf(row as bigint[]);
  }

  byDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): BookSums[] {
    const parameters = asOfParameters(asOf);
    return this.#snapshot(() =>
      dueRanges(edges).map((range) => {
        const row =
          knownAt === undefined
            ? this.#nowDue.get({ ...parameters, ...range })
            : this.#knownDue.get({ asOf, knownAt, ...range });
        return sumsOf(row as bigint[]);
      }),
    );
  }

  series(dates: readonly CalendarDate[], knownAt: CalendarDate | undefined): BookSums[] {
    const asOf = dates.at(-1) ?? 0;
    const rows =
      knownAt === undefined
        ? this.#seriesNow.iterate({ asOf })
        : this.#seriesKnown.iterate({ asOf, knownAt });
    return sweepOutstanding(changesOf(rows), dates);
  }

  byDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined,
    bounds: readonly number[],
  ): BookSums[][] {
    const asOf = dates.at(-1) ?? 0;
    const rows =
      knownAt === undefined
        ? this.#seriesDueNow.iterate({ asOf })
        : this.#seriesDueKnown.iterate({ asOf, knownAt });
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

  /** Reads one row: whether the database answers at all. */
  ready(): void {
    this.asOf(DATE_MIN, undefined);
  }

  /** Rows by table. */
  rows(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#rows.map(({ table, count }) => [table, count.get() as number]));
  }
}
