// Compares an answer of `james book --json` with the oracle, member by member, to the cent.
// Members that the oracle does not know (more may be added) are left out of the comparison.

import assert from 'node:assert/strict';
import { bookAsOf, type OracleBook, type OracleLoan } from '../oracle/book.ts';
import type { BookAnswer, JamesBank } from './james-command.ts';

function known({ outstanding, arrears }: BookAnswer) {
  const sums = ({ value, principal, volume }: { value: string; principal: string; volume: number }) => ({
    value,
    principal,
    volume,
  });
  return {
    outstanding: { as_of: outstanding.as_of, currency: outstanding.currency, ...sums(outstanding) },
    arrears: {
      as_of: arrears.as_of,
      currency: arrears.currency,
      total: sums(arrears.total),
      buckets: arrears.buckets.map((bucket) => ({
        days_from: bucket.days_from,
        days_to: bucket.days_to,
        ...sums(bucket),
      })),
      par: arrears.par.map(({ days, principal, of, ratio }) => ({ days, principal, of, ratio })),
    },
  };
}

export function assertBookEquals(answer: BookAnswer, oracle: OracleBook, asOf: string): void {
  assert.deepEqual(known(answer), {
    outstanding: { as_of: asOf, currency: 'USD', ...oracle.total },
    arrears: { as_of: asOf, currency: 'USD', ...oracle },
  });
  assert.equal(answer.outstanding.known_at, answer.arrears.known_at);
}

/** Asks the bank for the book of each date; each one is a process that starts, so let there be few. */
export function assertBookIs(bank: JamesBank, oracle: readonly OracleLoan[], dates: readonly string[]): void {
  for (const asOf of dates) assertBookEquals(bank.bookAsOf(asOf), bookAsOf(oracle, asOf), asOf);
}
