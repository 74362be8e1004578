// The write transaction: everything of one batch, or nothing, in two round trips whatever its size. The first locks and
// loads, the second writes and commits; rows travel as arrays, one a column.
//
// Isolation is READ COMMITTED, where each statement sees what was committed before it began: so what the locks protect
// is read by later statements than those that lock.

import type pg from 'pg';
import { nextDueAfter } from '../../domain/balance.ts';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import type { MonthRecord } from '../../domain/payment.ts';
import type {
  Decided,
  HistoryNeed,
  KeptAnswer,
  LoanHistory,
  LoanKey,
  LoanRecord,
  RecordId,
  WriteNeeds,
  WriteState,
  Writes,
} from '../store.ts';
import {
  hashBytes,
  isId,
  LOAN_COLUMNS,
  type LoanRow,
  loanOf,
  type MonthRow,
  monthRecordOf,
} from './loan-rows.ts';
import { together } from './postgres-connection.ts';
import { importStatements, lockImport, requireImport } from './postgres-import-step.ts';

/** Expired answers that each new one takes along. */
const ANSWERS_DROPPED = 2;

/** Later than any month. */
const NO_MONTH = 1_000_000;

// A writer holds the book day against being moved by a question; the question's own write waits for all writers.
const HOLD_BOOK_DAY = 'LOCK TABLE bank IN ROW EXCLUSIVE MODE';
const AWAIT_WRITERS = 'LOCK TABLE bank IN EXCLUSIVE MODE';

// In the order of their ids, so that two batches never wait for one another in a circle. The ids are gathered before, as one
// array: where PostgreSQL has waited for a loan it runs the statement once more on that loan alone, and a join with what names
// the loans may then lose it (a Memoize node does so in PostgreSQL 15 and 18).
const LOCK_LOANS = `SELECT ${LOAN_COLUMNS} FROM loan WHERE lane = $1 AND id = ANY (ARRAY (
    SELECT unnest($2::uuid[])
    UNION ALL SELECT id FROM loan WHERE lane = $1 AND reference = ANY($3::text[])
    UNION ALL SELECT loan_id FROM payment WHERE lane = $1 AND id = ANY($4::uuid[])))
  ORDER BY id FOR NO KEY UPDATE`;

const LOOK_UP_LOANS = `SELECT ${LOAN_COLUMNS} FROM loan WHERE lane = $1 AND reference = ANY($2::text[])`;

// OFFSET 0 keeps each of these from being joined in another way than key by key: the server may not have counted the tables
// yet, and would then read all of a lane for one loan.
const MONTHS = `SELECT need.loan_id, record.id, made, date, reversal FROM (
    SELECT loan_id, min(from_month) AS from_month FROM (
      SELECT * FROM unnest($2::uuid[], $3::integer[]) AS by_id (loan_id, from_month)
      UNION ALL
      SELECT named.loan_id, from_month FROM unnest($4::text[], $5::integer[]) AS by_reference (reference, from_month),
        LATERAL (SELECT id AS loan_id FROM loan
          WHERE lane = $1 AND loan.reference = by_reference.reference OFFSET 0) AS named
      UNION ALL
      SELECT named.loan_id, least(month, from_month) FROM unnest($6::uuid[], $7::integer[]) AS by_payment (id, from_month),
        LATERAL (SELECT loan_id, month FROM payment
          WHERE lane = $1 AND payment.id = by_payment.id OFFSET 0) AS named) AS need
    GROUP BY loan_id) AS need,
    LATERAL (SELECT id, made, date, month, reversal FROM payment
      WHERE lane = $1 AND payment.loan_id = need.loan_id AND month >= need.from_month OFFSET 0) AS record
  ORDER BY need.loan_id, month, reversal`;

const LOANS_OF_PAYMENTS = 'SELECT id, loan_id FROM payment WHERE lane = $1 AND id = ANY($2::uuid[])';

const ANSWERS = `SELECT owner, key, fingerprint, outcome, request_id, recorded_at
  FROM unnest($2::text[], $3::text[]) AS need (owner, key) JOIN kept_answer USING (owner, key) WHERE lane = $1`;

const BOOK_DAY = 'SELECT book_day, pg_current_xact_id()::text AS transaction FROM bank';

// A reversed record leaves its month's place 0 for the next free one.
const REVERSE_PAYMENTS = `UPDATE payment SET reversed_at = $3, reversed_on = $4, reversal = 1 + (
    SELECT max(other.reversal) FROM payment other
    WHERE other.lane = payment.lane AND other.loan_id = payment.loan_id AND other.month = payment.month)
  WHERE lane = $1 AND id = ANY($2::uuid[]) AND reversal = 0`;

const INSERT_REVERSALS = `INSERT INTO reversal
    (lane, recorded_at, recorded_on, loan_id, sequence, id, payment_id, reason, request_id, recorded_by, hash)
  SELECT $1, $2, $3, * FROM unnest($4::uuid[], $5::integer[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[],
    $11::bytea[])`;

const INSERT_LOANS = `INSERT INTO loan (lane, recorded_at, recorded_on, payments_made, record_count,
    id, reference, amount, rate, term, date, installment, next_due_on, request_id, recorded_by, hash, head)
  SELECT $1, $2, $3, 0, 1, * FROM unnest($4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::integer[],
    $9::integer[], $10::bigint[], $11::integer[], $12::text[], $13::text[], $14::bytea[], $15::bytea[])`;

const INSERT_PAYMENTS = `INSERT INTO payment (lane, recorded_at, recorded_on, reversal,
    loan_id, month, id, sequence, made, date, request_id, recorded_by, hash)
  SELECT $1, $2, $3, 0, * FROM unnest($4::uuid[], $5::integer[], $6::uuid[], $7::integer[], $8::boolean[],
    $9::integer[], $10::text[], $11::text[], $12::bytea[])`;

const UPDATE_LOANS = `UPDATE loan SET payments_made = state.payments_made, next_due_on = state.next_due_on,
    record_count = state.record_count, reversed_at = state.reversed_at, reversed_on = state.reversed_on,
    head = state.head
  FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::bigint[], $7::integer[], $8::bytea[])
    AS state (id, payments_made, next_due_on, record_count, reversed_at, reversed_on, head)
  WHERE lane = $1 AND loan.id = state.id`;

const INSERT_CHANGES = `INSERT INTO book_pending (lane, recorded_on,
    effective_on, due_on, cause, value, principal, volume)
  SELECT $1, $2, * FROM unnest($3::integer[], $4::integer[], $5::text[], $6::numeric[], $7::numeric[], $8::bigint[])`;

const DROP_ANSWERS = `DELETE FROM kept_answer WHERE lane = $1 AND recorded_at < $2 AND (
    (owner, key) IN (SELECT * FROM unnest($3::text[], $4::text[]))
    OR (owner, key) IN (SELECT owner, key FROM kept_answer WHERE lane = $1 AND recorded_at < $2
      ORDER BY recorded_at LIMIT $5 FOR UPDATE SKIP LOCKED))`;

const INSERT_ANSWERS = `INSERT INTO kept_answer (lane, owner, key, fingerprint, outcome, request_id, recorded_at)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])`;

const MOVE_BOOK_DAY = 'UPDATE bank SET book_day = $1 WHERE book_day < $1';

/** Sends a statement that is prepared once a connection. */
function prepared<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<Row>> {
  return client.query<Row>({ name, text, values: values as unknown[] });
}

/** Rows as arrays, one a column. */
function columns<Row>(rows: readonly Row[], ...values: readonly ((row: Row) => unknown)[]): unknown[][] {
  return values.map((value) => rows.map(value));
}

interface LoanNeeds {
  readonly ids: { readonly id: RecordId; readonly from: number }[];
  readonly references: { readonly reference: string; readonly from: number }[];
  readonly payments: { readonly id: RecordId; readonly from: number }[];
  /** References that are only looked up. */
  readonly lookedUp: string[];
}

function loanNeeds({ histories }: WriteNeeds): LoanNeeds {
  const needs: LoanNeeds = { ids: [], references: [], payments: [], lookedUp: [] };
  for (const { loan, fromMonth } of histories) {
    const from = fromMonth ?? NO_MONTH;
    if (loan.by === 'id') {
      if (isId(loan.id)) needs.ids.push({ id: loan.id, from });
    } else if (loan.by === 'payment') {
      if (isId(loan.paymentId)) needs.payments.push({ id: loan.paymentId, from });
    } else if (fromMonth === undefined) needs.lookedUp.push(loan.reference);
    else needs.references.push({ reference: loan.reference, from });
  }
  return needs;
}

/** Of a loan's records, loaded for all that needs them, those that one need asked for. */
function recordsFrom(
  { loan, fromMonth }: HistoryNeed,
  records: readonly MonthRecord[],
): readonly MonthRecord[] {
  if (loan.by === 'payment') return records;
  return fromMonth === undefined ? [] : records.filter(({ date }) => monthOf(date) >= fromMonth);
}

interface AnswerRow {
  readonly owner: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly outcome: string;
  readonly request_id: string;
  readonly recorded_at: number;
}

function answerOf(row: AnswerRow): KeptAnswer {
  const { owner, key, fingerprint, outcome, request_id: requestId, recorded_at: recordedAt } = row;
  return { owner, key, fingerprint, outcome, requestId, recordedAt };
}

/** How many rows a write adds to the tables that grow with the bank. */
export function recordsIn({ loans, payments }: Pick<Writes, 'loans' | 'payments'>): number {
  return loans.length + payments.length;
}

/** One write transaction on one connection. */
export class PostgresTransaction {
  readonly #client: pg.PoolClient;
  readonly #needs: WriteNeeds;
  #bookDay: CalendarDate = 0;
  #transaction: string | undefined;
  #committing = false;

  constructor(client: pg.PoolClient, needs: WriteNeeds) {
    this.#client = client;
    this.#needs = needs;
  }

  /** By which the server knows this transaction; undefined until it has been asked. */
  get transaction(): string | undefined {
    return this.#transaction;
  }

  /** Whether the commit is on its way: if the connection breaks now, only the server knows what became of it. */
  get committing(): boolean {
    return this.#committing;
  }

  /** Locks, loads, decides, writes, commits. Returns the result and how many changes of the book are pending by it. */
  async run<Result>(
    decide: (state: WriteState) => Decided<Result>,
  ): Promise<{ result: Result; changes: number; records: number }> {
    const state = await this.#load();
    const { writes, result } = decide(state);
    if (writes.reversals.length > 0) await this.#reverse(writes);
    await this.#write(writes);
    return { result, changes: writes.changes.length, records: recordsIn(writes) };
  }

  async #load(): Promise<WriteState> {
    const { lane, keyLane, answers, passesBookDay, importPlace } = this.#needs;
    const { ids, references, payments, lookedUp } = loanNeeds(this.#needs);
    const client = this.#client;
    const none = Promise.resolve({ rows: [] });
    const isLocking = ids.length + references.length + payments.length > 0;

    const [, , position, locked, looked, months, loansOfPayments, kept, bank] = await together(
      client.query('BEGIN ISOLATION LEVEL READ COMMITTED'),
      client.query(passesBookDay ? AWAIT_WRITERS : HOLD_BOOK_DAY),
      importPlace === undefined ? Promise.resolve(undefined) : lockImport(client, importPlace),
      isLocking
        ? prepared<LoanRow>(client, 'lock loans', LOCK_LOANS, [
            lane,
            ids.map(({ id }) => id),
            references.map(({ reference }) => reference),
            payments.map(({ id }) => id),
          ])
        : none,
      lookedUp.length > 0
        ? prepared<LoanRow>(client, 'look up loans', LOOK_UP_LOANS, [lane, lookedUp])
        : none,
      isLocking
        ? prepared<MonthRow & { loan_id: string }>(client, 'months', MONTHS, [
            lane,
            ...columns(
              ids,
              ({ id }) => id,
              ({ from }) => from,
            ),
            ...columns(
              references,
              ({ reference }) => reference,
              ({ from }) => from,
            ),
            ...columns(
              payments,
              ({ id }) => id,
              ({ from }) => from,
            ),
          ])
        : none,
      payments.length > 0
        ? prepared<{ id: string; loan_id: string }>(client, 'loans of payments', LOANS_OF_PAYMENTS, [
            lane,
            payments.map(({ id }) => id),
          ])
        : none,
      answers.length > 0
        ? prepared<AnswerRow>(client, 'answers', ANSWERS, [
            keyLane,
            ...columns(
              answers,
              ({ owner }) => owner,
              ({ key }) => key,
            ),
          ])
        : none,
      prepared<{ book_day: number; transaction: string }>(client, 'book day', BOOK_DAY, []),
    );

    if (importPlace !== undefined) requireImport(importPlace, position);
    const [{ book_day: bookDay, transaction }] = bank.rows as [{ book_day: number; transaction: string }];
    this.#bookDay = bookDay;
    this.#transaction = transaction;
    const answerNamed = new Map(
      kept.rows.map((row) => [JSON.stringify([row.owner, row.key]), answerOf(row)]),
    );
    return {
      bookDay,
      histories: this.#histories([...locked.rows, ...looked.rows], months.rows, loansOfPayments.rows),
      answers: answers.map(({ owner, key }) => answerNamed.get(JSON.stringify([owner, key]))),
    };
  }

  #histories(
    loanRows: readonly LoanRow[],
    monthRows: readonly (MonthRow & { loan_id: string })[],
    loansOfPayments: readonly { id: string; loan_id: string }[],
  ): (LoanHistory | undefined)[] {
    const byId = new Map<RecordId, LoanRecord>();
    const byReference = new Map<string, LoanRecord>();
    for (const row of loanRows) {
      const loan = byId.get(row.id) ?? loanOf(row);
      byId.set(loan.id, loan);
      if (loan.reference !== null) byReference.set(loan.reference, loan);
    }
    const loanOfPayment = new Map(loansOfPayments.map(({ id, loan_id }) => [id, byId.get(loan_id)]));
    const recordsOf = new Map<RecordId, MonthRecord[]>();
    for (const row of monthRows) {
      const records = recordsOf.get(row.loan_id);
      if (records === undefined) recordsOf.set(row.loan_id, [monthRecordOf(row)]);
      else records.push(monthRecordOf(row));
    }
    const find = (key: LoanKey): LoanRecord | undefined =>
      key.by === 'id'
        ? byId.get(key.id)
        : key.by === 'reference'
          ? byReference.get(key.reference)
          : loanOfPayment.get(key.paymentId);
    return this.#needs.histories.map((need) => {
      const loan = find(need.loan);
      if (loan === undefined) return undefined;
      return {
        loan,
        terms: loan.terms,
        paymentsMade: loan.paymentsMade,
        reversed: loan.reversed !== null,
        records: recordsFrom(need, recordsOf.get(loan.id) ?? []),
      };
    });
  }

  /** Before the payments: one of them may take the month that a reversal frees. */
  async #reverse({ reversals, recording }: Writes): Promise<void> {
    const { lane } = this.#needs;
    const paymentIds = reversals.flatMap(({ paymentId }) => paymentId ?? []);
    const [reversed] = await together(
      prepared(this.#client, 'reverse payments', REVERSE_PAYMENTS, [
        lane,
        paymentIds,
        recording.at,
        recording.on,
      ]),
      prepared(this.#client, 'insert reversals', INSERT_REVERSALS, [
        lane,
        recording.at,
        recording.on,
        ...columns(
          reversals,
          ({ loanId }) => loanId,
          ({ sequence }) => sequence,
          ({ id }) => id,
          ({ paymentId }) => paymentId,
          ({ reason }) => reason,
          ({ origin }) => origin.requestId,
          ({ origin }) => origin.recordedBy,
          ({ hash }) => hashBytes(hash),
        ),
      ]),
    );
    if (reversed.rowCount !== paymentIds.length) throw new Error('a reversed payment was not live');
  }

  async #write(writes: Writes): Promise<void> {
    const client = this.#client;
    const statements = [
      ...this.#recordStatements(writes),
      ...this.#answerStatements(writes),
      ...(writes.importStep === undefined ? [] : importStatements(client, writes.importStep)),
      ...(writes.bookDay > this.#bookDay
        ? [prepared(client, 'move book day', MOVE_BOOK_DAY, [writes.bookDay])]
        : []),
    ];
    if (statements.length === 0 && writes.reversals.length === 0) {
      await client.query('ROLLBACK');
      return;
    }
    this.#committing = true;
    const answers = await together(...statements, client.query('COMMIT'));
    // A failed statement has been thrown by now; a commit that became a rollback would be one that nobody saw.
    if ((answers.at(-1) as pg.QueryResult).command !== 'COMMIT') throw new Error('the commit was a rollback');
  }

  #recordStatements({ loans, payments, states, changes, recording }: Writes): Promise<pg.QueryResult>[] {
    const client = this.#client;
    const { lane } = this.#needs;
    const statements: Promise<pg.QueryResult>[] = [];
    if (loans.length > 0) {
      // In the order of their references: two batches with the same ones must not wait for one another in a circle.
      const ordered = loans.toSorted((a, b) => compare(a.reference ?? '', b.reference ?? ''));
      statements.push(
        prepared(client, 'insert loans', INSERT_LOANS, [
          lane,
          recording.at,
          recording.on,
          ...columns(
            ordered,
            ({ id }) => id,
            ({ reference }) => reference,
            ({ terms }) => terms.amountCents,
            ({ terms }) => terms.rate,
            ({ terms }) => terms.term,
            ({ terms }) => terms.date,
            ({ terms }) => terms.installmentCents,
            ({ terms }) => nextDueAfter(terms, 0),
            ({ origin }) => origin.requestId,
            ({ origin }) => origin.recordedBy,
            ({ hash }) => hashBytes(hash),
            ({ head }) => hashBytes(head),
          ),
        ]),
      );
    }
    if (payments.length > 0) {
      statements.push(
        prepared(client, 'insert payments', INSERT_PAYMENTS, [
          lane,
          recording.at,
          recording.on,
          ...columns(
            payments,
            ({ loanId }) => loanId,
            ({ date }) => monthOf(date),
            ({ id }) => id,
            ({ sequence }) => sequence,
            ({ kind }) => kind === 'made',
            ({ date }) => date,
            ({ origin }) => origin.requestId,
            ({ origin }) => origin.recordedBy,
            ({ hash }) => hashBytes(hash),
          ),
        ]),
      );
    }
    if (states.size > 0) {
      statements.push(
        prepared(client, 'update loans', UPDATE_LOANS, [
          lane,
          ...columns(
            [...states],
            ([id]) => id,
            ([, { state }]) => state.paymentsMade,
            ([, { terms, state }]) =>
              state.reversed === null ? nextDueAfter(terms, state.paymentsMade) : null,
            ([, { state }]) => state.recordCount,
            ([, { state }]) => state.reversed?.at ?? null,
            ([, { state }]) => state.reversed?.on ?? null,
            ([, { state }]) => hashBytes(state.head),
          ),
        ]),
      );
    }
    if (changes.length > 0) {
      statements.push(
        prepared(client, 'insert changes', INSERT_CHANGES, [
          lane,
          recording.on,
          ...columns(
            changes,
            ({ effectiveOn }) => effectiveOn,
            ({ dueOn }) => dueOn,
            ({ cause }) => cause,
            ({ valueCents }) => valueCents,
            ({ principalCents }) => principalCents,
            ({ volume }) => volume,
          ),
        ]),
      );
    }
    return statements;
  }

  #answerStatements({ answers, answersExpireBefore }: Writes): Promise<pg.QueryResult>[] {
    if (answers.length === 0) return [];
    const client = this.#client;
    const { keyLane } = this.#needs;
    const ordered = answers.toSorted((a, b) => compare(a.owner, b.owner) || compare(a.key, b.key));
    const names = columns(
      ordered,
      ({ owner }) => owner,
      ({ key }) => key,
    );
    return [
      prepared(client, 'drop answers', DROP_ANSWERS, [
        keyLane,
        answersExpireBefore,
        ...names,
        answers.length * ANSWERS_DROPPED,
      ]),
      prepared(client, 'insert answers', INSERT_ANSWERS, [
        keyLane,
        ...names,
        ...columns(
          ordered,
          ({ fingerprint }) => fingerprint,
          ({ outcome }) => outcome,
          ({ requestId }) => requestId,
          ({ recordedAt }) => recordedAt,
        ),
      ]),
    ];
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
