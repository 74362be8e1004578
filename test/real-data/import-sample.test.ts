// A committed sample of LendingClub's loans, imported by the command line: the book is the oracle's to the cent,
// in whatever order and wrapping the rows arrive. Runs everywhere, also where ../shared/data is absent.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bookAsOf, readLoans } from '../oracle/book.ts';
import { type CsvTable, readCsv, writeCsv } from '../oracle/csv-file.ts';
import { onEachEngine } from '../support/engines.ts';
import { assertBookIs } from './book-comparison.ts';
import { countsOf, withBank } from './james-command.ts';
import { SAMPLE_LOANS_FILE, SAMPLE_PAYMENTS_FILE } from './lendingclub-files.ts';

// Each date is a process that starts: few dates, chosen to fill every ageing bucket.
const SAMPLE_DATES = ['2007-11-30', '2009-03-15', '2010-12-31', '2011-08-15'];
const SAMPLE_DATE_LAST = '2012-01-20';

onEachEngine((engine) => {
  describe('a sample of the LendingClub files', () => {
    const loans = readCsv(SAMPLE_LOANS_FILE);
    const payments = readCsv(SAMPLE_PAYMENTS_FILE);
    const oracle = readLoans(loans.rows, payments.rows);
    const allOf = (table: CsvTable, fate: 'accepted' | 'skipped') => ({
      read: table.rows.length,
      accepted: 0,
      skipped: 0,
      rejected: 0,
      [fate]: table.rows.length,
    });

    test('its dates fill every ageing bucket', () => {
      const books = SAMPLE_DATES.map((asOf) => bookAsOf(oracle, asOf));
      for (const index of [0, 1, 2, 3, 4]) {
        assert.ok(books.some(({ buckets }) => (buckets[index]?.volume ?? 0) > 0));
      }
    });

    test("is accepted whole, has the oracle's book, and is skipped whole the second time", async () => {
      await withBank(engine, (bank) => {
        assert.deepEqual(countsOf(bank.import(0, 'loans', [SAMPLE_LOANS_FILE])), allOf(loans, 'accepted'));
        assert.deepEqual(
          countsOf(bank.import(0, 'payments', [SAMPLE_PAYMENTS_FILE])),
          allOf(payments, 'accepted'),
        );
        assertBookIs(bank, oracle, [...SAMPLE_DATES, SAMPLE_DATE_LAST]);
        assert.deepEqual(countsOf(bank.import(0, 'loans', [SAMPLE_LOANS_FILE])), allOf(loans, 'skipped'));
        assert.deepEqual(
          countsOf(bank.import(0, 'payments', [SAMPLE_PAYMENTS_FILE])),
          allOf(payments, 'skipped'),
        );
        assertBookIs(bank, oracle, [SAMPLE_DATE_LAST]);
      });
    });

    test('has the same book when its payments arrive in reverse order', async () => {
      await withBank(engine, (bank) => {
        const reversed = writeCsv(payments.header, payments.rows.toReversed());
        bank.import(0, 'loans', [SAMPLE_LOANS_FILE]);
        assert.deepEqual(countsOf(bank.import(0, 'payments', ['-'], reversed)), allOf(payments, 'accepted'));
        assertBookIs(bank, oracle, SAMPLE_DATES);
      });
    });

    test('is read from gzipped files as they are', async () => {
      await withBank(engine, (bank) => {
        for (const file of [SAMPLE_LOANS_FILE, SAMPLE_PAYMENTS_FILE]) {
          writeFileSync(join(bank.folder, `${basename(file)}.gz`), gzipSync(readFileSync(file)));
        }
        assert.deepEqual(countsOf(bank.import(0, 'loans', ['loans.csv.gz'])), allOf(loans, 'accepted'));
        assert.deepEqual(
          countsOf(bank.import(0, 'payments', ['payments.csv.gz'])),
          allOf(payments, 'accepted'),
        );
        assertBookIs(bank, oracle, [SAMPLE_DATE_LAST]);
      });
    });
  });
});
