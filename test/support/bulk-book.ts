// A book of any size in seconds, written past James by statements of the test's own: for tests of what is large, not of
// what is right. Its records have no hashes, and its book has no rows.

import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { rawRows } from './raw-sql.ts';

export interface BulkBook {
  readonly loans: number;
  readonly paymentsEach: number;
}

const DAY_MS = 86_400_000;
/** 2016-07-05. */
const LOAN_DAY = Date.UTC(2016, 6, 5) / DAY_MS;
const RECORDED = `1500000000000, 17361, 'bulk', 'bulk'`;
const RECORDED_COLUMNS = 'recorded_at, recorded_on, request_id, recorded_by';

/** Payments on the fifth of each month after the loan's: month, date, place in the history. */
function payments(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(2016, 7 + index, 5));
    return `(${date.getUTCFullYear() * 12 + date.getUTCMonth()}, ${date.getTime() / DAY_MS}, ${index + 2})`;
  }).join(', ');
}

function statements(engine: DatabaseAddress['engine'], { loans, paymentsEach }: BulkBook): string[] {
  const terms = `100000000, 500000000, 120, ${LOAN_DAY}, 1000000, ${paymentsEach}, ${LOAN_DAY + 31}, ${paymentsEach + 1}`;
  const termColumns = 'amount, rate, term, date, installment, payments_made, next_due_on, record_count';
  const paymentColumns = `month, date, sequence, reversal, made, ${RECORDED_COLUMNS}`;
  if (engine === 'sqlite') {
    return [
      `INSERT INTO loan (id, reference, ${termColumns}, ${RECORDED_COLUMNS})
       WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${loans})
       SELECT randomblob(16), printf('BULK-%08d', n), ${terms}, ${RECORDED} FROM numbers`,
      `INSERT INTO payment (loan_no, id, ${paymentColumns})
       SELECT no, randomblob(16), column1, column2, column3, 0, 1, ${RECORDED}
       FROM loan CROSS JOIN (VALUES ${payments(paymentsEach)}) WHERE loan.request_id = 'bulk'`,
    ];
  }
  return [
    `INSERT INTO loan (lane, id, reference, ${termColumns}, ${RECORDED_COLUMNS})
     SELECT n % (SELECT lanes FROM bank), gen_random_uuid(), 'BULK-' || lpad(n::text, 8, '0'), ${terms}, ${RECORDED}
     FROM generate_series(1, ${loans}) AS numbers (n)`,
    `INSERT INTO payment (lane, loan_id, id, ${paymentColumns})
     SELECT lane, loan.id, gen_random_uuid(), months.month, months.date, months.sequence, 0, true, ${RECORDED}
     FROM loan CROSS JOIN (VALUES ${payments(paymentsEach)}) AS months (month, date, sequence)
     WHERE loan.request_id = 'bulk'`,
    'ANALYZE',
  ];
}

/** Adds so many loans, each with so many payments, to a database that James has made. */
export async function fillBook(address: DatabaseAddress, book: BulkBook): Promise<void> {
  for (const statement of statements(address.engine, book)) await rawRows(address, statement);
}
