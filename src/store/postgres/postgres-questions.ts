// Questions about single loans. Each is one statement, and so of one snapshot, or one read-only transaction.

import type pg from 'pg';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import { EVERYTHING } from '../known-now.ts';
import { laneOfId } from '../lanes.ts';
import type { LoanAsOf, LoanRecord, LoanRecords, PaymentRecord } from '../store.ts';
import { TERMS_COLUMNS, type TermsRow, termsOf } from '../terms-row.ts';
import { GatheredQuestions } from './gathered-questions.ts';
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

// For many at once, each by one look into an index: what was planned for empty tables would read all of them.
const LOANS_AS_OF = `SELECT asked.place, ${TERMS_COLUMNS}, reversed_on, made_as_of
  FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::integer[], $5::integer[]) WITH ORDINALITY
      AS asked (lane, id, month, as_of, known_at, place),
    LATERAL (SELECT ${TERMS_COLUMNS}, reversed_on FROM loan
      WHERE lane = asked.lane AND id = asked.id AND recorded_on <= asked.known_at OFFSET 0) AS found,
    LATERAL (SELECT count(*)::integer AS made_as_of FROM payment
      WHERE lane = asked.lane AND loan_id = asked.id AND month <= asked.month AND made AND date <= asked.as_of
        AND recorded_on <= asked.known_at AND (reversed_on IS NULL OR reversed_on > asked.known_at) OFFSET 0) AS counted`;

/** How many such questions are under way at once, and for how many loans each. */
const ASKED_AT_ONCE = 2;
const LOANS_AT_ONCE = 256;

const PAYMENT = `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE lane = $1 AND id = $2`;
const PAYMENTS = `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE lane = $1 AND loan_id = $2 ORDER BY month, sequence`;
const REVERSALS = `SELECT ${REVERSAL_COLUMNS} FROM reversal WHERE lane = $1 AND loan_id = $2 ORDER BY sequence`;

interface LoanAsked {
  readonly id: string;
  readonly asOf: CalendarDate;
  readonly knownAt: CalendarDate;
}

interface LoanAsOfRow extends TermsRow {
  /** Among those that were asked for, from 1 on. */
  readonly place: number;
  readonly reversed_on: number | null;
  readonly made_as_of: number;
}

export class PostgresQuestions {
  readonly #pool: pg.Pool;
  readonly #lanes: number;
  readonly #loansAsOf: GatheredQuestions<LoanAsked, LoanAsOf | undefined>;

  constructor(pool: pg.Pool, lanes: number) {
    this.#pool = pool;
    this.#lanes = lanes;
    this.#loansAsOf = new GatheredQuestions((asked) => this.#askLoans(asked), ASKED_AT_ONCE, LOANS_AT_ONCE);
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
    return isId(id) ? this.#loansAsOf.ask({ id, asOf, knownAt: knownAt ?? EVERYTHING }) : undefined;
  }

  async #askLoans(asked: readonly LoanAsked[]): Promise<readonly (LoanAsOf | undefined)[]> {
    const { rows } = await this.#pool.query<LoanAsOfRow>({
      name: 'loans as of',
      text: LOANS_AS_OF,
      values: [
        asked.map(({ id }) => laneOfId(id, this.#lanes)),
        asked.map(({ id }) => id),
        asked.map(({ asOf }) => monthOf(asOf)),
        asked.map(({ asOf }) => asOf),
        asked.map(({ knownAt }) => knownAt),
      ],
    });
    const answers: (LoanAsOf | undefined)[] = Array.from({ length: asked.length });
    for (const row of rows) {
      const { place, reversed_on: reversedOn, made_as_of: paymentsMade } = row;
      const index = place - 1;
      const { knownAt } = asked[index] as LoanAsked;
      const reversed = reversedOn !== null && reversedOn <= knownAt;
      answers[index] = { terms: termsOf(row), paymentsMade, reversed };
    }
    return answers;
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
