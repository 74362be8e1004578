// Writes the CSV files that imports take, in the columns of `james import`.
// All of it happens before anything is measured.

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import { formatDate } from '../src/domain/calendar-date.ts';
import type { LoanTerms } from '../src/domain/loan.ts';
import { formatMoneyShort, USD } from '../src/domain/money.ts';
import { formatRate } from '../src/domain/rate.ts';
import { randomPaymentDate, randomTerms } from './generated-loans.ts';
import { referenceOf } from './references.ts';

/** A file for `james import KIND`. */
export interface ImportFile {
  readonly kind: 'loans' | 'payments';
  readonly csv: string;
  readonly rows: number;
}

const CHUNK_LINES = 10_000;
const ONE_IN_SO_MANY_MISSED = 50;

function writeLines(file: string, lines: Iterable<string>): void {
  const handle = openSync(file, 'w');
  try {
    let chunk: string[] = [];
    for (const line of lines) {
      chunk.push(line);
      if (chunk.length < CHUNK_LINES) continue;
      writeSync(handle, `${chunk.join('\n')}\n`);
      chunk = [];
    }
    if (chunk.length > 0) writeSync(handle, `${chunk.join('\n')}\n`);
  } finally {
    closeSync(handle);
  }
}

function* loanLines(prefix: string, loans: Iterable<LoanTerms>): Generator<string> {
  yield 'reference,amount,term,rate,date';
  let number = 0;
  for (const { amountCents, term, rate, date } of loans) {
    const amount = formatMoneyShort(amountCents, USD);
    yield `${referenceOf(prefix, ++number)},${amount},${term},${formatRate(rate)},${formatDate(date)}`;
  }
}

/** Every loan's payments stand together, loan after loan, each in the month of its installment. */
function* paymentLines(
  prefix: string,
  loans: readonly LoanTerms[],
  payments: number,
  random: SeededRandom,
): Generator<string> {
  yield 'reference,payment,date,amount';
  const each = Math.ceil(payments / loans.length);
  let written = 0;
  for (const [index, { date, installmentCents }] of loans.entries()) {
    for (let number = 1; number <= each && written < payments; number++, written++) {
      const payment = random.integer(1, ONE_IN_SO_MANY_MISSED) === 1 ? 'missed' : 'made';
      const paidOn = formatDate(randomPaymentDate(date, number, random));
      yield `${referenceOf(prefix, index + 1)},${payment},${paidOn},${formatMoneyShort(installmentCents, USD)}`;
    }
  }
}

/** A book: loans, and payments spread evenly over them (at most six a loan: every loan runs so long), in that order. */
export function writeBook(folder: string, loans: number, payments: number): readonly ImportFile[] {
  const random = new SeededRandom(1);
  const terms = Array.from({ length: loans }, () => randomTerms(random));
  const loansCsv = join(folder, 'loans.csv');
  const paymentsCsv = join(folder, 'payments.csv');
  writeLines(loansCsv, loanLines('BOOK', terms));
  writeLines(paymentsCsv, paymentLines('BOOK', terms, payments, random));
  return [
    { kind: 'loans', csv: loansCsv, rows: loans },
    { kind: 'payments', csv: paymentsCsv, rows: payments },
  ];
}

/** Loans without any payment; no two calls with different prefixes write the same references. */
export function writeFreshLoans(
  csv: string,
  prefix: string,
  loans: number,
  random: SeededRandom,
): ImportFile {
  const terms = Array.from({ length: loans }, () => randomTerms(random));
  writeLines(csv, loanLines(prefix, terms));
  return { kind: 'loans', csv, rows: loans };
}
