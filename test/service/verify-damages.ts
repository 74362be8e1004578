// What can be damaged in a database behind James's back: how, what `james verify` says of it, and whether it follows
// from the records, so that --rebuild restores it.

import type { DatabaseAddress } from '../../src/store/database-address.ts';

type Engine = DatabaseAddress['engine'];

/** Where the tables of the engines differ. */
interface Dialect {
  /** The column of a sum that takes small additions. */
  readonly value: string;
  /** A loan's key, as a column of its records and in its own table. */
  readonly ofLoan: string;
  readonly key: string;
  /** The key of no loan. */
  readonly nobody: string;
  /** All of a sum's columns with a value of 100 and nothing else. */
  readonly hundred: string;
}

export const DIALECTS: Readonly<Record<Engine, Dialect>> = {
  sqlite: { value: 'value_low', ofLoan: 'loan_no', key: 'no', nobody: '999', hundred: '0, 100, 0, 0, 0' },
  postgres: {
    value: 'value',
    ofLoan: 'loan_id',
    key: 'id',
    nobody: `'00000000-0000-7000-8000-000000000000'`,
    hundred: '100, 0, 0',
  },
};

export interface Damage {
  readonly name: string;
  readonly sql: (dialect: Dialect) => string;
  readonly said: RegExp;
  readonly restored: boolean;
  /** Unless on both. */
  readonly only?: Engine;
}

/** SQL: the records of a loan of the sound database (verify.test.ts). */
function ofLoan({ ofLoan: column, key }: Dialect, reference: string): string {
  return `${column} = (SELECT ${key} FROM loan WHERE reference = '${reference}')`;
}

const MISTAKE = `SELECT id FROM loan WHERE reference = 'mistake'`;

export const DAMAGES: readonly Damage[] = [
  {
    name: 'a sum of a row',
    sql: ({ value }) => `UPDATE book_change SET ${value} = ${value} + 5 WHERE cause = 'reversed'`,
    said: /book_change, .* cause reversed: 5 cents/,
    restored: true,
  },
  {
    name: 'a row is gone',
    sql: () => 'DELETE FROM book_change WHERE effective_on = (SELECT min(effective_on) FROM book_change)',
    said: /book_change, .*effective on/,
    restored: true,
  },
  {
    name: 'the volume of a row',
    sql: () =>
      `UPDATE book_change SET volume = volume + 1
       WHERE effective_on = (SELECT min(effective_on) FROM book_change)`,
    said: /book_change, .*volume 1$/m,
    restored: true,
  },
  {
    name: 'the whole book is gone',
    sql: () => 'DELETE FROM book_change',
    said: /book_change, .*cause issued/,
    restored: true,
  },
  {
    name: 'a change under another recorded date',
    sql: () => `UPDATE book_change SET recorded_on = recorded_on - 1 WHERE cause = 'reversed'`,
    said: /book_change, recorded on .* cause reversed/,
    restored: true,
  },
  {
    name: 'a row of the book that nothing made',
    sql: ({ hundred }) => `INSERT INTO book_change VALUES (1, 1, 1, 'paid', ${hundred})`,
    said: /book_change, recorded on 1970-01-02.*: 100 cents/,
    restored: true,
  },
  {
    name: 'a pending change that nothing made',
    only: 'postgres',
    sql: ({ hundred }) =>
      `INSERT INTO book_pending (lane, recorded_on, effective_on, due_on, cause, value, principal, volume)
       VALUES (0, 1, 1, 1, 'paid', ${hundred})`,
    said: /book_change, recorded on 1970-01-02.*: 100 cents/,
    restored: true,
  },
  {
    name: 'payments made',
    sql: () => `UPDATE loan SET payments_made = 2 WHERE reference = 'steady'`,
    said: /payments made: stored 2, recorded 3/,
    restored: true,
  },
  {
    name: 'the next due date',
    sql: () => `UPDATE loan SET next_due_on = next_due_on + 1 WHERE reference = 'steady'`,
    said: /next due on: stored 2017-12-06, right 2017-12-05/,
    restored: true,
  },
  {
    name: 'the number of records',
    sql: () => `UPDATE loan SET record_count = 9 WHERE reference = 'steady'`,
    said: /records: stored 9, there are 4/,
    restored: true,
  },
  {
    name: 'a payment is gone',
    sql: (dialect) => `DELETE FROM payment WHERE ${ofLoan(dialect, 'steady')} AND sequence = 3`,
    said: /record 3 is missing/,
    restored: false,
  },
  {
    name: 'a made payment turned into a missed one',
    sql: (dialect) =>
      `UPDATE payment SET made = NOT made WHERE ${ofLoan(dialect, 'steady')} AND sequence = 2`,
    said: /payments made: stored 3, recorded 2/,
    restored: false,
  },
  {
    name: 'a payment before its loan',
    sql: (dialect) => `UPDATE payment SET date = 100 WHERE ${ofLoan(dialect, 'steady')} AND sequence = 2`,
    said: /cannot have been taken: before-loan/,
    restored: false,
  },
  {
    name: 'a payment filed under another month',
    sql: (dialect) =>
      `UPDATE payment SET month = month + 40 WHERE ${ofLoan(dialect, 'steady')} AND sequence = 2`,
    said: /filed under 2021-01/,
    restored: false,
  },
  {
    name: 'a reversal is gone',
    sql: (dialect) => `DELETE FROM reversal WHERE ${ofLoan(dialect, 'late')}`,
    said: /is stored as reversed, by the records it is not/,
    restored: false,
  },
  {
    name: 'a reversed payment counts again',
    sql: () =>
      `UPDATE payment SET reversal = 0, month = month + 400, reversed_at = NULL, reversed_on = NULL
       WHERE reversal = 1`,
    said: /is stored as live, by the records it is not/,
    restored: false,
  },
  {
    name: 'a reversed loan counts again',
    sql: () =>
      `UPDATE loan SET reversed_at = NULL, reversed_on = NULL, next_due_on = date + 31 WHERE reference = 'mistake'`,
    said: /the loan is stored as live, by its records it is not/,
    restored: true,
  },
  {
    name: 'another installment',
    sql: () => `UPDATE loan SET installment = installment + 1 WHERE reference = 'steady'`,
    said: /book_change, .*cause issued: -12 cents/,
    restored: false,
  },
  {
    name: 'another name under a record',
    sql: (dialect) =>
      `UPDATE payment SET recorded_by = 'somebody' WHERE ${ofLoan(dialect, 'steady')} AND sequence = 3`,
    said: /the chain breaks at record 3/,
    restored: false,
  },
  {
    name: 'another reason of a reversal',
    sql: () =>
      `UPDATE reversal SET reason = 'no reason at all' WHERE payment_id IS NOT NULL AND reason IS NULL`,
    said: /the chain breaks at record \d/,
    restored: false,
  },
  {
    name: 'another date of an issue',
    sql: () => `UPDATE loan SET date = date - 1 WHERE reference = 'mistake'`,
    said: /the issue is not what was recorded/,
    restored: false,
  },
  {
    name: 'the last record taken away, with all that tells of it',
    sql: (dialect) =>
      `DELETE FROM payment WHERE ${ofLoan(dialect, 'steady')} AND sequence = 4;
       UPDATE loan SET payments_made = 2, record_count = 3 WHERE reference = 'steady'`,
    said: /records are missing at its end/,
    restored: false,
  },
  {
    name: 'a record without a hash',
    sql: (dialect) => `UPDATE payment SET hash = NULL WHERE ${ofLoan(dialect, 'steady')} AND sequence = 2`,
    said: /the chain breaks at record 2/,
    restored: false,
  },
  {
    name: 'a payment of no loan',
    sql: (dialect) =>
      `UPDATE payment SET ${dialect.ofLoan} = ${dialect.nobody}
       WHERE ${ofLoan(dialect, 'steady')} AND sequence = 4`,
    said: /rows? of payment refers? to no row of loan/,
    restored: false,
  },
  {
    name: 'a loan in a lane that there is not',
    only: 'postgres',
    sql: () => `UPDATE loan SET lane = 99 WHERE reference = 'mistake'`,
    said: /1 loans are in a lane that the bank does not have/,
    restored: false,
  },
  {
    name: 'a loan in a lane that is not its own',
    only: 'postgres',
    sql: () =>
      ['loan', 'reversal']
        .map(
          (table) =>
            `UPDATE ${table} SET lane = (lane + 1) % 8 WHERE ${table === 'loan' ? 'id' : 'loan_id'} = (${MISTAKE})`,
        )
        .reverse()
        .join('; '),
    said: /is in lane \d, but its id names lane \d/,
    restored: false,
  },
  {
    name: 'a value outside its constraint',
    only: 'sqlite',
    sql: () => `UPDATE loan SET term = 5000 WHERE reference = 'mistake'`,
    said: /CHECK constraint failed in loan/,
    restored: false,
  },
  {
    name: 'a constraint that is not enforced',
    only: 'postgres',
    sql: () => 'ALTER TABLE loan ADD CONSTRAINT loan_term_again CHECK (term BETWEEN 1 AND 1200) NOT VALID',
    said: /the constraint loan_term_again was never validated/,
    restored: false,
  },
];
