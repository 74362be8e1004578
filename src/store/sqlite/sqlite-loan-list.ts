// Pages of loans. A list has one of three orders, each with an index that its filter makes good use of; a cursor is
// the place of the last loan in that order, so that loans issued meanwhile neither repeat nor hide any.

import type Database from 'better-sqlite3';
import type { LoanFilter, LoanPage } from '../store.ts';
import { LOAN_COLUMNS, type LoanRow, loanOf } from './loan-rows.ts';

type Order = 'no' | 'date' | 'next_due_on';

/** The place after which a page begins: the ordering column's value (absent when that is `no`) and the loan's `no`. */
interface Place {
  readonly order: Order;
  readonly value: number;
  readonly no: number;
}

const STATUS_CONDITIONS = {
  active: 'next_due_on IS NOT NULL',
  paid_off: 'next_due_on IS NULL AND reversed_on IS NULL',
  reversed: 'reversed_on IS NOT NULL',
} as const;

/** By the table's own key: one look a loan. */
const WITHOUT_RECORD = `NOT EXISTS (
  SELECT 1 FROM payment WHERE loan_no = loan.no AND month = :withoutRecordIn AND reversal = 0)`;

function orderOf(filter: LoanFilter): Order {
  if (filter.dueOnOrAfter !== undefined || filter.dueOnOrBefore !== undefined) return 'next_due_on';
  return filter.dateFrom !== undefined || filter.dateTo !== undefined ? 'date' : 'no';
}

function cursorOf(order: Order, row: LoanRow): string {
  const place: Place = { order, value: row[order] ?? 0, no: row.no };
  return Buffer.from(JSON.stringify([place.order, place.value, place.no])).toString('base64url');
}

function placeOf(cursor: string, order: Order): Place | undefined {
  try {
    const [name, value, no] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (name !== order || !Number.isSafeInteger(value) || !Number.isSafeInteger(no)) return undefined;
    return { order, value: value as number, no: no as number };
  } catch {
    return undefined;
  }
}

export class SqliteLoanList {
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, Database.Statement<[Record<string, unknown>], LoanRow>>();

  constructor(connection: Database.Database) {
    this.#connection = connection;
  }

  page(filter: LoanFilter, after: string | null, limit: number): LoanPage | undefined {
    const order = orderOf(filter);
    const place = after === null ? null : placeOf(after, order);
    if (place === undefined) return undefined;

    const conditions: string[] = [];
    if (filter.reference !== undefined) conditions.push('reference = :reference');
    if (filter.status !== undefined) conditions.push(STATUS_CONDITIONS[filter.status]);
    if (filter.dateFrom !== undefined) conditions.push('date >= :dateFrom');
    if (filter.dateTo !== undefined) conditions.push('date <= :dateTo');
    if (filter.dueOnOrAfter !== undefined) conditions.push('next_due_on >= :dueOnOrAfter');
    if (filter.dueOnOrBefore !== undefined) conditions.push('next_due_on <= :dueOnOrBefore');
    if (filter.withoutRecordIn !== undefined) conditions.push(WITHOUT_RECORD);
    if (place !== null) conditions.push(order === 'no' ? 'no > :no' : `(${order}, no) > (:value, :no)`);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const by = order === 'no' ? 'no' : `${order}, no`;
    const statement = this.#prepared(`SELECT ${LOAN_COLUMNS} FROM loan ${where} ORDER BY ${by} LIMIT :limit`);

    const rows = statement.all({ ...filter, value: place?.value, no: place?.no, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? (shown.at(-1) as LoanRow) : undefined;
    return { loans: shown.map(loanOf), next: last === undefined ? null : cursorOf(order, last) };
  }

  #prepared(sql: string): Database.Statement<[Record<string, unknown>], LoanRow> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare<[Record<string, unknown>], LoanRow>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
