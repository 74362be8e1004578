// Pages of loans. A list has one of three orders, each with an index in every lane that its filter makes good use of;
// a page is the first of what the lanes' own pages hold together. A cursor is the place of the last loan in that order.
// Ids ascend in time, so they stand for the order in which loans were recorded.

import type pg from 'pg';
import type { LoanFilter, LoanPage } from '../store.ts';
import { isId, LOAN_COLUMNS, type LoanRow, loanOf } from './loan-rows.ts';

type Order = 'id' | 'date' | 'next_due_on';

/** The place after which a page begins: the ordering column's value (0 when that is `id`) and the loan's id. */
interface Place {
  readonly value: number;
  readonly id: string;
}

const STATUS_CONDITIONS = {
  active: 'next_due_on IS NOT NULL',
  paid_off: 'next_due_on IS NULL AND reversed_on IS NULL',
  reversed: 'reversed_on IS NOT NULL',
} as const;

/** By the table's own key: one look a loan. */
function withoutRecord(month: string): string {
  return `NOT EXISTS (SELECT 1 FROM payment
    WHERE payment.lane = loan.lane AND loan_id = loan.id AND month = ${month} AND reversal = 0)`;
}

function orderOf(filter: LoanFilter): Order {
  if (filter.dueOnOrAfter !== undefined || filter.dueOnOrBefore !== undefined) return 'next_due_on';
  return filter.dateFrom !== undefined || filter.dateTo !== undefined ? 'date' : 'id';
}

function cursorOf(order: Order, row: LoanRow): string {
  const value = order === 'id' ? 0 : row[order];
  return Buffer.from(JSON.stringify([order, value, row.id])).toString('base64url');
}

function placeOf(cursor: string, order: Order): Place | undefined {
  try {
    const [name, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (name !== order || !Number.isSafeInteger(value) || typeof id !== 'string' || !isId(id)) {
      return undefined;
    }
    return { value: value as number, id };
  } catch {
    return undefined;
  }
}

export class PostgresLoanList {
  readonly #pool: pg.Pool;
  readonly #lanes: number;

  constructor(pool: pg.Pool, lanes: number) {
    this.#pool = pool;
    this.#lanes = lanes;
  }

  async page(filter: LoanFilter, after: string | null, limit: number): Promise<LoanPage | undefined> {
    const order = orderOf(filter);
    const place = after === null ? null : placeOf(after, order);
    if (place === undefined) return undefined;

    const values: unknown[] = [this.#lanes - 1, limit + 1];
    const given = (value: unknown): string => `$${values.push(value)}`;
    const conditions: string[] = [];
    if (filter.reference !== undefined) conditions.push(`reference = ${given(filter.reference)}`);
    if (filter.status !== undefined) conditions.push(STATUS_CONDITIONS[filter.status]);
    if (filter.dateFrom !== undefined) conditions.push(`date >= ${given(filter.dateFrom)}`);
    if (filter.dateTo !== undefined) conditions.push(`date <= ${given(filter.dateTo)}`);
    if (filter.dueOnOrAfter !== undefined) conditions.push(`next_due_on >= ${given(filter.dueOnOrAfter)}`);
    if (filter.dueOnOrBefore !== undefined) conditions.push(`next_due_on <= ${given(filter.dueOnOrBefore)}`);
    if (filter.withoutRecordIn !== undefined) conditions.push(withoutRecord(given(filter.withoutRecordIn)));
    if (place !== null) {
      conditions.push(
        order === 'id'
          ? `id > ${given(place.id)}`
          : `(${order}, id) > (${given(place.value)}::integer, ${given(place.id)}::uuid)`,
      );
    }
    const where = ['loan.lane = lanes.lane', ...conditions].join(' AND ');
    const by = order === 'id' ? 'id' : `${order}, id`;
    const { rows } = await this.#pool.query<LoanRow>(
      `SELECT loan.* FROM generate_series(0, $1) AS lanes (lane) CROSS JOIN LATERAL (
         SELECT ${LOAN_COLUMNS} FROM loan WHERE ${where} ORDER BY ${by} LIMIT $2) AS loan
       ORDER BY ${by} LIMIT $2`,
      values,
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? (shown.at(-1) as LoanRow) : undefined;
    return { loans: shown.map(loanOf), next: last === undefined ? null : cursorOf(order, last) };
  }
}
