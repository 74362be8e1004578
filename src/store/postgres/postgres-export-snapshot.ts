// A snapshot of a PostgreSQL database: a read-only transaction on a connection of its own, and the server's own cursors
// in it, so that neither side holds more than a page.

import type pg from 'pg';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import type { RecordedChange } from '../../domain/replay.ts';
import { addressText } from '../database-address.ts';
import {
  type ChangesAsked,
  type LoanRecordAsOf,
  type LoansAsked,
  type PaymentOfLoan,
  type PaymentsAsked,
  reversedBy,
  type Snapshot,
  type Snapshots,
  type SnapshotTable,
} from '../export-snapshot.ts';
import { SELECT_SUMS, SUM_COLUMNS, type SumsRow, sumsOf } from './book-rows.ts';
import {
  isId,
  LOAN_COLUMNS,
  type LoanRow,
  loanOf,
  PAYMENT_COLUMNS,
  type PaymentRow,
  paymentOf,
} from './loan-rows.ts';
import { connectOnce, withTlsSettled } from './postgres-connection.ts';
import { asStoreUnavailable } from './postgres-faults.ts';
import { requireCurrentSchema } from './postgres-schema.ts';

const PAGE_ROWS = 1000;

const COUNTS: Record<SnapshotTable, string> = {
  loans: 'SELECT count(*)::float8 AS rows FROM loan',
  payments: 'SELECT count(*)::float8 AS rows FROM payment',
  changes:
    'SELECT (SELECT count(*) FROM book_change)::float8 + (SELECT count(*) FROM book_pending)::float8 AS rows',
};

/**
 * First rows soon, and no sort of millions of rows where an index has them in order; and the server gives a snapshot
 * up by itself that a hung process has forgotten.
 */
const SETTINGS = `SET LOCAL cursor_tuple_fraction = 0.0001; SET LOCAL enable_hashjoin = off;
  SET LOCAL idle_in_transaction_session_timeout = '10min'; SET LOCAL lock_timeout = '10s'`;

/** A statement in the making: its conditions, and the values that they name. */
class Statement {
  readonly values: unknown[] = [];
  readonly conditions: string[] = [];

  given(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** A condition, unless nothing was asked for. */
  where(value: unknown, condition: (parameter: string) => string): void {
    if (value !== undefined) this.conditions.push(condition(this.given(value)));
  }

  /** What of a table's reversible rows was live, or known at all, on the known-at date. */
  known(table: string, knownAt: CalendarDate | undefined, withReversed: boolean): void {
    if (knownAt === undefined) {
      if (!withReversed) this.conditions.push(`${table}.reversed_on IS NULL`);
      return;
    }
    const at = this.given(knownAt);
    this.conditions.push(`${table}.recorded_on <= ${at}`);
    if (!withReversed) this.conditions.push(`(${table}.reversed_on IS NULL OR ${table}.reversed_on > ${at})`);
  }

  get filter(): string {
    return this.conditions.join(' AND ');
  }
}

function prefixed(columns: string, table: string): string {
  return columns
    .split(',')
    .map((column) => `${table}.${column.trim()}`)
    .join(', ');
}

function loansStatement(asked: LoansAsked): { text: string; values: unknown[] } {
  const { asOf, knownAt, reversed } = asked;
  const made = new Statement();
  made.where(asOf, (date) => `payment.date <= ${date}`);
  made.where(monthOf(asOf), (month) => `payment.month <= ${month}`);
  if (knownAt === undefined) made.conditions.push('payment.reversal = 0');
  else made.known('payment', knownAt, false);
  const statement = new Statement();
  statement.values.push(...made.values);
  statement.where(asOf, (date) => `loan.date <= ${date}`);
  statement.known('loan', knownAt, reversed);
  statement.where(asked.reference, (reference) => `loan.reference = ${reference}`);
  statement.where(asked.dateFrom, (date) => `loan.date >= ${date}`);
  statement.where(asked.dateTo, (date) => `loan.date <= ${date}`);
  return {
    text: `SELECT ${LOAN_COLUMNS}, (SELECT count(*)::integer FROM payment
        WHERE payment.lane = loan.lane AND payment.loan_id = loan.id AND payment.made AND ${made.filter}) AS made_as_of
      FROM loan WHERE ${statement.filter} ORDER BY lane, id`,
    values: statement.values,
  };
}

function paymentsStatement(asked: PaymentsAsked): { text: string; values: unknown[] } {
  const statement = new Statement();
  statement.where(asked.asOf, (date) => `payment.date <= ${date}`);
  statement.known('payment', asked.knownAt, asked.reversed);
  statement.where(asked.reference, (reference) => `loan.reference = ${reference}`);
  if (asked.loanId !== undefined && !isId(asked.loanId)) statement.conditions.push('false');
  else statement.where(asked.loanId, (id) => `loan.id = ${id}`);
  statement.where(asked.kind, (kind) => `payment.made = (${kind}::text = 'made')`);
  statement.where(asked.dateFrom, (date) => `payment.date >= ${date}`);
  statement.where(asked.dateTo, (date) => `payment.date <= ${date}`);
  return {
    text: `SELECT loan.reference, loan.installment, ${prefixed(PAYMENT_COLUMNS, 'payment')}
      FROM loan JOIN payment ON payment.lane = loan.lane AND payment.loan_id = loan.id WHERE ${statement.filter}
      ORDER BY loan.lane, loan.id, payment.month, payment.sequence`,
    values: statement.values,
  };
}

function changesStatement(asked: ChangesAsked): { text: string; values: unknown[] } {
  const statement = new Statement();
  statement.where(asked.asOf, (date) => `effective_on <= ${date}`);
  statement.where(asked.knownAt, (date) => `recorded_on <= ${date}`);
  statement.where(asked.dateFrom, (date) => `effective_on >= ${date}`);
  statement.where(asked.dateTo, (date) => `effective_on <= ${date}`);
  statement.where(asked.dueOnOrBefore, (date) => `due_on <= ${date}`);
  const key = 'recorded_on, effective_on, due_on, cause';
  const rows = ['book_change', 'book_pending']
    .map((table) => `SELECT ${key}, ${SUM_COLUMNS.join(', ')} FROM ${table} WHERE ${statement.filter}`)
    .join(' UNION ALL ');
  return {
    text: `SELECT ${key}, ${SELECT_SUMS} FROM (${rows}) AS rows GROUP BY ${key}
      HAVING sum(value) <> 0 OR sum(principal) <> 0 OR sum(volume) <> 0
      ORDER BY recorded_on, effective_on, due_on, cause COLLATE "C"`,
    values: statement.values,
  };
}

interface ChangeRow extends SumsRow {
  readonly recorded_on: number;
  readonly effective_on: number;
  readonly due_on: number;
  readonly cause: RecordedChange['cause'];
}

class PostgresSnapshot implements Snapshot {
  readonly #client: pg.Client;
  readonly #where: string;
  #cursors = 0;

  constructor(client: pg.Client, where: string) {
    this.#client = client;
    this.#where = where;
  }

  async rows(table: SnapshotTable): Promise<number> {
    const { rows } = await this.#asked<{ rows: number }>(COUNTS[table]);
    return rows[0]?.rows ?? 0;
  }

  loans(asked: LoansAsked): AsyncGenerator<LoanRecordAsOf[]> {
    return this.#pages(loansStatement(asked), (row: LoanRow & { made_as_of: number }) => {
      const loan = loanOf(row);
      const reversed = reversedBy(loan.reversed, asked.knownAt);
      return { loan: { ...loan, reversed }, paymentsMade: row.made_as_of, reversed: reversed !== null };
    });
  }

  payments(asked: PaymentsAsked): AsyncGenerator<PaymentOfLoan[]> {
    type Row = PaymentRow & { reference: string | null; installment: number };
    return this.#pages(paymentsStatement(asked), (row: Row) => {
      const payment = paymentOf(row);
      return {
        payment: { ...payment, reversed: reversedBy(payment.reversed, asked.knownAt) },
        reference: row.reference,
        installmentCents: BigInt(row.installment),
      };
    });
  }

  changes(asked: ChangesAsked): AsyncGenerator<RecordedChange[]> {
    return this.#pages(changesStatement(asked), (row: ChangeRow) => ({
      recordedOn: row.recorded_on,
      effectiveOn: row.effective_on,
      dueOn: row.due_on,
      cause: row.cause,
      ...sumsOf(row),
    }));
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  async *#pages<Row extends pg.QueryResultRow, Item>(
    { text, values }: { text: string; values: unknown[] },
    itemOf: (row: Row) => Item,
  ): AsyncGenerator<Item[]> {
    const cursor = `export_${++this.#cursors}`;
    await this.#asked(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, values);
    for (;;) {
      const { rows } = await this.#asked<Row>(`FETCH ${PAGE_ROWS} FROM ${cursor}`);
      if (rows.length > 0) yield rows.map(itemOf);
      if (rows.length < PAGE_ROWS) return;
    }
  }

  async #asked<Row extends pg.QueryResultRow>(text: string, values?: unknown[]) {
    try {
      return await this.#client.query<Row>(text, values);
    } catch (error) {
      throw asStoreUnavailable(error, this.#where);
    }
  }
}

/** Snapshots of the database of a URL. */
export function postgresSnapshots(url: string): Snapshots {
  const where = addressText({ engine: 'postgres', url });
  return {
    async open() {
      const client = await connectOnce(await withTlsSettled(url));
      try {
        await requireCurrentSchema(client, where);
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        await client.query(SETTINGS);
        // The snapshot is taken by the first read.
        await client.query('SELECT count(*) FROM bank');
        return new PostgresSnapshot(client, where);
      } catch (error) {
        await client.end();
        throw asStoreUnavailable(error, where);
      }
    },
  };
}
