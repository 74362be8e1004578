// The real LendingClub files, imported by the command line into a fresh database on each engine: the book is the oracle's,
// to the cent, for the whole file and for the loans that have payment data. Skipped where the files are not there.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type OracleLoan, readLoans } from '../oracle/book.ts';
import { writeCsv } from '../oracle/csv-file.ts';
import { onEachEngine, type TestEngine } from '../support/engines.ts';
import { assertBookIs } from './book-comparison.ts';
import { countsOf, JamesBank } from './james-command.ts';
import {
  AS_OF_DATES,
  LENDINGCLUB_IS_ABSENT,
  LENDINGCLUB_IS_THERE,
  type LendingClub,
  LOANS_FILE,
  PAYMENTS_FILE,
  readLendingClub,
} from './lendingclub-files.ts';

const LOANS_COUNT = 42_535;
const LOANS_WITH_PAYMENTS_COUNT = 12_938;
const PAYMENTS_COUNT = 516_024;

interface Part {
  readonly title: string;
  readonly loansCount: number;
  /** Writes what is to be imported into the folder, if need be, and returns the loans file. */
  loansFile(files: LendingClub, folder: string): string;
  oracle(files: LendingClub): OracleLoan[];
}

const PARTS: readonly Part[] = [
  {
    title: 'the whole LendingClub file',
    loansCount: LOANS_COUNT,
    loansFile: () => LOANS_FILE,
    oracle: ({ loans, payments }) => readLoans(loans.rows, payments.rows),
  },
  {
    title: 'the LendingClub loans with payment data',
    loansCount: LOANS_WITH_PAYMENTS_COUNT,
    loansFile: ({ loansWithPayments: { header, rows } }, folder) => {
      const file = join(folder, 'loans.csv');
      writeFileSync(file, writeCsv(header, rows));
      return file;
    },
    oracle: ({ loansWithPayments, payments }) => readLoans(loansWithPayments.rows, payments.rows),
  },
];

const everyRow = (fate: 'accepted' | 'skipped', count: number) => ({
  read: count,
  accepted: 0,
  skipped: 0,
  rejected: 0,
  [fate]: count,
});

function describePart(part: Part, engine: TestEngine): void {
  describe(part.title, () => {
    let bank: JamesBank;
    let loansFile: string;
    let oracle: OracleLoan[];

    before(async () => {
      const files = readLendingClub();
      bank = await JamesBank.on(engine);
      loansFile = part.loansFile(files, bank.folder);
      oracle = part.oracle(files);
      bank.runExpecting(0, ['init-db']);
    });
    after(() => bank.remove());

    test(`all ${part.loansCount} loans are accepted`, () => {
      const report = bank.import(0, 'loans', [loansFile]);
      assert.deepEqual(countsOf(report), everyRow('accepted', part.loansCount));
      assert.equal(report.rejects_file, null);
    });

    test(`all ${PAYMENTS_COUNT} payments are accepted`, () => {
      const report = bank.import(0, 'payments', [PAYMENTS_FILE]);
      assert.deepEqual(countsOf(report), everyRow('accepted', PAYMENTS_COUNT));
      assert.equal(report.rejects_file, null);
    });

    test("the book at each year's end is the oracle's, to the cent", () => {
      assertBookIs(bank, oracle, AS_OF_DATES);
    });

    test('importing both files again skips every row and leaves the book as it was', () => {
      const loans = bank.import(0, 'loans', [loansFile]);
      const payments = bank.import(0, 'payments', [PAYMENTS_FILE]);
      assert.deepEqual(countsOf(loans), everyRow('skipped', part.loansCount));
      assert.deepEqual(countsOf(payments), everyRow('skipped', PAYMENTS_COUNT));
      assertBookIs(bank, oracle, AS_OF_DATES);
    });
  });
}

if (LENDINGCLUB_IS_THERE) {
  onEachEngine((engine) => {
    for (const part of PARTS) describePart(part, engine);
  });
} else {
  test("the book of the LendingClub files is the oracle's", { skip: LENDINGCLUB_IS_ABSENT });
}
