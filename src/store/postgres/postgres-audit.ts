// The audit of a PostgreSQL database. It reads one snapshot on a connection of its own (nobody waits for it, unless it
// rebuilds), pages through the loans, and gathers the right book in a temporary table, so that memory stays bounded. What
// waits for compaction counts with what has been compacted.

import type pg from 'pg';
import type { RecordedChange } from '../../domain/replay.ts';
import { type AuditedLoan, type Auditor, type AuditParts, isRight, type RightState } from '../audit.ts';
import { BOOK_KEY, bookKeyText } from '../book-key.ts';
import { addressText } from '../database-address.ts';
import { laneOfId } from '../lanes.ts';
import { BOOK_TABLES, SELECT_SUMS, SUM_COLUMNS, type SumsRow, sumsOf } from './book-rows.ts';
import {
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
import { connectOnce, withTlsSettled } from './postgres-connection.ts';
import { asStoreUnavailable } from './postgres-faults.ts';
import { requireCurrentSchema } from './postgres-schema.ts';

const LOANS_PER_PAGE = 500;

const COLUMNS = SUM_COLUMNS.join(', ');
const KEY = BOOK_KEY.join(', ');

const GATHER = `INSERT INTO right_change (${KEY}, ${COLUMNS})
  SELECT * FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::text[], $5::numeric[], $6::numeric[], $7::bigint[])`;

const RESTORE = `UPDATE loan SET payments_made = right_state.payments_made, next_due_on = right_state.next_due_on,
    record_count = right_state.record_count, reversed_at = right_state.reversed_at,
    reversed_on = right_state.reversed_on
  FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::bigint[], $7::integer[])
    AS right_state (id, payments_made, next_due_on, record_count, reversed_at, reversed_on)
  WHERE lane = $1 AND loan.id = right_state.id`;

const LOST_ROWS = ['payment', 'reversal'].map(
  (table) => `SELECT '${table}' AS name, count(*)::integer AS rows FROM ${table}
    WHERE NOT EXISTS (SELECT 1 FROM loan WHERE loan.lane = ${table}.lane AND loan.id = ${table}.loan_id)`,
);

const BROKEN_CONSTRAINTS = `SELECT conrelid::regclass || ': the constraint ' || conname || ' was never validated' AS fault
    FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace
  UNION ALL
  SELECT indrelid::regclass || ': the index ' || indexrelid::regclass || ' is invalid' FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace`;

/** SQL: the keys at which stored − right is not zero, with that difference. */
const DIFFERING = `SELECT ${KEY}, ${SELECT_SUMS} FROM (
    ${BOOK_TABLES.map((table) => `SELECT ${KEY}, ${COLUMNS} FROM ${table}`).join(' UNION ALL ')}
    UNION ALL SELECT ${KEY}, ${SUM_COLUMNS.map((column) => `-${column}`).join(', ')} FROM right_change) AS rows
  GROUP BY ${KEY} HAVING ${SUM_COLUMNS.map((column) => `sum(${column}) <> 0`).join(' OR ')} ORDER BY ${KEY}`;

// Whoever keeps a copy of the book finds that it has missed a round of compaction, and reads the book anew.
const REBUILD = `DELETE FROM book_pending;
  DELETE FROM book_change;
  INSERT INTO book_change (${KEY}, ${COLUMNS}) SELECT ${KEY}, ${SELECT_SUMS} FROM right_change GROUP BY ${KEY};
  UPDATE book_round SET round = round + 2`;

class PostgresAudit {
  readonly #client: pg.Client;
  readonly #parts: AuditParts;
  #gathered: RecordedChange[] = [];
  #lanes = 0;

  constructor(client: pg.Client, parts: AuditParts) {
    this.#client = client;
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const client = this.#client;
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    if (this.#parts.rebuild) {
      // Before the first question, which fixes what the transaction sees.
      const tables = ['bank', 'loan', 'payment', 'reversal', 'book_round', ...BOOK_TABLES];
      await client.query(`LOCK TABLE ${tables.join(', ')} IN EXCLUSIVE MODE`);
    }
    await client.query(`CREATE TEMPORARY TABLE right_change (
      recorded_on integer, effective_on integer, due_on integer, cause text,
      value numeric, principal numeric, volume bigint) ON COMMIT DROP`);
    await this.#databaseFaults();
    const { rows } = await client.query<{ lanes: number; loans: number }>(
      'SELECT lanes, (SELECT count(*) FROM loan)::float8 AS loans FROM bank',
    );
    this.#lanes = rows[0]?.lanes ?? 0;
    this.#parts.onLoans?.(rows[0]?.loans ?? 0);
    for (let lane = 0; lane < this.#lanes; lane++) await this.#loansIn(lane);
    await client.query('ANALYZE right_change');
    await this.#compare();
    if (this.#parts.rebuild) await client.query(REBUILD);
    await client.query('COMMIT');
  }

  async #databaseFaults(): Promise<void> {
    const constraints = await this.#client.query<{ fault: string }>(BROKEN_CONSTRAINTS);
    for (const { fault } of constraints.rows) this.#parts.onDatabaseFault(fault);
    for (const lost of LOST_ROWS) {
      const { rows } = await this.#client.query<{ name: string; rows: number }>(lost);
      const [found] = rows;
      if (found !== undefined && found.rows > 0) {
        this.#parts.onDatabaseFault(`${found.rows} rows of ${found.name} refer to no row of loan`);
      }
    }
    const stray = await this.#client.query<{ loans: number }>(
      'SELECT count(*)::integer AS loans FROM loan WHERE lane NOT BETWEEN 0 AND (SELECT lanes - 1 FROM bank)',
    );
    const loans = stray.rows[0]?.loans ?? 0;
    if (loans > 0) this.#parts.onDatabaseFault(`${loans} loans are in a lane that the bank does not have`);
  }

  async #loansIn(lane: number): Promise<void> {
    const client = this.#client;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows: page } = await client.query<LoanRow>({
        name: 'audited loans',
        text: `SELECT ${LOAN_COLUMNS} FROM loan WHERE lane = $1 AND id > $2 ORDER BY id LIMIT ${LOANS_PER_PAGE}`,
        values: [lane, after],
      });
      if (page.length === 0) return;
      const values = [lane, page[0]?.id, page.at(-1)?.id];
      const payments = await client.query<PaymentRow>({
        name: 'audited payments',
        text: `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE lane = $1 AND loan_id BETWEEN $2 AND $3
          ORDER BY loan_id, month, reversal`,
        values,
      });
      const reversals = await client.query<ReversalRow>({
        name: 'audited reversals',
        text: `SELECT ${REVERSAL_COLUMNS} FROM reversal WHERE lane = $1 AND loan_id BETWEEN $2 AND $3
          ORDER BY loan_id, sequence`,
        values,
      });
      await this.#page(lane, page, payments.rows, reversals.rows);
      after = (page.at(-1) as LoanRow).id;
    }
  }

  async #page(
    lane: number,
    page: readonly LoanRow[],
    payments: readonly PaymentRow[],
    reversals: readonly ReversalRow[],
  ): Promise<void> {
    const paymentsOf = Map.groupBy(payments, (row) => row.loan_id);
    const reversalsOf = Map.groupBy(reversals, (row) => row.loan_id);
    const wrong: { id: string; right: RightState }[] = [];
    for (const row of page) {
      const named = laneOfId(row.id, this.#lanes);
      if (named !== lane) {
        this.#parts.onDatabaseFault(`loan ${row.id} is in lane ${lane}, but its id names lane ${named}`);
      }
      const audited = auditedLoan(row, paymentsOf.get(row.id) ?? [], reversalsOf.get(row.id) ?? []);
      const { changes, state } = this.#parts.visit(audited);
      this.#gathered.push(...changes);
      if (!isRight(audited, state)) wrong.push({ id: row.id, right: state });
    }
    await this.#gather();
    if (!this.#parts.rebuild || wrong.length === 0) return;
    await this.#client.query(RESTORE, [
      lane,
      wrong.map(({ id }) => id),
      wrong.map(({ right }) => right.paymentsMade),
      wrong.map(({ right }) => right.nextDueOn),
      wrong.map(({ right }) => right.recordCount),
      wrong.map(({ right }) => right.reversed?.at ?? null),
      wrong.map(({ right }) => right.reversed?.on ?? null),
    ]);
  }

  /** Moves what was gathered to the temporary table. */
  async #gather(): Promise<void> {
    const changes = this.#gathered;
    this.#gathered = [];
    await this.#client.query({
      name: 'gather',
      text: GATHER,
      values: [
        changes.map(({ recordedOn }) => recordedOn),
        changes.map(({ effectiveOn }) => effectiveOn),
        changes.map(({ dueOn }) => dueOn),
        changes.map(({ cause }) => cause),
        changes.map(({ valueCents }) => valueCents),
        changes.map(({ principalCents }) => principalCents),
        changes.map(({ volume }) => volume),
      ],
    });
  }

  async #compare(): Promise<void> {
    const { rows } = await this.#client.query<SumsRow & Record<string, unknown>>(DIFFERING);
    for (const row of rows) {
      this.#parts.onBookDifference({
        table: 'book_change',
        key: bookKeyText(BOOK_KEY.map((column) => row[column])),
        difference: sumsOf(row),
      });
    }
  }
}

function auditedLoan(
  row: LoanRow,
  payments: readonly PaymentRow[],
  reversals: readonly ReversalRow[],
): AuditedLoan {
  return {
    loan: loanOf(row),
    payments: payments.map(paymentOf),
    reversals: reversals.map(reversalOf),
    nextDueOn: row.next_due_on,
    places: payments.map(({ id, month, reversal }) => ({ paymentId: id, month, place: reversal })),
  };
}

// Of each loan the last record that was known on $1: places in a loan's history are in the order of recording.
const HEADS = `SELECT id, coalesce(
    (SELECT hash FROM (
       SELECT sequence, hash FROM payment
         WHERE payment.lane = loan.lane AND payment.loan_id = loan.id AND recorded_on <= $1
       UNION ALL SELECT sequence, hash FROM reversal
         WHERE reversal.lane = loan.lane AND reversal.loan_id = loan.id AND recorded_on <= $1) AS record
     ORDER BY sequence DESC LIMIT 1), hash) AS head
  FROM loan WHERE recorded_on <= $1 ORDER BY id`;
const HEADS_AT_ONCE = 5_000;

/** Runs a question of the audit on a connection of its own. */
async function onOwnConnection(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const where = addressText({ engine: 'postgres', url });
  const client = await connectOnce(await withTlsSettled(url));
  try {
    await requireCurrentSchema(client, where);
    await work(client);
  } catch (error) {
    throw asStoreUnavailable(error, where);
  } finally {
    await client.end();
  }
}

/** The auditor of a database. */
export function postgresAuditor(url: string): Auditor {
  return {
    audit: (parts) => onOwnConnection(url, (client) => new PostgresAudit(client, parts).run()),

    loanHeads: (knownAt, visit) =>
      onOwnConnection(url, async (client) => {
        await client.query('BEGIN READ ONLY');
        await client.query(`DECLARE heads NO SCROLL CURSOR FOR ${HEADS.replaceAll('$1', String(knownAt))}`);
        for (;;) {
          const { rows } = await client.query<{ id: string; head: Buffer | null }>(
            `FETCH ${HEADS_AT_ONCE} FROM heads`,
          );
          for (const { id, head } of rows) visit(id, head?.toString('hex') ?? '');
          if (rows.length < HEADS_AT_ONCE) break;
        }
        await client.query('COMMIT');
      }),
  };
}
