// What a dry run has accepted so far, so that it says of each row what a real import would: a reference that an earlier
// row takes, a month that one has paid. It stands in a file that SQLite removes by itself, so that memory stays bounded
// however long the run; it belongs to one process and is lost with it.

import Database from 'better-sqlite3';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { monthOf } from '../domain/calendar-date.ts';
import type { PaymentKind } from '../domain/payment.ts';
import type { Trial } from '../ledger/execute-import.ts';
import type { HistoryNeed, LoanHistory, LoanRecord, Writes } from '../store/store.ts';

const CACHE_KIB = 16 * 1024;

const TABLES = `
  CREATE TABLE loan (reference TEXT PRIMARY KEY, amount INTEGER, rate INTEGER, term INTEGER, date INTEGER,
    installment INTEGER) WITHOUT ROWID;
  CREATE TABLE payment (loan TEXT, date INTEGER, kind TEXT, PRIMARY KEY (loan, date)) WITHOUT ROWID`;

interface LoanRow {
  readonly amount: number;
  readonly rate: number;
  readonly term: number;
  readonly date: CalendarDate;
  readonly installment: number;
}

interface PaymentRow {
  readonly date: CalendarDate;
  readonly kind: PaymentKind;
}

function statements(database: Database.Database) {
  return {
    loan: database.prepare<[string], LoanRow>('SELECT * FROM loan WHERE reference = ?'),
    payments: database.prepare<[string], PaymentRow>(
      'SELECT date, kind FROM payment WHERE loan = ? ORDER BY date',
    ),
    loanInsert: database.prepare('INSERT INTO loan VALUES (?, ?, ?, ?, ?, ?)'),
    paymentInsert: database.prepare('INSERT INTO payment VALUES (?, ?, ?)'),
  };
}

export class TrialBook implements Trial {
  readonly #database = new Database('');
  readonly #sql: ReturnType<typeof statements>;

  constructor() {
    this.#database.pragma('journal_mode = OFF');
    this.#database.pragma('synchronous = OFF');
    this.#database.pragma(`cache_size = -${CACHE_KIB}`);
    this.#database.exec(TABLES);
    this.#sql = statements(this.#database);
  }

  overlaid(
    needs: readonly HistoryNeed[],
    histories: readonly (LoanHistory | undefined)[],
  ): (LoanHistory | undefined)[] {
    return needs.map((need, index) => {
      const history = histories[index];
      if (history !== undefined)
        return need.fromMonth === undefined ? history : this.#withPayments(history, need);
      return need.loan.by === 'reference' ? this.#loan(need.loan.reference) : undefined;
    });
  }

  accept({ loans, payments }: Writes): void {
    this.#database.transaction(() => {
      for (const { reference, terms } of loans) {
        const { amountCents, rate, term, date, installmentCents } = terms;
        this.#sql.loanInsert.run(reference, amountCents, rate, term, date, installmentCents);
      }
      for (const { loanId, date, kind } of payments) this.#sql.paymentInsert.run(loanId, date, kind);
    })();
  }

  close(): void {
    this.#database.close();
  }

  #withPayments(history: LoanHistory, { fromMonth = 0 }: HistoryNeed): LoanHistory {
    const tried = this.#sql.payments.all(history.loan.id);
    if (tried.length === 0) return history;
    const records = tried
      .filter(({ date }) => monthOf(date) >= fromMonth)
      .map(({ date, kind }) => ({ id: `trial ${date}`, date, kind, reversed: false }));
    return {
      ...history,
      paymentsMade: history.paymentsMade + tried.filter(({ kind }) => kind === 'made').length,
      records: [...history.records, ...records],
    };
  }

  #loan(reference: string): LoanHistory | undefined {
    const row = this.#sql.loan.get(reference);
    if (row === undefined) return undefined;
    const { term, date } = row;
    const terms = {
      ...{ amountCents: BigInt(row.amount), rate: BigInt(row.rate), term, date },
      installmentCents: BigInt(row.installment),
    };
    const recording = { at: 0, on: 0 };
    const loan: LoanRecord = {
      ...{ id: `trial ${reference}`, reference, terms, recording, hash: '', head: '' },
      ...{ origin: { requestId: '', recordedBy: '' }, paymentsMade: 0, recordCount: 1, reversed: null },
    };
    return { loan, terms, paymentsMade: 0, reversed: false, records: [] };
  }
}
