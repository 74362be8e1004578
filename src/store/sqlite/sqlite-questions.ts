// The reads. Each question runs in one read transaction, so that its answer is of one snapshot.

import type Database from 'better-sqlite3';
import type { BookSums } from '../../domain/book.ts';
import { type CalendarDate, DATE_MAX, DATE_MIN, monthOf, monthStart } from '../../domain/calendar-date.ts';
import type { Bank, LoanAsOf, LoanRecord } from '../store.ts';
import { SELECT_SUMS, SUM_COLUMNS, sumsOf } from './book-rows.ts';
import { idBytes, LOAN_COLUMNS, type LoanRow, loanOf } from './loan-rows.ts';

const COLUMNS = SUM_COLUMNS.join(', ');

// Whole months before the as-of date come from the sums by month, the days of its own month from the sums by day.
const BOOK = `SELECT ${SELECT_SUMS} FROM (
  SELECT ${COLUMNS} FROM book_month WHERE effective_month < :month
  UNION ALL
  SELECT ${COLUMNS} FROM book_day WHERE effective_on BETWEEN :monthStart AND :asOf)`;

const BOOK_DUE = `SELECT ${SELECT_SUMS} FROM (
  SELECT ${COLUMNS} FROM book_month_by_due WHERE due_on BETWEEN :dueFrom AND :dueTo AND effective_month < :month
  UNION ALL
  SELECT ${COLUMNS} FROM book_day_by_due
  WHERE effective_on BETWEEN :monthStart AND :asOf AND due_on BETWEEN :dueFrom AND :dueTo)`;

const BOOK_KNOWN = `SELECT ${SELECT_SUMS} FROM book_change WHERE recorded_on <= :knownAt AND effective_on <= :asOf`;

const BOOK_DUE_KNOWN = `${BOOK_KNOWN} AND due_on BETWEEN :dueFrom AND :dueTo`;

const PAYMENTS_MADE = `SELECT count(*) FROM payment
  WHERE loan_no = :no AND month <= :month AND made = 1 AND reversal = 0 AND date <= :asOf`;

interface AsOf {
  readonly asOf: CalendarDate;
  readonly month: number;
  readonly monthStart: CalendarDate;
}

function asOfParameters(asOf: CalendarDate): AsOf {
  const month = monthOf(asOf);
  return { asOf, month, monthStart: monthStart(month) };
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

/** Prepared questions on one connection. */
export class SqliteQuestions {
  readonly #snapshot: <Answer>(question: () => Answer) => Answer;
  readonly #loanById;
  readonly #loanByReference;
  readonly #paymentsMade;
  readonly #book;
  readonly #bookDue;
  readonly #bookKnown;
  readonly #bookDueKnown;

  constructor(connection: Database.Database) {
    const transaction = connection.transaction((question: () => unknown) => question());
    this.#snapshot = transaction as <Answer>(question: () => Answer) => Answer;
    this.#loanById = connection.prepare<[Buffer], LoanRow>(`SELECT ${LOAN_COLUMNS} FROM loan WHERE id = ?`);
    this.#loanByReference = connection.prepare<[string], LoanRow>(
      `SELECT ${LOAN_COLUMNS} FROM loan WHERE reference = ?`,
    );
    this.#paymentsMade = connection
      .prepare<[{ no: number; month: number; asOf: number }], number>(PAYMENTS_MADE)
      .pluck();
    const sums = <Parameters>(query: string) =>
      connection.prepare<[Parameters], bigint[]>(query).safeIntegers().raw();
    this.#book = sums<AsOf>(BOOK);
    this.#bookDue = sums<AsOf & DueRange>(BOOK_DUE);
    this.#bookKnown = sums<{ asOf: number; knownAt: number }>(BOOK_KNOWN);
    this.#bookDueKnown = sums<{ asOf: number; knownAt: number } & DueRange>(BOOK_DUE_KNOWN);
  }

  loanById(id: string): LoanRecord | undefined {
    const row = this.#loanRow(id);
    return row === undefined ? undefined : loanOf(row);
  }

  loanByReference(reference: string): LoanRecord | undefined {
    const row = this.#loanByReference.get(reference);
    return row === undefined ? undefined : loanOf(row);
  }

  loanAsOf(id: string, asOf: CalendarDate): LoanAsOf | undefined {
    return this.#snapshot(() => {
      const row = this.#loanRow(id);
      if (row === undefined) return undefined;
      const paymentsMade = this.#paymentsMade.get({ no: row.no, month: monthOf(asOf), asOf }) as number;
      return { loan: loanOf(row), paymentsMade };
    });
  }

  bookAsOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): BookSums {
    const row =
      knownAt === undefined ? this.#book.get(asOfParameters(asOf)) : this.#bookKnown.get({ asOf, knownAt });
    return sumsOf(row as bigint[]);
  }

  bookByDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): BookSums[] {
    const parameters = asOfParameters(asOf);
    return this.#snapshot(() =>
      dueRanges(edges).map((range) => {
        const row =
          knownAt === undefined
            ? this.#bookDue.get({ ...parameters, ...range })
            : this.#bookDueKnown.get({ asOf, knownAt, ...range });
        return sumsOf(row as bigint[]);
      }),
    );
  }

  #loanRow(id: string): LoanRow | undefined {
    const bytes = idBytes(id);
    return bytes === undefined ? undefined : this.#loanById.get(bytes);
  }
}

/** The settings that were fixed when the database was created: currency code and time zone. */
export function bankSettings(connection: Database.Database): {
  currencyCode: string;
  timeZone: Bank['timeZone'];
} {
  const row = connection
    .prepare<[], { currency: string; time_zone: string }>('SELECT currency, time_zone FROM bank')
    .get() as { currency: string; time_zone: string };
  return { currencyCode: row.currency, timeZone: row.time_zone };
}
