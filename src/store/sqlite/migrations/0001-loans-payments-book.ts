// The bank, its loans, their payments and the book.
//
// Dates are days since 1970-01-01, months are year × 12 + month − 1, instants are milliseconds since 1970 (UTC),
// rates count 10^-10, money counts minor units of the bank's currency.
//
// A payment's place in its table is (loan, month, reversal), and reversal 0 is the one that counts: the primary key
// itself allows one live record a month; a reversed one moves to the next free place of its month. Sums of the book can pass 2^63, so each is kept in two columns:
// `…_high` × 10^9 + `…_low`.

import { type Kysely, sql } from 'kysely';

const SUMS = `
  value_high INTEGER NOT NULL, value_low INTEGER NOT NULL,
  principal_high INTEGER NOT NULL, principal_low INTEGER NOT NULL,
  volume INTEGER NOT NULL`;

const STATEMENTS = [
  `CREATE TABLE bank (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    time_zone TEXT NOT NULL CHECK (length(time_zone) > 0),
    book_day INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT`,

  `CREATE TABLE loan (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    reference TEXT UNIQUE CHECK (length(reference) BETWEEN 1 AND 100),
    amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 999999999999999),
    rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000000000),
    term INTEGER NOT NULL CHECK (term BETWEEN 1 AND 1200),
    date INTEGER NOT NULL CHECK (date BETWEEN -719162 AND 2932896),
    installment INTEGER NOT NULL CHECK (installment >= 1),
    payments_made INTEGER NOT NULL CHECK (payments_made BETWEEN 0 AND term),
    next_due_on INTEGER,
    record_count INTEGER NOT NULL CHECK (record_count >= 1),
    reversed_at INTEGER,
    reversed_on INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_on INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    CHECK (installment * term BETWEEN 1 AND 9007199254740991),
    CHECK ((next_due_on IS NULL) = (payments_made = term OR reversed_on IS NOT NULL)),
    CHECK ((reversed_at IS NULL) = (reversed_on IS NULL)),
    CHECK (reversed_on IS NULL OR payments_made = 0)
  ) STRICT`,

  // What lists of loans are filtered and ordered by.
  'CREATE INDEX loan_by_date ON loan (date)',
  'CREATE INDEX loan_by_due ON loan (next_due_on) WHERE next_due_on IS NOT NULL',
  'CREATE INDEX loan_paid_off ON loan (no) WHERE next_due_on IS NULL AND reversed_on IS NULL',
  'CREATE INDEX loan_reversed ON loan (no) WHERE reversed_on IS NOT NULL',

  `CREATE TABLE payment (
    loan_no INTEGER NOT NULL REFERENCES loan (no),
    month INTEGER NOT NULL,
    reversal INTEGER NOT NULL CHECK (reversal >= 0),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    sequence INTEGER NOT NULL CHECK (sequence > 1),
    made INTEGER NOT NULL CHECK (made IN (0, 1)),
    date INTEGER NOT NULL CHECK (date BETWEEN -719162 AND 2932896),
    recorded_at INTEGER NOT NULL,
    recorded_on INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at INTEGER,
    reversed_on INTEGER,
    PRIMARY KEY (loan_no, month, reversal),
    CHECK ((reversal = 0) = (reversed_on IS NULL)),
    CHECK ((reversed_at IS NULL) = (reversed_on IS NULL))
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE reversal (
    loan_no INTEGER NOT NULL REFERENCES loan (no),
    sequence INTEGER NOT NULL CHECK (sequence > 1),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    payment_id BLOB UNIQUE REFERENCES payment (id),
    reason TEXT CHECK (length(reason) BETWEEN 1 AND 500),
    recorded_at INTEGER NOT NULL,
    recorded_on INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (loan_no, sequence)
  ) STRICT, WITHOUT ROWID`,
  'CREATE UNIQUE INDEX reversal_of_loan ON reversal (loan_no) WHERE payment_id IS NULL',

  `CREATE TABLE kept_answer (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    request_id TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX kept_answer_by_age ON kept_answer (recorded_at)',

  `CREATE TABLE book_change (
    recorded_on INTEGER NOT NULL, effective_on INTEGER NOT NULL, due_on INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('issued', 'paid', 'reversed')), ${SUMS},
    PRIMARY KEY (recorded_on, effective_on, due_on, cause)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE book_day_by_due (
    effective_on INTEGER NOT NULL, due_on INTEGER NOT NULL, ${SUMS},
    PRIMARY KEY (effective_on, due_on)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE book_month_by_due (
    due_on INTEGER NOT NULL, effective_month INTEGER NOT NULL, ${SUMS},
    PRIMARY KEY (due_on, effective_month)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE book_day (
    effective_on INTEGER PRIMARY KEY, ${SUMS}
  ) STRICT`,

  `CREATE TABLE book_month (
    effective_month INTEGER PRIMARY KEY, ${SUMS}
  ) STRICT`,
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
