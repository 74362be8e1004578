// The import command from outside: where it reads and writes, which files it takes, and how it ends.
// Exit codes: 0 all rows accepted or skipped, 2 some rejected, 1 it could not run.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { column, readCsv } from '../oracle/csv-file.ts';
import { onEachEngine } from '../support/engines.ts';
import { LOANS_HEADER, PAYMENTS_HEADER } from './hand-made-rows.ts';
import { countsOf, withBank } from './james-command.ts';
import { SAMPLE_LOANS_FILE } from './lendingclub-files.ts';

onEachEngine((engine) => {
  describe('the import command', () => {
    const GOOD_LOAN = 'reference,amount,term,rate,date\nC-1,1000,12,0.05,2017-08-05\n';
    const oneOf = (fate: 'accepted' | 'skipped' | 'rejected') => ({
      read: 1,
      accepted: 0,
      skipped: 0,
      rejected: 0,
      [fate]: 1,
    });

    test('reads standard input where the file is a dash', async () => {
      await withBank(engine, (bank) => {
        assert.deepEqual(countsOf(bank.import(0, 'loans', ['-'], GOOD_LOAN)), oneOf('accepted'));
        const payment = `${PAYMENTS_HEADER}\nC-1,made,2017-09-05,85.60\n`;
        assert.deepEqual(countsOf(bank.import(0, 'payments', ['-'], payment)), oneOf('accepted'));
        assert.equal(bank.bookAsOf('2017-09-05').outstanding.value, '941.60');
      });
    });

    test('writes the rejects of standard input to the file asked for', async () => {
      await withBank(engine, (bank) => {
        const input = GOOD_LOAN.replace('0.05', 'five');
        const report = bank.import(2, 'loans', ['-', '--rejects', 'wrong.csv'], input);
        assert.deepEqual(countsOf(report), oneOf('rejected'));
        assert.equal(column(readCsv(join(bank.folder, 'wrong.csv')).rows[0] ?? {}, 'field'), 'rate');
      });
    });

    test('takes columns in any order, and line ends, quotes and a byte order mark as other programs write them', async () => {
      await withBank(engine, (bank) => {
        const input =
          '\uFEFF"date","rate","reference","other","term","amount"\r\n2017-08-05,0.05,"C,1",x,12,"1000"\r\n';
        assert.deepEqual(countsOf(bank.import(0, 'loans', ['-'], input)), oneOf('accepted'));
        assert.equal(bank.bookAsOf('2017-08-05').outstanding.value, '1027.20');
      });
    });

    test('writes no rejects file when no row was rejected', async () => {
      await withBank(engine, (bank) => {
        writeFileSync(join(bank.folder, 'good.csv'), GOOD_LOAN);
        assert.equal(bank.import(0, 'loans', ['good.csv']).rejects_file, null);
        assert.deepEqual(
          readdirSync(bank.folder).filter((name) => name.includes('rejects')),
          [],
        );
      });
    });

    test('ends with 1 and says why when there is no such file', async () => {
      await withBank(engine, (bank) => {
        const { stderr } = bank.runExpecting(1, ['import', 'loans', 'nowhere.csv', '--json']);
        assert.match(stderr, /nowhere\.csv/);
      });
    });

    test('ends with 1, names the column and books nothing when a column is not there', async () => {
      await withBank(engine, (bank) => {
        const input = 'reference,amount,term,date\nC-1,1000,12,2017-08-05\n';
        writeFileSync(join(bank.folder, 'no-rate.csv'), input);
        const { stderr } = bank.runExpecting(1, ['import', 'loans', 'no-rate.csv', '--json']);
        assert.match(stderr, /\brate\b/);
        assert.ok(!existsSync(join(bank.folder, 'no-rate.csv.rejects.csv')));
        assert.equal(bank.bookAsOf('2017-08-05').outstanding.volume, 0);
      });
    });

    test('ends with 1 when there is nothing in the file, not even a header', async () => {
      await withBank(engine, (bank) => {
        writeFileSync(join(bank.folder, 'empty.csv'), '');
        bank.runExpecting(1, ['import', 'loans', 'empty.csv', '--json']);
      });
    });

    test('takes a lone carriage return for damage to its row, and never loses a row over it', async () => {
      await withBank(engine, (bank) => {
        const damaged = 'C-2,1000,12,0.05,2017-08-05,,x\rC-3,1000,12,0.05,2017-08-05,,y';
        const input = [
          LOANS_HEADER,
          'C-1,1000,12,0.05,2017-08-05,,"q"',
          damaged,
          'C-4,1000,12,0.05,2017-08-05,,',
          '',
        ];
        writeFileSync(join(bank.folder, 'carriage.csv'), input.join('\n'));
        const report = bank.import(2, 'loans', ['carriage.csv']);
        assert.deepEqual(countsOf(report), { read: 3, accepted: 2, skipped: 0, rejected: 1 });
        writeFileSync(join(bank.folder, 'old-mac.csv'), input.join('\r'));
        bank.runExpecting(1, ['import', 'loans', 'old-mac.csv', '--json']);
      });
    });

    test('refuses to write the rejects over the file that it reads', async () => {
      await withBank(engine, (bank) => {
        const input = `${GOOD_LOAN}C-2,1000,12,five,2017-08-05\n`;
        writeFileSync(join(bank.folder, 'both.csv'), input);
        bank.runExpecting(1, ['import', 'loans', 'both.csv', '--rejects', 'both.csv', '--json']);
        assert.equal(readFileSync(join(bank.folder, 'both.csv'), 'utf8'), input);
      });
    });

    test('ends with 1 and names the rejects file when it cannot be written', async () => {
      await withBank(engine, (bank) => {
        const rejects = join(bank.folder, 'no-such-folder', 'rejects.csv');
        const input = `${GOOD_LOAN}C-2,1000,12,five,2017-08-05\n`;
        const { stderr } = bank.runExpecting(1, ['import', 'loans', '-', '--rejects', rejects], input);
        assert.match(stderr, /no-such-folder/);
      });
    });

    test('ends with 1 when a gzipped file breaks off, and books the rest from the whole file', async () => {
      await withBank(engine, (bank) => {
        const whole = gzipSync(readFileSync(SAMPLE_LOANS_FILE));
        writeFileSync(join(bank.folder, 'loans.csv.gz'), whole.subarray(0, whole.length >> 1));
        bank.runExpecting(1, ['import', 'loans', 'loans.csv.gz', '--json']);
        writeFileSync(join(bank.folder, 'loans.csv.gz'), whole);
        const { accepted, skipped, rejected } = bank.import(0, 'loans', ['loans.csv.gz']);
        assert.deepEqual([accepted + skipped, rejected], [readCsv(SAMPLE_LOANS_FILE).rows.length, 0]);
      });
    });
  });
});
