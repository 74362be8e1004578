// Each loan's records form a hash chain (record-chain.ts): the hash of each record, and of the loan's last one.

import { type Kysely, sql } from 'kysely';
import { hashesOf, type OldLoan, type OldPayment, type OldReversal } from '../../hash-existing-records.ts';

const LOANS_AT_ONCE = 1_000;

const STATEMENTS = [
  'ALTER TABLE loan ADD COLUMN hash BLOB CHECK (length(hash) = 32)',
  'ALTER TABLE loan ADD COLUMN head BLOB CHECK (length(head) = 32)',
  'ALTER TABLE payment ADD COLUMN hash BLOB CHECK (length(hash) = 32)',
  'ALTER TABLE reversal ADD COLUMN hash BLOB CHECK (length(hash) = 32)',
];

type Numbered<Row> = Row & { readonly loan_no: number };
type WithMade = Omit<OldPayment, 'made'> & { readonly made: number };

const RECORDED = sql.raw('recorded_at, recorded_on, request_id, recorded_by');

/** SQL: a BLOB of 16 bytes as a UUID in its canonical form. */
function uuid(column: string) {
  const hex = `lower(hex(${column}))`;
  const parts = [
    [1, 8],
    [9, 4],
    [13, 4],
    [17, 4],
    [21, 12],
  ].map(([from, length]) => `substr(${hex}, ${from}, ${length})`);
  return sql.raw(`CASE WHEN ${column} IS NULL THEN NULL ELSE ${parts.join(` || '-' || `)} END`);
}

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  for (let after = -1; ; ) {
    const { rows: loans } = await sql<
      OldLoan & { no: number }
    >`SELECT no, ${uuid('id')} AS id, reference, amount, rate,
      term, date, installment, ${RECORDED} FROM loan WHERE no > ${after} ORDER BY no LIMIT ${LOANS_AT_ONCE}`.execute(
      database,
    );
    const last = loans.at(-1)?.no;
    if (last === undefined) return;
    const { rows: payments } = await sql<
      Numbered<WithMade>
    >`SELECT loan_no, ${uuid('id')} AS id, sequence, made, date,
      ${RECORDED} FROM payment WHERE loan_no > ${after} AND loan_no <= ${last}`.execute(database);
    const { rows: reversals } = await sql<
      Numbered<OldReversal>
    >`SELECT loan_no, ${uuid('id')} AS id, sequence,
      ${uuid('payment_id')} AS payment_id, reason, ${RECORDED}
      FROM reversal WHERE loan_no > ${after} AND loan_no <= ${last}`.execute(database);
    const paymentsOf = Map.groupBy(payments, (row) => row.loan_no);
    const reversalsOf = Map.groupBy(reversals, (row) => row.loan_no);
    for (const loan of loans) {
      const { issue, head, records } = hashesOf(
        loan,
        (paymentsOf.get(loan.no) ?? []).map((row) => ({ ...row, made: row.made === 1 })),
        reversalsOf.get(loan.no) ?? [],
      );
      await sql`UPDATE loan SET hash = ${bytes(issue)}, head = ${bytes(head)} WHERE no = ${loan.no}`.execute(
        database,
      );
      for (const { sequence, isPayment, hash } of records) {
        const table = sql.table(isPayment ? 'payment' : 'reversal');
        await sql`UPDATE ${table} SET hash = ${bytes(hash)}
          WHERE loan_no = ${loan.no} AND sequence = ${sequence}`.execute(database);
      }
    }
    after = last;
  }
}

function bytes(hash: string): Buffer {
  return Buffer.from(hash, 'hex');
}
