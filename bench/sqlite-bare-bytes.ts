// What records take in bare STRICT tables of SQLite, without any index.

import Database from 'better-sqlite3';
import type { LoanRecords } from '../src/store/store.ts';
import {
  BARE_LOAN_COLUMNS,
  BARE_PAYMENT_COLUMNS,
  type BareColumn,
  type BareValue,
  bareLoan,
  barePayments,
} from './bare-records.ts';
import type { BareBytes } from './bench-engine.ts';

const TYPES = { id: 'BLOB', hash: 'BLOB', text: 'TEXT', integer: 'INTEGER', bigint: 'INTEGER' };

function bytesOfRow(columns: readonly BareColumn[], rows: readonly BareValue[][]): number {
  const database = new Database(':memory:');
  database.exec(
    `CREATE TABLE bare (${columns.map(({ name, type }) => `${name} ${TYPES[type]}`).join(', ')}) STRICT`,
  );
  const insert = database.prepare(`INSERT INTO bare VALUES (${columns.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (const row of rows) {
      insert.run(
        columns.map(({ type }, place) => {
          const value = row[place] ?? null;
          if ((type !== 'id' && type !== 'hash') || typeof value !== 'string') return value;
          return Buffer.from(value.replaceAll('-', ''), 'hex');
        }),
      );
    }
  })();
  const pages = database.pragma('page_count', { simple: true }) as number;
  const pageBytes = database.pragma('page_size', { simple: true }) as number;
  database.close();
  // The first page is the schema's.
  return ((pages - 1) * pageBytes) / rows.length;
}

export function sqliteBareBytes(records: readonly LoanRecords[]): BareBytes {
  return {
    loanBytes: bytesOfRow(BARE_LOAN_COLUMNS, records.map(bareLoan)),
    paymentBytes: bytesOfRow(BARE_PAYMENT_COLUMNS, records.flatMap(barePayments)),
  };
}
