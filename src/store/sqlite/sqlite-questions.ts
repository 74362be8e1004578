// Questions about single loans. Each is one statement or runs in one read transaction, so that its answer is of one snapshot.

import type Database from 'better-sqlite3';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import type { Bank, LoanAsOf, LoanRecord, LoanRecords, PaymentRecord } from '../store.ts';
import { TERMS_COLUMNS, type TermsRow, termsOf } from '../terms-row.ts';
import {
  idBytes,
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

/** In a question about its loan. */
const PAYMENTS_MADE = `SELECT count(*) FROM payment
  WHERE loan_no = loan.no AND month <= :month AND made = 1 AND reversal = 0 AND date <= :asOf`;

const PAYMENTS_MADE_KNOWN = `SELECT count(*) FROM payment
  WHERE loan_no = loan.no AND month <= :month AND made = 1 AND date <= :asOf
    AND recorded_on <= :knownAt AND (reversed_on IS NULL OR reversed_on > :knownAt)`;

interface MadeAsOf {
  readonly id: Buffer;
  readonly month: number;
  readonly asOf: number;
}

interface LoanAsOfRow extends TermsRow {
  readonly recorded_on: number;
  readonly reversed_on: number | null;
  readonly made_as_of: number;
}

function asOfStatement(paymentsMade: string): string {
  return `SELECT ${TERMS_COLUMNS}, recorded_on, reversed_on, (${paymentsMade}) AS made_as_of
    FROM loan WHERE id = :id`;
}

/** Prepared questions about loans on one connection. */
export class SqliteQuestions {
  readonly #snapshot: <Answer>(question: () => Answer) => Answer;
  readonly #loanById;
  readonly #loanByNo;
  readonly #paymentById;
  readonly #loanAsOf;
  readonly #loanAsOfKnown;
  readonly #payments;
  readonly #reversals;

  constructor(connection: Database.Database) {
    const transaction = connection.transaction((question: () => unknown) => question());
    this.#snapshot = transaction as <Answer>(question: () => Answer) => Answer;
    this.#loanById = connection.prepare<[Buffer], LoanRow>(`SELECT ${LOAN_COLUMNS} FROM loan WHERE id = ?`);
    this.#loanByNo = connection.prepare<[number], LoanRow>(`SELECT ${LOAN_COLUMNS} FROM loan WHERE no = ?`);
    this.#paymentById = connection.prepare<[Buffer], PaymentRow & { loan_no: number }>(
      `SELECT loan_no, ${PAYMENT_COLUMNS} FROM payment WHERE id = ?`,
    );
    this.#loanAsOf = connection.prepare<[MadeAsOf], LoanAsOfRow>(asOfStatement(PAYMENTS_MADE));
    this.#loanAsOfKnown = connection.prepare<[MadeAsOf & { knownAt: number }], LoanAsOfRow>(
      asOfStatement(PAYMENTS_MADE_KNOWN),
    );
    this.#payments = connection.prepare<[number], PaymentRow>(
      `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE loan_no = ? ORDER BY month, sequence`,
    );
    this.#reversals = connection.prepare<[number], ReversalRow>(
      `SELECT ${REVERSAL_COLUMNS} FROM reversal WHERE loan_no = ? ORDER BY sequence`,
    );
  }

  loanById(id: string): LoanRecord | undefined {
    const row = this.#loanRow(id);
    return row === undefined ? undefined : loanOf(row);
  }

  loanAsOf(id: string, asOf: CalendarDate, knownAt: CalendarDate | undefined): LoanAsOf | undefined {
    const bytes = idBytes(id);
    if (bytes === undefined) return undefined;
    const made = { id: bytes, month: monthOf(asOf), asOf };
    const row =
      knownAt === undefined ? this.#loanAsOf.get(made) : this.#loanAsOfKnown.get({ ...made, knownAt });
    if (row === undefined || (knownAt !== undefined && row.recorded_on > knownAt)) return undefined;
    const { reversed_on: on } = row;
    return {
      terms: termsOf(row),
      paymentsMade: row.made_as_of,
      reversed: on !== null && (knownAt === undefined || on <= knownAt),
    };
  }

  paymentById(id: string): { loan: LoanRecord; payment: PaymentRecord } | undefined {
    return this.#snapshot(() => {
      const bytes = idBytes(id);
      const row = bytes === undefined ? undefined : this.#paymentById.get(bytes);
      const loanRow = row === undefined ? undefined : this.#loanByNo.get(row.loan_no);
      if (row === undefined || loanRow === undefined) return undefined;
      const loan = loanOf(loanRow);
      return { loan, payment: paymentOf(row, loan.id) };
    });
  }

  loanRecords(id: string): LoanRecords | undefined {
    return this.#snapshot(() => {
      const row = this.#loanRow(id);
      if (row === undefined) return undefined;
      return {
        loan: loanOf(row),
        payments: this.#payments.all(row.no).map((payment) => paymentOf(payment, id)),
        reversals: this.#reversals.all(row.no).map((reversal) => reversalOf(reversal, id)),
      };
    });
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
