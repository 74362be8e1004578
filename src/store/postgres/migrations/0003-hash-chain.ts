// Each loan's records form a hash chain (record-chain.ts): the hash of each record, and of the loan's last one.

import { type Kysely, sql } from 'kysely';
import { hashesOf, type OldLoan, type OldPayment, type OldReversal } from '../../hash-existing-records.ts';

const LOANS_AT_ONCE = 1_000;
const NOTHING = '00000000-0000-0000-0000-000000000000';

const STATEMENTS = [
  `ALTER TABLE loan ADD COLUMN hash bytea CHECK (length(hash) = 32), ADD COLUMN head bytea CHECK (length(head) = 32)`,
  'ALTER TABLE payment ADD COLUMN hash bytea CHECK (length(hash) = 32)',
  'ALTER TABLE reversal ADD COLUMN hash bytea CHECK (length(hash) = 32)',
];

type OfLoan<Row> = Row & { readonly loan_id: string };

// As double precision, which holds all of them exactly: the driver reads bigint as text.
const RECORDED = sql.raw('recorded_at::double precision, recorded_on, request_id, recorded_by');

async function hashLane(database: Kysely<never>, lane: number): Promise<void> {
  for (let after = NOTHING; ; ) {
    const { rows: loans } =
      await sql<OldLoan>`SELECT id, reference, amount::double precision, rate::double precision,
      term, date, installment::double precision, ${RECORDED}
      FROM loan WHERE lane = ${lane} AND id > ${after} ORDER BY id LIMIT ${LOANS_AT_ONCE}`.execute(database);
    const last = loans.at(-1)?.id;
    if (last === undefined) return;
    const { rows: payments } = await sql<
      OfLoan<OldPayment>
    >`SELECT loan_id, id, sequence, made, date, ${RECORDED}
      FROM payment WHERE lane = ${lane} AND loan_id > ${after} AND loan_id <= ${last}`.execute(database);
    const { rows: reversals } = await sql<
      OfLoan<OldReversal>
    >`SELECT loan_id, id, sequence, payment_id, reason,
      ${RECORDED} FROM reversal WHERE lane = ${lane} AND loan_id > ${after} AND loan_id <= ${last}`.execute(
      database,
    );
    const paymentsOf = Map.groupBy(payments, (row) => row.loan_id);
    const reversalsOf = Map.groupBy(reversals, (row) => row.loan_id);
    for (const loan of loans) {
      const { issue, head, records } = hashesOf(
        loan,
        paymentsOf.get(loan.id) ?? [],
        reversalsOf.get(loan.id) ?? [],
      );
      await sql`UPDATE loan SET hash = ${bytes(issue)}, head = ${bytes(head)}
        WHERE lane = ${lane} AND id = ${loan.id}`.execute(database);
      for (const { sequence, isPayment, hash } of records) {
        const table = sql.table(isPayment ? 'payment' : 'reversal');
        await sql`UPDATE ${table} SET hash = ${bytes(hash)}
          WHERE lane = ${lane} AND loan_id = ${loan.id} AND sequence = ${sequence}`.execute(database);
      }
    }
    after = last;
  }
}

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  const { rows } = await sql<{ lanes: number }>`SELECT lanes FROM bank`.execute(database);
  for (let lane = 0; lane < (rows[0]?.lanes ?? 0); lane++) await hashLane(database, lane);
}

function bytes(hash: string): Buffer {
  return Buffer.from(hash, 'hex');
}
