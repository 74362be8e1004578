// The write transaction: everything of one batch, or nothing. Prepared statements by hand, because this is the hot
// path: Kysely's calls cost several times the insert itself (docs/decisions/0004-sql.md).

import type Database from 'better-sqlite3';
import { nextDueAfter } from '../../domain/balance.ts';
import { monthOf } from '../../domain/calendar-date.ts';
import type { Decided, LoanHistory, LoanKey, RecordId, WriteNeed, WriteState, Writes } from '../store.ts';
import { GRAINS, upsertSums } from './book-rows.ts';
import { idBytes, LOAN_COLUMNS, type LoanRow, loanOf, type MonthRow, monthRecordOf } from './loan-rows.ts';

/** A prepared write transaction on one connection. Synchronous: SQLite has one writer, and this is it. */
export class SqliteWrite {
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  readonly #bookDay;
  readonly #bookDayMove;
  readonly #loanById;
  readonly #loanByReference;
  readonly #monthsFrom;
  readonly #loanInsert;
  readonly #paymentInsert;
  readonly #paymentsMadeUpdate;
  readonly #grains;
  readonly #connection: Database.Database;

  constructor(connection: Database.Database) {
    this.#connection = connection;
    this.#begin = connection.prepare('BEGIN IMMEDIATE');
    this.#commit = connection.prepare('COMMIT');
    this.#rollback = connection.prepare('ROLLBACK');
    this.#bookDay = connection.prepare<[], number>('SELECT book_day FROM bank').pluck();
    this.#bookDayMove = connection.prepare<[number]>('UPDATE bank SET book_day = ?');
    this.#loanById = connection.prepare<[Buffer], LoanRow>(`SELECT ${LOAN_COLUMNS} FROM loan WHERE id = ?`);
    this.#loanByReference = connection.prepare<[string], LoanRow>(
      `SELECT ${LOAN_COLUMNS} FROM loan WHERE reference = ?`,
    );
    this.#monthsFrom = connection.prepare<[number, number], MonthRow>(
      'SELECT made, date, reversal FROM payment WHERE loan_no = ? AND month >= ? ORDER BY month, reversal',
    );
    this.#loanInsert = connection.prepare(
      `INSERT INTO loan (id, reference, amount, rate, term, date, installment, payments_made, next_due_on,
         recorded_at, recorded_on, request_id, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#paymentInsert = connection.prepare(
      `INSERT INTO payment (loan_no, month, reversal, id, made, date, recorded_at, recorded_on, request_id, recorded_by)
       VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#paymentsMadeUpdate = connection.prepare(
      'UPDATE loan SET payments_made = ?, next_due_on = ? WHERE no = ?',
    );
    this.#grains = GRAINS.map((grain) => ({
      grain,
      upsert: connection.prepare(upsertSums(grain.table, grain.keyColumns)),
    }));
  }

  /** Runs one batch and returns its result after the commit; on any error the batch has left nothing behind. */
  run<Result>(needs: readonly WriteNeed[], decide: (state: WriteState) => Decided<Result>): Result {
    this.#begin.run();
    try {
      const numbers = new Map<RecordId, number>();
      const bookDay = this.#bookDay.get() as number;
      const histories = needs.map((need) => this.#history(need, numbers));
      const { writes, result } = decide({ bookDay, histories });
      this.#write(writes, numbers, bookDay);
      this.#commit.run();
      return result;
    } catch (error) {
      // A full disk may have rolled the transaction back already.
      if (this.#connection.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  #loanRow(key: LoanKey): LoanRow | undefined {
    if (key.by === 'reference') return this.#loanByReference.get(key.reference);
    const bytes = idBytes(key.id);
    return bytes === undefined ? undefined : this.#loanById.get(bytes);
  }

  #history(need: WriteNeed, numbers: Map<RecordId, number>): LoanHistory | undefined {
    const row = this.#loanRow(need.loan);
    if (row === undefined) return undefined;
    const loan = loanOf(row);
    numbers.set(loan.id, row.no);
    const months = need.fromMonth === undefined ? [] : this.#monthsFrom.all(row.no, need.fromMonth);
    return {
      loan,
      terms: loan.terms,
      paymentsMade: loan.paymentsMade,
      records: months.map(monthRecordOf),
    };
  }

  #write(writes: Writes, numbers: Map<RecordId, number>, bookDay: number): void {
    const { recording } = writes;
    for (const { id, reference, terms, origin, paymentsMade } of writes.loans) {
      const { lastInsertRowid } = this.#loanInsert.run(
        idBytes(id),
        reference,
        terms.amountCents,
        terms.rate,
        terms.term,
        terms.date,
        terms.installmentCents,
        paymentsMade,
        nextDueAfter(terms, paymentsMade),
        recording.at,
        recording.on,
        origin.requestId,
        origin.recordedBy,
      );
      numbers.set(id, Number(lastInsertRowid));
    }
    for (const { id, loanId, kind, date, origin } of writes.payments) {
      this.#paymentInsert.run(
        numbers.get(loanId),
        monthOf(date),
        idBytes(id),
        kind === 'made' ? 1 : 0,
        date,
        recording.at,
        recording.on,
        origin.requestId,
        origin.recordedBy,
      );
    }
    for (const [id, { terms, paymentsMade }] of writes.paymentsMade) {
      this.#paymentsMadeUpdate.run(paymentsMade, nextDueAfter(terms, paymentsMade), numbers.get(id));
    }
    for (const { grain, upsert } of this.#grains) {
      for (const { key, sums } of grain.rowsOf(writes.changes, recording.on)) upsert.run(...key, ...sums);
    }
    if (recording.on > bookDay) this.#bookDayMove.run(recording.on);
  }
}
