// The write transaction: everything of one batch, or nothing. Prepared statements by hand, because this is the hot
// path: Kysely's calls cost several times the insert itself (docs/decisions/0004-sql.md).

import type Database from 'better-sqlite3';
import { nextDueAfter } from '../../domain/balance.ts';
import { monthOf } from '../../domain/calendar-date.ts';
import { BOOK_KEY } from '../book-key.ts';
import type {
  AnswerKey,
  Decided,
  HistoryNeed,
  KeptAnswer,
  LoanHistory,
  LoanKey,
  RecordId,
  WriteNeeds,
  WriteState,
  Writes,
} from '../store.ts';
import { SUM_COLUMNS, sumValues, upsertSums } from './book-rows.ts';
import {
  hashBytes,
  idBytes,
  LOAN_COLUMNS,
  type LoanRow,
  loanOf,
  MONTH_COLUMNS,
  type MonthRow,
  monthRecordOf,
} from './loan-rows.ts';
import { SqliteImportStep } from './sqlite-import-step.ts';

interface AnswerRow {
  readonly fingerprint: string;
  readonly outcome: string;
  readonly request_id: string;
  readonly recorded_at: number;
}

interface PaymentPlace {
  readonly loan_no: number;
  readonly month: number;
}

/** Expired answers that each new one takes along. */
const ANSWERS_DROPPED = 2;

/** How many changes the log keeps at least, for readers of the book who lag behind, and how often it is cut to that. */
const LOG_KEPT = 50_000;
const LOG_CUT_EVERY = 10_000;

function statements(connection: Database.Database) {
  return {
    begin: connection.prepare('BEGIN IMMEDIATE'),
    commit: connection.prepare('COMMIT'),
    rollback: connection.prepare('ROLLBACK'),
    bookDay: connection.prepare<[], number>('SELECT book_day FROM bank').pluck(),
    bookDayMove: connection.prepare<[number]>('UPDATE bank SET book_day = ?'),
    loanById: connection.prepare<[Buffer], LoanRow>(`SELECT ${LOAN_COLUMNS} FROM loan WHERE id = ?`),
    loanByNo: connection.prepare<[number], LoanRow>(`SELECT ${LOAN_COLUMNS} FROM loan WHERE no = ?`),
    loanByReference: connection.prepare<[string], LoanRow>(
      `SELECT ${LOAN_COLUMNS} FROM loan WHERE reference = ?`,
    ),
    paymentPlace: connection.prepare<[Buffer], PaymentPlace>(
      'SELECT loan_no, month FROM payment WHERE id = ?',
    ),
    monthsFrom: connection.prepare<[number, number], MonthRow>(
      `SELECT ${MONTH_COLUMNS} FROM payment WHERE loan_no = ? AND month >= ? ORDER BY month, reversal`,
    ),
    answer: connection.prepare<[string, string], AnswerRow>(
      'SELECT fingerprint, outcome, request_id, recorded_at FROM kept_answer WHERE owner = ? AND key = ?',
    ),
    loanInsert: connection.prepare(
      `INSERT INTO loan (id, reference, amount, rate, term, date, installment, payments_made, next_due_on,
         record_count, recorded_at, recorded_on, request_id, recorded_by, hash, head)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 1, ?, ?, ?, ?, ?, ?)`,
    ),
    loanStateUpdate: connection.prepare(
      `UPDATE loan SET payments_made = ?, next_due_on = ?, record_count = ?, reversed_at = ?, reversed_on = ?, head = ?
       WHERE no = ?`,
    ),
    paymentInsert: connection.prepare(
      `INSERT INTO payment (loan_no, month, reversal, id, sequence, made, date,
         recorded_at, recorded_on, request_id, recorded_by, hash)
       VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    // A reversed record leaves its month's place 0 for the next free one.
    paymentReverse: connection.prepare(
      `UPDATE payment SET reversed_at = ?, reversed_on = ?, reversal = 1 + (
         SELECT max(other.reversal) FROM payment other
         WHERE other.loan_no = payment.loan_no AND other.month = payment.month)
       WHERE id = ? AND reversal = 0`,
    ),
    reversalInsert: connection.prepare(
      `INSERT INTO reversal (loan_no, sequence, id, payment_id, reason,
         recorded_at, recorded_on, request_id, recorded_by, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    answerInsert: connection.prepare(
      `INSERT INTO kept_answer (owner, key, fingerprint, outcome, request_id, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (owner, key) DO UPDATE SET fingerprint = excluded.fingerprint, outcome = excluded.outcome,
         request_id = excluded.request_id, recorded_at = excluded.recorded_at`,
    ),
    answersDrop: connection.prepare(
      `DELETE FROM kept_answer WHERE (owner, key) IN
         (SELECT owner, key FROM kept_answer WHERE recorded_at < ? ORDER BY recorded_at LIMIT ?)`,
    ),
    changeAdd: connection.prepare(upsertSums('book_change', BOOK_KEY)),
    changeLog: connection.prepare(
      `INSERT INTO book_log (recorded_on, effective_on, due_on, ${SUM_COLUMNS.join(', ')})
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    logCut: connection.prepare<[number]>('DELETE FROM book_log WHERE no <= ?'),
  };
}

/** A prepared write transaction on one connection. Synchronous: SQLite has one writer, and this is it. */
export class SqliteWrite {
  readonly #connection: Database.Database;
  readonly #sql: ReturnType<typeof statements>;
  readonly #imports: SqliteImportStep;

  constructor(connection: Database.Database) {
    this.#connection = connection;
    this.#sql = statements(connection);
    this.#imports = new SqliteImportStep(connection);
  }

  /** Runs one batch and returns its result after the commit; on any error the batch has left nothing behind. */
  run<Result>(needs: WriteNeeds, decide: (state: WriteState) => Decided<Result>): Result {
    this.#sql.begin.run();
    try {
      const numbers = new Map<RecordId, number>();
      if (needs.importPlace !== undefined) this.#imports.require(needs.importPlace);
      const bookDay = this.#sql.bookDay.get() as number;
      const histories = needs.histories.map((need) => this.#history(need, numbers));
      const answers = needs.answers.map((key) => this.#answer(key));
      const { writes, result } = decide({ bookDay, histories, answers });
      this.#write(writes, numbers);
      if (writes.importStep !== undefined) this.#imports.write(writes.importStep);
      if (writes.bookDay > bookDay) this.#sql.bookDayMove.run(writes.bookDay);
      this.#sql.commit.run();
      return result;
    } catch (error) {
      // A full disk may have rolled the transaction back already.
      if (this.#connection.inTransaction) this.#sql.rollback.run();
      throw error;
    }
  }

  #find(key: LoanKey): { row: LoanRow; month: number | undefined } | undefined {
    let row: LoanRow | undefined;
    let month: number | undefined;
    if (key.by === 'reference') row = this.#sql.loanByReference.get(key.reference);
    else {
      const bytes = idBytes(key.by === 'id' ? key.id : key.paymentId);
      if (bytes === undefined) return undefined;
      if (key.by === 'id') row = this.#sql.loanById.get(bytes);
      else {
        const place = this.#sql.paymentPlace.get(bytes);
        month = place?.month;
        if (place !== undefined) row = this.#sql.loanByNo.get(place.loan_no);
      }
    }
    return row === undefined ? undefined : { row, month };
  }

  #history(need: HistoryNeed, numbers: Map<RecordId, number>): LoanHistory | undefined {
    const found = this.#find(need.loan);
    if (found === undefined) return undefined;
    const { row, month } = found;
    const loan = loanOf(row);
    numbers.set(loan.id, row.no);
    const from = month === undefined ? need.fromMonth : Math.min(month, need.fromMonth ?? month);
    const months = from === undefined ? [] : this.#sql.monthsFrom.all(row.no, from);
    return {
      loan,
      terms: loan.terms,
      paymentsMade: loan.paymentsMade,
      reversed: loan.reversed !== null,
      records: months.map(monthRecordOf),
    };
  }

  #answer({ owner, key }: AnswerKey): KeptAnswer | undefined {
    const row = this.#sql.answer.get(owner, key);
    if (row === undefined) return undefined;
    const { fingerprint, outcome, request_id: requestId, recorded_at: recordedAt } = row;
    return { owner, key, fingerprint, outcome, requestId, recordedAt };
  }

  #write(writes: Writes, numbers: Map<RecordId, number>): void {
    const { recording } = writes;
    for (const { id, reference, terms, origin, hash, head } of writes.loans) {
      const { lastInsertRowid } = this.#sql.loanInsert.run(
        idBytes(id),
        reference,
        terms.amountCents,
        terms.rate,
        terms.term,
        terms.date,
        terms.installmentCents,
        nextDueAfter(terms, 0),
        recording.at,
        recording.on,
        origin.requestId,
        origin.recordedBy,
        hashBytes(hash),
        hashBytes(head),
      );
      numbers.set(id, Number(lastInsertRowid));
    }
    this.#writeReversals(writes, numbers);
    this.#writePayments(writes, numbers);
    for (const [id, { terms, state }] of writes.states) {
      this.#sql.loanStateUpdate.run(
        state.paymentsMade,
        state.reversed === null ? nextDueAfter(terms, state.paymentsMade) : null,
        state.recordCount,
        state.reversed?.at ?? null,
        state.reversed?.on ?? null,
        hashBytes(state.head),
        numbers.get(id),
      );
    }
    this.#writeChanges(writes);
    this.#writeAnswers(writes);
  }

  #writeChanges({ changes, recording }: Writes): void {
    let last = 0;
    for (const { effectiveOn, dueOn, cause, ...sums } of changes) {
      const values = sumValues(sums);
      this.#sql.changeAdd.run(recording.on, effectiveOn, dueOn, cause, ...values);
      last = Number(this.#sql.changeLog.run(recording.on, effectiveOn, dueOn, ...values).lastInsertRowid);
    }
    const isCut = Math.floor(last / LOG_CUT_EVERY) > Math.floor((last - changes.length) / LOG_CUT_EVERY);
    if (changes.length > 0 && isCut) this.#sql.logCut.run(last - LOG_KEPT);
  }

  /** Before the payments: one of them may take the month that a reversal frees. */
  #writeReversals({ reversals, recording }: Writes, numbers: Map<RecordId, number>): void {
    for (const { id, loanId, sequence, paymentId, reason, origin, hash } of reversals) {
      if (paymentId !== null) {
        const { changes } = this.#sql.paymentReverse.run(recording.at, recording.on, idBytes(paymentId));
        if (changes !== 1) throw new Error('a reversed payment was not live');
      }
      this.#sql.reversalInsert.run(
        numbers.get(loanId),
        sequence,
        idBytes(id),
        paymentId === null ? null : idBytes(paymentId),
        reason,
        recording.at,
        recording.on,
        origin.requestId,
        origin.recordedBy,
        hashBytes(hash),
      );
    }
  }

  #writePayments({ payments, recording }: Writes, numbers: Map<RecordId, number>): void {
    for (const { id, loanId, sequence, kind, date, origin, hash } of payments) {
      this.#sql.paymentInsert.run(
        numbers.get(loanId),
        monthOf(date),
        idBytes(id),
        sequence,
        kind === 'made' ? 1 : 0,
        date,
        recording.at,
        recording.on,
        origin.requestId,
        origin.recordedBy,
        hashBytes(hash),
      );
    }
  }

  #writeAnswers({ answers, answersExpireBefore }: Writes): void {
    for (const { owner, key, fingerprint, outcome, requestId, recordedAt } of answers) {
      this.#sql.answerInsert.run(owner, key, fingerprint, outcome, requestId, recordedAt);
    }
    if (answers.length > 0) this.#sql.answersDrop.run(answersExpireBefore, answers.length * ANSWERS_DROPPED);
  }
}
