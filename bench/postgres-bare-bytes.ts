// What records take in bare tables of PostgreSQL, without any index.

import type pg from 'pg';
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

const TYPES = { id: 'uuid', hash: 'bytea', text: 'text', integer: 'integer', bigint: 'bigint' };

async function bytesOfRow(
  client: pg.Client,
  table: string,
  columns: readonly BareColumn[],
  rows: readonly BareValue[][],
): Promise<number> {
  await client.query(
    `CREATE TABLE ${table} (${columns.map(({ name, type }) => `${name} ${TYPES[type]}`).join(', ')})`,
  );
  // Each column as one array; pg writes a Buffer in an array as bytea.
  const values = columns.map(({ type }, place) =>
    rows.map((row) => {
      const value = row[place] ?? null;
      return type === 'hash' && typeof value === 'string' ? Buffer.from(value, 'hex') : value;
    }),
  );
  const arrays = columns.map(({ type }, place) => `$${place + 1}::${TYPES[type]}[]`);
  await client.query(`INSERT INTO ${table} SELECT * FROM unnest(${arrays.join(', ')})`, values);
  const { rows: sizes } = await client.query<{ bytes: number }>(
    `SELECT pg_relation_size('${table}') AS bytes`,
  );
  return (sizes[0] as { bytes: number }).bytes / rows.length;
}

export async function postgresBareBytes(
  client: pg.Client,
  records: readonly LoanRecords[],
): Promise<BareBytes> {
  return {
    loanBytes: await bytesOfRow(client, 'bare_loan', BARE_LOAN_COLUMNS, records.map(bareLoan)),
    paymentBytes: await bytesOfRow(
      client,
      'bare_payment',
      BARE_PAYMENT_COLUMNS,
      records.flatMap(barePayments),
    ),
  };
}
