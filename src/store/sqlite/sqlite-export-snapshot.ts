// A snapshot of a SQLite database: a read transaction on a connection of its own. Statements are stepped through as pages
// are asked for, so that memory holds one page; each is written so that SQLite finds its rows in their order already and
// never sorts.

import type Database from 'better-sqlite3';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import type { RecordedChange } from '../../domain/replay.ts';
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
import { SUM_COLUMNS, sumsOf } from './book-rows.ts';
import {
  idBytes,
  idText,
  LOAN_COLUMNS,
  type LoanRow,
  loanOf,
  PAYMENT_COLUMNS,
  type PaymentRow,
  paymentOf,
} from './loan-rows.ts';
import { openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';
import { requireCurrentSchema } from './sqlite-schema.ts';

const PAGE_ROWS = 1000;
const CACHE_KIB = 8 * 1024;

const TABLES: Record<SnapshotTable, string> = { loans: 'loan', payments: 'payment', changes: 'book_change' };

/** SQL: whether a row of the book says nothing. */
const IS_ZERO = ['value', 'principal']
  .map((name) => `${name}_high * 1000000000 + ${name}_low = 0`)
  .concat('volume = 0')
  .join(' AND ');

type Parameters = Record<string, number | string | Buffer | undefined>;

/** SQL: what of a table's reversible rows was live, or known at all, on :knownAt. */
function knownConditions(table: string, knownAt: CalendarDate | undefined, withReversed: boolean): string[] {
  if (knownAt === undefined) return withReversed ? [] : [`${table}.reversed_on IS NULL`];
  return [
    `${table}.recorded_on <= :knownAt`,
    ...(withReversed ? [] : [`(${table}.reversed_on IS NULL OR ${table}.reversed_on > :knownAt)`]),
  ];
}

function prefixed(columns: string, table: string): string {
  return columns
    .split(',')
    .map((column) => `${table}.${column.trim()}`)
    .join(', ');
}

function loansStatement({ knownAt, reversed, reference, dateFrom, dateTo }: LoansAsked): string {
  const live =
    knownAt === undefined
      ? 'reversal = 0'
      : 'recorded_on <= :knownAt AND (reversed_on IS NULL OR reversed_on > :knownAt)';
  // A plus keeps SQLite from an index that gives the rows in another order.
  const conditions = [
    '+loan.date <= :asOf',
    ...knownConditions('loan', knownAt, reversed),
    ...(reference === undefined ? [] : ['loan.reference = :reference']),
    ...(dateFrom === undefined ? [] : ['+loan.date >= :dateFrom']),
    ...(dateTo === undefined ? [] : ['+loan.date <= :dateTo']),
  ];
  return `SELECT ${LOAN_COLUMNS}, (SELECT count(*) FROM payment
      WHERE loan_no = loan.no AND month <= :month AND made = 1 AND date <= :asOf AND ${live}) AS made_as_of
    FROM loan WHERE ${conditions.join(' AND ')} ORDER BY no`;
}

function paymentsStatement(asked: PaymentsAsked): string {
  const { knownAt, reversed, reference, loanId, kind, dateFrom, dateTo } = asked;
  const conditions = [
    'payment.date <= :asOf',
    ...knownConditions('payment', knownAt, reversed),
    ...(reference === undefined ? [] : ['loan.reference = :reference']),
    ...(loanId === undefined ? [] : ['loan.id = :loanId']),
    ...(kind === undefined ? [] : ['payment.made = :made']),
    ...(dateFrom === undefined ? [] : ['payment.date >= :dateFrom']),
    ...(dateTo === undefined ? [] : ['payment.date <= :dateTo']),
  ];
  // CROSS JOIN: for each loan its payments, and never the other way round.
  return `SELECT loan.id AS loan_id, loan.reference, loan.installment, ${prefixed(PAYMENT_COLUMNS, 'payment')}
    FROM loan CROSS JOIN payment ON payment.loan_no = loan.no WHERE ${conditions.join(' AND ')}
    ORDER BY loan.no, payment.month, payment.sequence`;
}

function changesStatement({ knownAt, dateFrom, dateTo, dueOnOrBefore }: ChangesAsked): string {
  const conditions = [
    'effective_on <= :asOf',
    // Changes that have taken one another back.
    `NOT (${IS_ZERO})`,
    ...(knownAt === undefined ? [] : ['recorded_on <= :knownAt']),
    ...(dateFrom === undefined ? [] : ['effective_on >= :dateFrom']),
    ...(dateTo === undefined ? [] : ['effective_on <= :dateTo']),
    ...(dueOnOrBefore === undefined ? [] : ['due_on <= :dueOnOrBefore']),
  ];
  return `SELECT recorded_on, effective_on, due_on, cause, ${SUM_COLUMNS.join(', ')} FROM book_change
    WHERE ${conditions.join(' AND ')} ORDER BY recorded_on, effective_on, due_on, cause`;
}

type ChangeRow = [
  recordedOn: bigint,
  effectiveOn: bigint,
  dueOn: bigint,
  cause: RecordedChange['cause'],
  ...sums: bigint[],
];

function changeOf([recordedOn, effectiveOn, dueOn, cause, ...sums]: ChangeRow): RecordedChange {
  return {
    recordedOn: Number(recordedOn),
    effectiveOn: Number(effectiveOn),
    dueOn: Number(dueOn),
    cause,
    ...sumsOf(sums),
  };
}

class SqliteSnapshot implements Snapshot {
  readonly #connection: Database.Database;
  readonly #file: string;

  constructor(connection: Database.Database, file: string) {
    this.#connection = connection;
    this.#file = file;
  }

  async rows(table: SnapshotTable): Promise<number> {
    return this.#reading(() =>
      this.#connection.prepare<[], number>(`SELECT count(*) FROM ${TABLES[table]}`).pluck().get(),
    ) as number;
  }

  loans(asked: LoansAsked): AsyncGenerator<LoanRecordAsOf[]> {
    const { asOf, knownAt } = asked;
    return this.#pages(
      loansStatement(asked),
      { ...asked, month: monthOf(asOf) } as unknown as Parameters,
      (row: LoanRow & { made_as_of: number }) => {
        const loan = loanOf(row);
        const reversed = reversedBy(loan.reversed, knownAt);
        return { loan: { ...loan, reversed }, paymentsMade: row.made_as_of, reversed: reversed !== null };
      },
    );
  }

  payments(asked: PaymentsAsked): AsyncGenerator<PaymentOfLoan[]> {
    const { knownAt, kind, loanId } = asked;
    // Of an id that is none there is no loan.
    const id = loanId === undefined ? undefined : (idBytes(loanId) ?? Buffer.alloc(0));
    type Row = PaymentRow & { loan_id: Buffer; reference: string | null; installment: number };
    return this.#pages(
      paymentsStatement(asked),
      { ...asked, loanId: id, made: kind === 'made' ? 1 : 0 } as unknown as Parameters,
      (row: Row) => {
        const payment = paymentOf(row, idText(row.loan_id));
        return {
          payment: { ...payment, reversed: reversedBy(payment.reversed, knownAt) },
          reference: row.reference,
          installmentCents: BigInt(row.installment),
        };
      },
    );
  }

  changes(asked: ChangesAsked): AsyncGenerator<RecordedChange[]> {
    const statement = changesStatement(asked);
    return this.#pages(statement, { ...asked } as unknown as Parameters, changeOf, true);
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  async *#pages<Row, Item>(
    sql: string,
    parameters: Parameters,
    itemOf: (row: Row) => Item,
    withBigints = false,
  ): AsyncGenerator<Item[]> {
    const statement = this.#connection.prepare<[Parameters], Row>(sql);
    if (withBigints) statement.safeIntegers().raw();
    const given = Object.entries(parameters).filter(([name]) => sql.includes(`:${name}`));
    const rows = this.#reading(() => statement.iterate(Object.fromEntries(given)));
    try {
      for (;;) {
        const page = this.#reading(() => {
          const items: Item[] = [];
          while (items.length < PAGE_ROWS) {
            const { done, value } = rows.next();
            if (done) break;
            items.push(itemOf(value));
          }
          return items;
        });
        if (page.length > 0) yield page;
        if (page.length < PAGE_ROWS) return;
      }
    } finally {
      rows.return?.();
    }
  }

  #reading<Answer>(read: () => Answer): Answer {
    try {
      return read();
    } catch (error) {
      throw asStoreUnavailable(error, this.#file);
    }
  }
}

/** Snapshots of a database file. */
export function sqliteSnapshots(file: string): Snapshots {
  return {
    async open() {
      requireCurrentSchema(file);
      const connection = openConnection(file, { create: false });
      try {
        connection.pragma(`cache_size = -${CACHE_KIB}`);
        connection.exec('BEGIN');
        // The snapshot is taken by the first read.
        connection.prepare('SELECT count(*) FROM bank').get();
        return new SqliteSnapshot(connection, file);
      } catch (error) {
        connection.close();
        throw asStoreUnavailable(error, file);
      }
    },
  };
}
