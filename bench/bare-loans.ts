// The least that a durable POST /loans costs on SQLite: one insert of one loan into one bare table of the columns of an
// import, in a transaction of its own. As durable as James: WAL, synchronous=FULL.

import Database from 'better-sqlite3';
import type { LoanTerms } from '../src/domain/loan.ts';
import { referenceOf } from './references.ts';

/** Opens a new file; what comes back inserts a loan durably. */
export function openBareLoans(file: string): (terms: LoanTerms) => void {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    'CREATE TABLE bare (reference TEXT, amount INTEGER, term INTEGER, rate INTEGER, date INTEGER) STRICT',
  );
  const insert = database.prepare('INSERT INTO bare VALUES (?, ?, ?, ?, ?)');
  let next = 0;
  return ({ amountCents, term, rate, date }) => {
    insert.run(referenceOf('BARE', ++next), amountCents, term, rate, date);
  };
}
