// Where the LendingClub files lie, and the part of them that has payment data.
// All but a sample are not in this repository: whoever reads them must first ask whether they are there.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CsvTable, column, readCsv } from '../oracle/csv-file.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/data/lendingclub-2007-2011');

export const LOANS_FILE = join(FOLDER, 'loans.csv');
export const PAYMENTS_FILE = join(FOLDER, 'payments.csv.gz');

export const LENDINGCLUB_IS_THERE = existsSync(LOANS_FILE) && existsSync(PAYMENTS_FILE);

/** Why a test skips. It must skip as a test: the runner counts no skipped suite, and a file without a test fails. */
export const LENDINGCLUB_IS_ABSENT = 'the LendingClub files are not at ../shared/data';

const SAMPLE = join(import.meta.dirname, '../fixtures/lendingclub-sample');

/** A part of them that is in this repository, so that it is there everywhere. */
export const SAMPLE_LOANS_FILE = join(SAMPLE, 'loans.csv');
export const SAMPLE_PAYMENTS_FILE = join(SAMPLE, 'payments.csv');

/** The ends of the four years of the files in which payments fall. */
export const AS_OF_DATES = ['2008-12-31', '2009-12-31', '2010-12-31', '2011-12-31'] as const;

export interface LendingClub {
  readonly loans: CsvTable;
  readonly payments: CsvTable;
  /** The loans of which the payments file has at least one record. */
  readonly loansWithPayments: CsvTable;
}

export function readLendingClub(): LendingClub {
  const loans = readCsv(LOANS_FILE);
  const payments = readCsv(PAYMENTS_FILE);
  const paid = new Set(payments.rows.map((row) => column(row, 'reference')));
  const rows = loans.rows.filter((row) => paid.has(column(row, 'reference')));
  return { loans, payments, loansWithPayments: { header: loans.header, rows } };
}
