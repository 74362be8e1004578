// Prints the book that the oracle computes from the LendingClub files: `node test/real-data/expected-book.ts`.
// The figures of the README come from here, never from the service itself. With --json, as one JSON document.

import type { OracleBook } from '../oracle/book.ts';
import { bookAsOf, readLoans } from '../oracle/book.ts';
import { AS_OF_DATES, LENDINGCLUB_IS_THERE, readLendingClub } from './lendingclub-files.ts';

function printTables(title: string, books: readonly (readonly [string, OracleBook])[]): void {
  console.log(`\n### ${title}\n`);
  console.log('| as of | loans | value | principal | PAR(30) | PAR(60) | PAR(90) |');
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const [asOf, { total, par }] of books) {
    const ratios = par.map(({ ratio }) => ratio ?? '–').join(' | ');
    console.log(`| ${asOf} | ${total.volume} | ${total.value} | ${total.principal} | ${ratios} |`);
  }
  console.log('\n| as of | days past due | loans | value | principal |');
  console.log('|---|---|---:|---:|---:|');
  for (const [asOf, { buckets }] of books) {
    for (const bucket of buckets) {
      const days = `${bucket.days_from}–${bucket.days_to ?? ''}`;
      console.log(`| ${asOf} | ${days} | ${bucket.volume} | ${bucket.value} | ${bucket.principal} |`);
    }
  }
}

if (!LENDINGCLUB_IS_THERE) {
  console.error('The LendingClub files are not at ../shared/data.');
  process.exit(1);
}

const { loans, payments, loansWithPayments } = readLendingClub();
const parts = [
  ['all loans', loans],
  ['the loans with payment data', loansWithPayments],
] as const;
const figures = parts.map(([title, table]) => {
  const book = readLoans(table.rows, payments.rows);
  return {
    title: `${title} (${table.rows.length})`,
    books: AS_OF_DATES.map((asOf) => [asOf, bookAsOf(book, asOf)] as const),
  };
});

if (process.argv.includes('--json')) {
  const named = figures.map(({ title, books }) => ({ title, books: Object.fromEntries(books) }));
  console.log(JSON.stringify(named, null, 1));
} else {
  for (const { title, books } of figures) printTables(title, books);
}
