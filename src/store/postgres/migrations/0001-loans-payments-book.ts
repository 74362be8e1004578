// The bank, its loans, their payments and the book.
//
// Dates are days since 1970-01-01, months are year × 12 + month − 1, instants are milliseconds since 1970 (UTC),
// rates count 10^-10, money counts minor units of the bank's currency. Money of one loan is below 2^53, of the book not.
//
// A row about a loan stands in the loan's lane, the first column of its key. A payment's place is (loan, month,
// reversal), and reversal 0 is the one that counts: the primary key itself allows one live record a month; a reversed
// one moves to the next free place of its month.
//
// Writers add the book's changes to book_pending, where no two of them meet; compaction moves them from there into the
// book's tables (docs/decisions/0012-book-on-postgresql.md). A question sums both.

import { type Kysely, sql } from 'kysely';

const SUMS = 'value numeric NOT NULL, principal numeric NOT NULL, volume bigint NOT NULL';

/** Room on each page for a row's next version. */
const ROOM = 'WITH (fillfactor = 85)';

const STATEMENTS = [
  `CREATE TABLE bank (
    one smallint PRIMARY KEY CHECK (one = 1),
    currency text NOT NULL CHECK (length(currency) = 3),
    time_zone text NOT NULL CHECK (length(time_zone) > 0),
    lanes integer NOT NULL CHECK (lanes BETWEEN 1 AND 4096),
    book_day integer NOT NULL,
    created_at bigint NOT NULL
  )`,

  `CREATE TABLE loan (
    lane smallint NOT NULL,
    id uuid NOT NULL,
    reference text COLLATE "C" CHECK (length(reference) BETWEEN 1 AND 100),
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 999999999999999),
    rate bigint NOT NULL CHECK (rate BETWEEN 0 AND 1000000000000),
    term integer NOT NULL CHECK (term BETWEEN 1 AND 1200),
    date integer NOT NULL CHECK (date BETWEEN -719162 AND 2932896),
    installment bigint NOT NULL CHECK (installment >= 1),
    payments_made integer NOT NULL CHECK (payments_made BETWEEN 0 AND term),
    next_due_on integer,
    record_count integer NOT NULL CHECK (record_count >= 1),
    reversed_at bigint,
    reversed_on integer,
    recorded_at bigint NOT NULL,
    recorded_on integer NOT NULL,
    request_id text NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (lane, id),
    UNIQUE (lane, reference),
    CHECK (installment::numeric * term BETWEEN 1 AND 9007199254740991),
    CHECK ((next_due_on IS NULL) = (payments_made = term OR reversed_on IS NOT NULL)),
    CHECK ((reversed_at IS NULL) = (reversed_on IS NULL)),
    CHECK (reversed_on IS NULL OR payments_made = 0)
  ) ${ROOM}`,

  // What lists of loans are filtered and ordered by.
  'CREATE INDEX loan_by_date ON loan (lane, date, id)',
  'CREATE INDEX loan_by_due ON loan (lane, next_due_on, id) WHERE next_due_on IS NOT NULL',
  'CREATE INDEX loan_paid_off ON loan (lane, id) WHERE next_due_on IS NULL AND reversed_on IS NULL',
  'CREATE INDEX loan_reversed ON loan (lane, id) WHERE reversed_on IS NOT NULL',

  `CREATE TABLE payment (
    lane smallint NOT NULL,
    loan_id uuid NOT NULL,
    month integer NOT NULL,
    reversal integer NOT NULL CHECK (reversal >= 0),
    id uuid NOT NULL,
    sequence integer NOT NULL CHECK (sequence > 1),
    made boolean NOT NULL,
    date integer NOT NULL CHECK (date BETWEEN -719162 AND 2932896),
    recorded_at bigint NOT NULL,
    recorded_on integer NOT NULL,
    request_id text NOT NULL,
    recorded_by text NOT NULL,
    reversed_at bigint,
    reversed_on integer,
    PRIMARY KEY (lane, loan_id, month, reversal),
    UNIQUE (lane, id),
    FOREIGN KEY (lane, loan_id) REFERENCES loan (lane, id),
    CHECK ((reversal = 0) = (reversed_on IS NULL)),
    CHECK ((reversed_at IS NULL) = (reversed_on IS NULL))
  )`,

  `CREATE TABLE reversal (
    lane smallint NOT NULL,
    loan_id uuid NOT NULL,
    sequence integer NOT NULL CHECK (sequence > 1),
    id uuid NOT NULL,
    payment_id uuid,
    reason text CHECK (length(reason) BETWEEN 1 AND 500),
    recorded_at bigint NOT NULL,
    recorded_on integer NOT NULL,
    request_id text NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (lane, loan_id, sequence),
    UNIQUE (lane, id),
    UNIQUE (lane, payment_id),
    FOREIGN KEY (lane, loan_id) REFERENCES loan (lane, id),
    FOREIGN KEY (lane, payment_id) REFERENCES payment (lane, id)
  )`,
  'CREATE UNIQUE INDEX reversal_of_loan ON reversal (lane, loan_id) WHERE payment_id IS NULL',

  `CREATE TABLE kept_answer (
    lane smallint NOT NULL,
    owner text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    fingerprint text NOT NULL,
    outcome text NOT NULL,
    request_id text NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (lane, owner, key)
  )`,
  'CREATE INDEX kept_answer_by_age ON kept_answer (lane, recorded_at)',

  `CREATE TABLE book_pending (
    lane smallint NOT NULL,
    no bigint GENERATED ALWAYS AS IDENTITY,
    recorded_on integer NOT NULL,
    effective_on integer NOT NULL,
    effective_month integer NOT NULL,
    due_on integer NOT NULL,
    cause text NOT NULL CHECK (cause IN ('issued', 'paid', 'reversed')),
    ${SUMS},
    PRIMARY KEY (lane, no)
  )`,

  `CREATE TABLE book_change (
    recorded_on integer NOT NULL, effective_on integer NOT NULL, due_on integer NOT NULL,
    cause text NOT NULL CHECK (cause IN ('issued', 'paid', 'reversed')), ${SUMS},
    PRIMARY KEY (recorded_on, effective_on, due_on, cause)
  ) ${ROOM}`,
  `CREATE TABLE book_day_by_due (
    effective_on integer NOT NULL, due_on integer NOT NULL, ${SUMS},
    PRIMARY KEY (effective_on, due_on)
  ) ${ROOM}`,
  `CREATE TABLE book_month_by_due (
    due_on integer NOT NULL, effective_month integer NOT NULL, ${SUMS},
    PRIMARY KEY (due_on, effective_month)
  ) ${ROOM}`,
  `CREATE TABLE book_day (effective_on integer PRIMARY KEY, ${SUMS}) ${ROOM}`,
  `CREATE TABLE book_month (effective_month integer PRIMARY KEY, ${SUMS}) ${ROOM}`,
];

export async function up(database: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}
