// The audit of a SQLite database. It reads one snapshot with a connection of its own (nobody waits for it, unless it
// rebuilds), pages through the loans, and gathers the right book in a temporary table on disk, so that memory stays
// bounded. Coarser grains are then compared as sums of that table.

import type Database from 'better-sqlite3';
import { type CalendarDate, monthOf } from '../../domain/calendar-date.ts';
import type { RecordedChange } from '../../domain/replay.ts';
import { type AuditedLoan, type Auditor, type AuditParts, isRight } from '../audit.ts';
import { FINEST, GRAINS, type Grain, type GrainColumn, grainKeyText } from '../book-grains.ts';
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

/** SQL for each key column of a grain, from the columns of the finest one. */
const KEY_EXPRESSIONS: Record<GrainColumn, string> = {
  recorded_on: 'recorded_on',
  effective_on: 'effective_on',
  due_on: 'due_on',
  cause: 'cause',
  effective_month: 'month_of(effective_on)',
};

/** SQL: the right rows of a grain. */
function rightRows({ key: keyColumns }: Grain): string {
  const keys = keyColumns.map((column) => `${KEY_EXPRESSIONS[column]} AS ${column}`).join(', ');
  const sums = SUM_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', ');
  return `SELECT ${keys}, ${sums} FROM temp.right_change GROUP BY ${keyColumns.map((_, index) => index + 1).join(', ')}`;
}

/** SQL: the keys of a grain at which stored − right is not zero, with that difference. */
function differingRows(grain: Grain): string {
  const keys = grain.key.join(', ');
  const minus = SUM_COLUMNS.map((column) => `-${column}`).join(', ');
  const zero = ['value', 'principal'].map((name) => `sum(${name}_high) * 1000000000 + sum(${name}_low) = 0`);
  return `SELECT ${keys}, ${SELECT_SUMS} FROM (
      SELECT ${keys}, ${SUM_COLUMNS.join(', ')} FROM ${grain.table}
      UNION ALL SELECT ${keys}, ${minus} FROM (${rightRows(grain)}))
    GROUP BY ${keys} HAVING NOT (${zero.join(' AND ')} AND sum(volume) = 0)`;
}

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
    connection.function('month_of', { deterministic: true }, (date) => monthOf(date as CalendarDate));
    connection.exec(`CREATE TEMP TABLE right_change (
      recorded_on INTEGER, effective_on INTEGER, due_on INTEGER, cause TEXT,
      ${SUM_COLUMNS.map((column) => `${column} INTEGER NOT NULL`).join(', ')},
      PRIMARY KEY (recorded_on, effective_on, due_on, cause)) WITHOUT ROWID`);
    connection.exec(this.#parts.rebuild ? 'BEGIN IMMEDIATE' : 'BEGIN');
    try {
      this.#databaseFaults();
      this.#loans();
      this.#flush();
      for (const grain of GRAINS) this.#compare(grain);
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
    const upsert = this.#connection.prepare(upsertSums('temp.right_change', FINEST.key));
    for (const { key, sums } of this.#gathered.values()) upsert.run(...key, ...sums);
    this.#gathered.clear();
  }

  #compare(grain: Grain): void {
    const { table, key: keyColumns } = grain;
    const differing = this.#connection.prepare<[], unknown[]>(differingRows(grain)).safeIntegers().raw();
    for (const row of differing.iterate()) {
      this.#parts.onBookDifference({
        table,
        key: grainKeyText(grain, row.slice(0, keyColumns.length)),
        difference: sumsOf(row.slice(keyColumns.length) as bigint[]),
      });
    }
    if (!this.#parts.rebuild) return;
    this.#connection.exec(`DELETE FROM ${table}`);
    this.#connection.exec(
      `INSERT INTO ${table} (${[...keyColumns, ...SUM_COLUMNS].join(', ')}) ${rightRows(grain)}`,
    );
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
