// Questions about single loans. Each is one statement, and so of one snapshot, or one read-only transaction.

import type pg from 'pg';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import { laneOfId } from '../lanes.ts';
import type { LoanAsOf, LoanRecord, LoanRecords, PaymentRecord } from '../store.ts';
import { TERMS_COLUMNS, type TermsRow, termsOf } from '../terms-row.ts';
import {
  isId,
  LOAN_COLUMNS,
  type LoanRow,
  loanOf,
  PAYMENT_COLUMNS,
  type PaymentRow,
  paymentOf,
  REVERSAL_COLUMNS,
  type ReversalRow,
  reversalOf,
} from './loan-rows.ts';
import { inSnapshot } from './postgres-snapshot.ts';

const LOAN = `SELECT ${LOAN_COLUMNS} FROM loan WHERE lane = $1 AND id = $2`;

const LOAN_AS_OF = `SELECT ${TERMS_COLUMNS}, reversed_on, (
    SELECT count(*)::integer FROM payment
    WHERE lane = $1 AND loan_id = $2 AND month <= $3 AND made AND reversal = 0 AND date <= $4) AS made_as_of
  FROM loan WHERE lane = $1 AND id = $2`;

const LOAN_AS_OF_KNOWN = `SELECT ${TERMS_COLUMNS}, reversed_on, (
    SELECT count(*)::integer FROM payment
    WHERE lane = $1 AND loan_id = $2 AND month <= $3 AND made AND date <= $4
      AND recorded_on <= $5 AND (reversed_on IS NULL OR reversed_on > $5)) AS made_as_of
  FROM loan WHERE lane = $1 AND id = $2 AND recorded_on <= $5`;

const PAYMENT = `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE lane = $1 AND id = $2`;
const PAYMENTS = `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE lane = $1 AND loan_id = $2 ORDER BY month, sequence`;
const REVERSALS = `SELECT ${REVERSAL_COLUMNS} FROM reversal WHERE lane = $1 AND loan_id = $2 ORDER BY sequence`;

interface LoanAsOfRow extends TermsRow {
  readonly reversed_on: number | null;
  readonly made_as_of: number;
}

export class PostgresQuestions {
  readonly #pool: pg.Pool;
  readonly #lanes: number;

  constructor(pool: pg.Pool, lanes: number) {
    this.#pool = pool;
    this.#lanes = lanes;
  }

  async loanById(id: string): Promise<LoanRecord | undefined> {
    if (!isId(id)) return undefined;
    const values = [laneOfId(id, this.#lanes), id];
    const { rows } = await this.#pool.query<LoanRow>({ name: 'loan', text: LOAN, values });
    return rows[0] && loanOf(rows[0]);
  }

  async loanAsOf(
    id: string,
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
  ): Promise<LoanAsOf | undefined> {
    if (!isId(id)) return undefined;
    const values = [laneOfId(id, this.#lanes), id, monthOf(asOf), asOf];
    const { rows } = await this.#pool.query<LoanAsOfRow>(
      knownAt === undefined
        ? { name: 'loan as of', text: LOAN_AS_OF, values }
        : { name: 'loan as of, known', text: LOAN_AS_OF_KNOWN, values: [...values, knownAt] },
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { reversed_on: on, made_as_of: paymentsMade } = row;
    const reversed = on !== null && (knownAt === undefined || on <= knownAt);
    return { terms: termsOf(row), paymentsMade, reversed };
  }

  async paymentById(id: string): Promise<{ loan: LoanRecord; payment: PaymentRecord } | undefined> {
    if (!isId(id)) return undefined;
    const lane = laneOfId(id, this.#lanes);
    return inSnapshot(this.#pool, async (client) => {
      const { rows } = await client.query<PaymentRow>({ name: 'payment', text: PAYMENT, values: [lane, id] });
      const [payment] = rows;
      if (payment === undefined) return undefined;
      const loans = await client.query<LoanRow>({
        name: 'loan',
        text: LOAN,
        values: [lane, payment.loan_id],
      });
      return { loan: loanOf(loans.rows[0] as LoanRow), payment: paymentOf(payment) };
    });
  }

  async loanRecords(id: string): Promise<LoanRecords | undefined> {
    if (!isId(id)) return undefined;
    const values = [laneOfId(id, this.#lanes), id];
    return inSnapshot(this.#pool, async (client) => {
      const [loans, payments, reversals] = await Promise.all([
        client.query<LoanRow>({ name: 'loan', text: LOAN, values }),
        client.query<PaymentRow>({ name: 'payments', text: PAYMENTS, values }),
        client.query<ReversalRow>({ name: 'reversals', text: REVERSALS, values }),
      ]);
      const [loan] = loans.rows;
      if (loan === undefined) return undefined;
      return {
        loan: loanOf(loan),
        payments: payments.rows.map(paymentOf),
        reversals: reversals.rows.map(reversalOf),
      };
    });
  }
}
