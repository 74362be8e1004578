// The audit of a SQLite database. It reads one snapshot with a connection of its own (nobody waits for it, unless it
// rebuilds), pages through the loans, and gathers the right book in a temporary table on disk, so that memory stays
// bounded.

import type Database from 'better-sqlite3';
import type { RecordedChange } from '../../domain/replay.ts';
import { type AuditedLoan, type Auditor, type AuditParts, isRight } from '../audit.ts';
import { BOOK_KEY, bookKeyText } from '../book-key.ts';
import { SELECT_SUMS, SUM_COLUMNS, sumsOf, sumValues, upsertSums } from './book-rows.ts';
import {
  idText,
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
import { openConnection } from './sqlite-connection.ts';
import { asStoreUnavailable } from './sqlite-faults.ts';

const LOANS_PER_PAGE = 500;

type Owned<Row> = Row & { readonly loan_no: number };

const KEY = BOOK_KEY.join(', ');
const SUMS = SUM_COLUMNS.join(', ');

/** SQL: the keys at which stored − right is not zero, with that difference. */
const DIFFERING = `SELECT ${KEY}, ${SELECT_SUMS} FROM (
    SELECT ${KEY}, ${SUMS} FROM book_change
    UNION ALL SELECT ${KEY}, ${SUM_COLUMNS.map((column) => `-${column}`).join(', ')} FROM temp.right_change)
  GROUP BY ${KEY} HAVING NOT (
    ${['value', 'principal'].map((name) => `sum(${name}_high) * 1000000000 + sum(${name}_low) = 0`).join(' AND ')}
    AND sum(volume) = 0)`;

// Whoever keeps a copy of the book finds a gap in the log's numbers, and reads it anew.
const REBUILD = `DELETE FROM book_change;
  INSERT INTO book_change (${KEY}, ${SUMS}) SELECT ${KEY}, ${SUMS} FROM temp.right_change;
  INSERT INTO book_log SELECT max(no) + 2, 0, 0, 0, 0, 0, 0, 0, 0 FROM book_log;
  DELETE FROM book_log WHERE no < (SELECT max(no) FROM book_log)`;

class SqliteAudit {
  readonly #connection: Database.Database;
  readonly #parts: AuditParts;
  readonly #gathered = new Map<string, { key: (number | string)[]; sums: bigint[] }>();

  constructor(connection: Database.Database, parts: AuditParts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  run(): void {
    const connection = this.#connection;
    connection.pragma('temp_store = FILE');
    connection.exec(`CREATE TEMP TABLE right_change (
      recorded_on INTEGER, effective_on INTEGER, due_on INTEGER, cause TEXT,
      ${SUM_COLUMNS.map((column) => `${column} INTEGER NOT NULL`).join(', ')},
      PRIMARY KEY (recorded_on, effective_on, due_on, cause)) WITHOUT ROWID`);
    connection.exec(this.#parts.rebuild ? 'BEGIN IMMEDIATE' : 'BEGIN');
    try {
      this.#databaseFaults();
      this.#loans();
      this.#flush();
      this.#compare();
      if (this.#parts.rebuild) connection.exec(REBUILD);
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw error;
    }
  }

  #databaseFaults(): void {
    for (const { integrity_check: fault } of this.#connection.pragma('integrity_check') as {
      integrity_check: string;
    }[]) {
      if (fault !== 'ok') this.#parts.onDatabaseFault(fault);
    }
    for (const row of this.#connection.pragma('foreign_key_check') as { table: string; parent: string }[]) {
      this.#parts.onDatabaseFault(`a row of ${row.table} refers to no row of ${row.parent}`);
    }
  }

  #loans(): void {
    const count = this.#connection.prepare<[], number>('SELECT count(*) FROM loan').pluck().get() ?? 0;
    this.#parts.onLoans?.(count);
    const loans = this.#connection.prepare<[number, number], LoanRow>(
      `SELECT ${LOAN_COLUMNS} FROM loan WHERE no > ? ORDER BY no LIMIT ?`,
    );
    const payments = this.#connection.prepare<[number, number], Owned<PaymentRow>>(
      `SELECT loan_no, ${PAYMENT_COLUMNS} FROM payment WHERE loan_no BETWEEN ? AND ? ORDER BY loan_no, month, reversal`,
    );
    const reversals = this.#connection.prepare<[number, number], Owned<ReversalRow>>(
      `SELECT loan_no, ${REVERSAL_COLUMNS} FROM reversal WHERE loan_no BETWEEN ? AND ? ORDER BY loan_no, sequence`,
    );
    const restore = this.#connection.prepare(
      'UPDATE loan SET payments_made = ?, next_due_on = ?, record_count = ?, reversed_at = ?, reversed_on = ? WHERE no = ?',
    );
    let page = loans.all(-1, LOANS_PER_PAGE);
    while (page.length > 0) {
      const range = [(page[0] as LoanRow).no, (page.at(-1) as LoanRow).no] as const;
      const paymentsOf = Map.groupBy(payments.all(...range), (row) => row.loan_no);
      const reversalsOf = Map.groupBy(reversals.all(...range), (row) => row.loan_no);
      for (const row of page) {
        const audited = auditedLoan(row, paymentsOf.get(row.no) ?? [], reversalsOf.get(row.no) ?? []);
        const { changes, state } = this.#parts.visit(audited);
        this.#gather(changes);
        if (this.#parts.rebuild && !isRight(audited, state)) {
          const { paymentsMade, nextDueOn, recordCount, reversed } = state;
          restore.run(
            paymentsMade,
            nextDueOn,
            recordCount,
            reversed?.at ?? null,
            reversed?.on ?? null,
            row.no,
          );
        }
      }
      this.#flush();
      page = loans.all(range[1], LOANS_PER_PAGE);
    }
  }

  #gather(changes: readonly RecordedChange[]): void {
    for (const change of changes) {
      const { recordedOn, effectiveOn, dueOn, cause } = change;
      const name = `${recordedOn} ${effectiveOn} ${dueOn} ${cause}`;
      const sums = sumValues(change);
      const known = this.#gathered.get(name);
      if (known === undefined)
        this.#gathered.set(name, { key: [recordedOn, effectiveOn, dueOn, cause], sums });
      else known.sums = known.sums.map((value, index) => value + (sums[index] as bigint));
    }
  }

  /** Moves what was gathered to the temporary table. */
  #flush(): void {
    const upsert = this.#connection.prepare(upsertSums('temp.right_change', BOOK_KEY));
    for (const { key, sums } of this.#gathered.values()) upsert.run(...key, ...sums);
    this.#gathered.clear();
  }

  #compare(): void {
    const differing = this.#connection.prepare<[], unknown[]>(DIFFERING).safeIntegers().raw();
    for (const row of differing.iterate()) {
      this.#parts.onBookDifference({
        table: 'book_change',
        key: bookKeyText(row.slice(0, BOOK_KEY.length)),
        difference: sumsOf(row.slice(BOOK_KEY.length) as bigint[]),
      });
    }
  }
}

function auditedLoan(
  row: LoanRow,
  payments: readonly PaymentRow[],
  reversals: readonly ReversalRow[],
): AuditedLoan {
  const loan = loanOf(row);
  return {
    loan,
    payments: payments.map((payment) => paymentOf(payment, loan.id)),
    reversals: reversals.map((reversal) => reversalOf(reversal, loan.id)),
    nextDueOn: row.next_due_on,
    places: payments.map(({ id, month, reversal }) => ({ paymentId: idText(id), month, place: reversal })),
  };
}

// Of each loan the last record that was known on :knownAt: places in a loan's history are in the order of recording.
const HEADS = `SELECT id, coalesce(
    (SELECT hash FROM (
       SELECT sequence, hash FROM payment WHERE loan_no = loan.no AND recorded_on <= :knownAt
       UNION ALL SELECT sequence, hash FROM reversal WHERE loan_no = loan.no AND recorded_on <= :knownAt)
     ORDER BY sequence DESC LIMIT 1), hash) AS head
  FROM loan WHERE recorded_on <= :knownAt ORDER BY id`;

/** The auditor of a database file. */
export function sqliteAuditor(file: string): Auditor {
  return {
    async loanHeads(knownAt, visit) {
      const connection = openConnection(file, { create: false });
      try {
        const heads = connection.prepare<[{ knownAt: number }], { id: Buffer; head: Buffer | null }>(HEADS);
        for (const { id, head } of heads.iterate({ knownAt })) visit(idText(id), head?.toString('hex') ?? '');
      } catch (error) {
        throw asStoreUnavailable(error, file);
      } finally {
        connection.close();
      }
    },

    async audit(parts) {
      const connection = openConnection(file, { create: false });
      try {
        new SqliteAudit(connection, parts).run();
      } catch (error) {
        throw asStoreUnavailable(error, file);
      } finally {
        connection.close();
      }
    },
  };
}
