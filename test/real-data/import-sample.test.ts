// Imports by the command line, everywhere: a committed sample of LendingClub's loans against the oracle,
// and hand-made rows that are wrong in every way an import meets. Bad rows never take good ones with them.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bookAsOf, type OracleLoan, readLoans } from '../oracle/book.ts';
import { type CsvRow, type CsvTable, column, csvFields, readCsv, writeCsv } from '../oracle/csv-file.ts';
import { assertBookEquals } from './book-comparison.ts';
import { countsOf, type ImportReport, JamesBank } from './james-command.ts';

const SAMPLE = join(import.meta.dirname, '../fixtures/lendingclub-sample');
const SAMPLE_LOANS = join(SAMPLE, 'loans.csv');
const SAMPLE_PAYMENTS = join(SAMPLE, 'payments.csv');
// Each date is a process that starts: few dates, chosen to fill every ageing bucket.
const SAMPLE_DATES = ['2007-11-30', '2009-03-15', '2010-12-31', '2011-08-15'];
const SAMPLE_DATE_LAST = '2012-01-20';

function assertBookIs(bank: JamesBank, oracle: readonly OracleLoan[], dates: readonly string[]): void {
  for (const asOf of dates) assertBookEquals(bank.bookAsOf(asOf), bookAsOf(oracle, asOf), asOf);
}

/** Runs `body` with a bank of its own, whose database is ready. */
function withBank(body: (bank: JamesBank) => void): void {
  const bank = new JamesBank();
  try {
    bank.runExpecting(0, ['init-db']);
    body(bank);
  } finally {
    bank.remove();
  }
}

describe('a sample of the LendingClub files', () => {
  const loans = readCsv(SAMPLE_LOANS);
  const payments = readCsv(SAMPLE_PAYMENTS);
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

  test("is accepted whole, has the oracle's book, and is skipped whole the second time", () => {
    withBank((bank) => {
      assert.deepEqual(countsOf(bank.import(0, 'loans', [SAMPLE_LOANS])), allOf(loans, 'accepted'));
      assert.deepEqual(countsOf(bank.import(0, 'payments', [SAMPLE_PAYMENTS])), allOf(payments, 'accepted'));
      assertBookIs(bank, oracle, [...SAMPLE_DATES, SAMPLE_DATE_LAST]);
      assert.deepEqual(countsOf(bank.import(0, 'loans', [SAMPLE_LOANS])), allOf(loans, 'skipped'));
      assert.deepEqual(countsOf(bank.import(0, 'payments', [SAMPLE_PAYMENTS])), allOf(payments, 'skipped'));
      assertBookIs(bank, oracle, [SAMPLE_DATE_LAST]);
    });
  });

  test('has the same book when its payments arrive in reverse order', () => {
    withBank((bank) => {
      const reversed = writeCsv(payments.header, payments.rows.toReversed());
      bank.import(0, 'loans', [SAMPLE_LOANS]);
      assert.deepEqual(countsOf(bank.import(0, 'payments', ['-'], reversed)), allOf(payments, 'accepted'));
      assertBookIs(bank, oracle, SAMPLE_DATES);
    });
  });

  test('is read from gzipped files as they are', () => {
    withBank((bank) => {
      for (const name of ['loans.csv', 'payments.csv']) {
        writeFileSync(join(bank.folder, `${name}.gz`), gzipSync(readFileSync(join(SAMPLE, name))));
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

/** A line of a hand-made file: what it is, and what becomes of it. */
interface HandMadeLine {
  readonly what: string;
  readonly text: string | Buffer;
  readonly fate: 'accepted' | 'skipped' | 'rejected';
  /** The column that the rejection names, where only one can be meant. */
  readonly field?: string;
  /** The row put right, where it can be. */
  readonly corrected?: string;
}

const invalidUtf8 = (before: string, after: string) =>
  Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);

function fileOf(header: string, lines: readonly HandMadeLine[]): Buffer {
  const texts = [header, ...lines.map(({ text }) => text)];
  return Buffer.concat(texts.flatMap((text) => [Buffer.from(text), Buffer.from('\n')]));
}

/** Each rejected line by its number in the file; the header is line 1. */
function rejectedByNumber(lines: readonly HandMadeLine[]): Map<number, HandMadeLine> {
  const numbered = lines.map((line, index) => [index + 2, line] as const);
  return new Map(numbered.filter(([, { fate }]) => fate === 'rejected'));
}

function countOf(lines: readonly HandMadeLine[], fate: HandMadeLine['fate']): number {
  return lines.filter((line) => line.fate === fate).length;
}

function expectedCounts(lines: readonly HandMadeLine[]) {
  return {
    read: lines.length,
    accepted: countOf(lines, 'accepted'),
    skipped: countOf(lines, 'skipped'),
    rejected: countOf(lines, 'rejected'),
  };
}

/** The rows that are in the bank after the import of the lines and then of the corrected ones. */
function bookedRows(header: string, lines: readonly HandMadeLine[], withCorrected: boolean): CsvRow[] {
  const names = csvFields(header);
  const texts = lines.flatMap(({ fate, text, corrected }) => {
    if (fate === 'accepted') return [text.toString()];
    return fate === 'rejected' && withCorrected && corrected !== undefined ? [corrected] : [];
  });
  return texts.map((text) => {
    const fields = csvFields(text);
    return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
  });
}

/** The rejects table with every row put right that can be; line, field and reason stay as they are. */
function correctedTable(rejects: CsvTable, header: string, lines: readonly HandMadeLine[]): CsvTable {
  const rejected = rejectedByNumber(lines);
  const rows = rejects.rows.flatMap((row) => {
    const corrected = rejected.get(Number(column(row, 'line')))?.corrected;
    if (corrected === undefined) return [];
    const fields = csvFields(corrected);
    return [
      { ...row, ...Object.fromEntries(csvFields(header).map((name, index) => [name, fields[index] ?? ''])) },
    ];
  });
  return { header: rejects.header, rows };
}

function assertRejectsTellWhy(rejects: CsvTable, header: string, lines: readonly HandMadeLine[]): void {
  const rejected = rejectedByNumber(lines);
  assert.deepEqual(rejects.header, ['line', 'field', 'reason', ...csvFields(header)]);
  assert.deepEqual(
    rejects.rows.map((row) => Number(column(row, 'line'))).sort((a, b) => a - b),
    [...rejected.keys()],
  );
  for (const row of rejects.rows) {
    const line = rejected.get(Number(column(row, 'line')));
    assert.ok(line !== undefined);
    assert.notEqual(column(row, 'reason'), '', line.what);
    if (line.field !== undefined) assert.equal(column(row, 'field'), line.field, line.what);
  }
}

/** A row of text with the right number of columns stands in the rejects file as it was read. */
function assertRejectsKeepRows(rejects: CsvTable, header: string, lines: readonly HandMadeLine[]): void {
  const names = csvFields(header);
  const rejected = rejectedByNumber(lines);
  for (const row of rejects.rows) {
    const line = rejected.get(Number(column(row, 'line')));
    if (typeof line?.text !== 'string' || csvFields(line.text).length !== names.length) continue;
    assert.deepEqual(
      names.map((name) => column(row, name)),
      csvFields(line.text),
      line.what,
    );
  }
}

function readRejects(bank: JamesBank, report: ImportReport): CsvTable {
  assert.ok(report.rejects_file !== null);
  return readCsv(resolve(bank.folder, report.rejects_file));
}

const LOANS_HEADER = 'reference,amount,term,rate,date,installment,note';
const LOAN_LINES: readonly HandMadeLine[] = [
  { what: 'contractual installment', text: 'A-1,1000,12,0.05,2017-08-05,85.61,kept', fate: 'accepted' },
  {
    what: 'a date that does not exist',
    text: 'A-2,1000,12,0.05,2023-02-30,,',
    fate: 'rejected',
    field: 'date',
    corrected: 'A-2,1000,12,0.05,2023-02-28,,',
  },
  { what: 'no installment, the 31st', text: 'A-3,1000,12,0.05,2023-01-31,,"a, ""note"""', fate: 'accepted' },
  {
    what: 'no amount',
    text: 'A-4,,12,0.05,2017-08-05,,',
    fate: 'rejected',
    field: 'amount',
    corrected: 'A-4,2500.50,12,0.05,2017-08-05,,',
  },
  {
    what: 'a reference again with other content',
    text: 'A-1,2000,12,0.05,2017-08-05,171.22,',
    fate: 'rejected',
  },
  { what: 'an equal row', text: 'A-1,1000,12,0.05,2017-08-05,85.61,kept', fate: 'skipped' },
  {
    what: 'too few columns',
    text: 'A-5,1000,12',
    fate: 'rejected',
    corrected: 'A-5,1000,12,0.05,2020-02-29,,',
  },
  {
    what: 'a byte that is not UTF-8',
    text: invalidUtf8('A-', '6,1000,12,0.05,2017-08-05,,'),
    fate: 'rejected',
    corrected: 'A-6,1000,12,0.0775,2017-08-05,,',
  },
  {
    what: 'a term that is no number',
    text: 'A-7,1000,twelve,0.05,2017-08-05,,',
    fate: 'rejected',
    field: 'term',
    corrected: 'A-7,1000,3,0.05,2017-08-05,,',
  },
  {
    what: 'a negative rate',
    text: 'A-8,1000,12,-0.05,2017-08-05,,',
    fate: 'rejected',
    field: 'rate',
    corrected: 'A-8,1000,12,0.1999,2017-08-05,,',
  },
  {
    what: 'installments that do not pay the amount back',
    text: 'A-9,1000,12,0.05,2017-08-05,80.00,',
    fate: 'rejected',
    field: 'installment',
    corrected: 'A-9,1000,12,0.05,2017-08-05,86.00,',
  },
  { what: 'a reference in any script', text: 'Ä-10 貸,700,1,0.05,2017-08-05,,', fate: 'accepted' },
  {
    what: 'too many columns',
    text: 'A-11,1000,12,0.05,2017-08-05,,,,',
    fate: 'rejected',
    corrected: 'A-11,1000,12,0.05,2017-08-05,,',
  },
  { what: 'a good row at the end', text: 'A-12,99.99,6,0.2,2017-08-31,,', fate: 'accepted' },
];

const PAYMENTS_HEADER = 'reference,payment,date,amount';
const PAYMENT_LINES: readonly HandMadeLine[] = [
  { what: 'a good row', text: 'A-1,made,2017-09-05,85.61', fate: 'accepted' },
  {
    what: 'an unknown reference',
    text: 'B-1,made,2017-12-05,85.61',
    fate: 'rejected',
    field: 'reference',
    corrected: 'A-1,made,2017-12-05,85.61',
  },
  {
    what: 'a date that does not exist',
    text: 'A-1,made,2018-13-05,85.61',
    fate: 'rejected',
    field: 'date',
    corrected: 'A-1,made,2018-01-05,85.61',
  },
  {
    what: 'an amount that is not the installment',
    text: 'A-1,made,2018-02-05,85.60',
    fate: 'rejected',
    field: 'amount',
    corrected: 'A-1,made,2018-02-05,85.61',
  },
  {
    what: 'a second record of the month, of the other kind',
    text: 'A-1,missed,2017-09-20,85.61',
    fate: 'rejected',
  },
  { what: 'an equal row', text: 'A-1,made,2017-09-05,85.61', fate: 'skipped' },
  {
    what: 'a second record of the month, of the same kind',
    text: 'A-1,made,2017-09-06,85.61',
    fate: 'rejected',
  },
  {
    what: 'a kind of payment that there is not',
    text: 'A-1,paid,2018-03-05,85.61',
    fate: 'rejected',
    field: 'payment',
    corrected: 'A-1,missed,2018-03-05,85.61',
  },
  {
    what: 'no date',
    text: 'A-1,made,,85.61',
    fate: 'rejected',
    field: 'date',
    corrected: 'A-1,made,2018-04-05,85.61',
  },
  { what: 'too few columns', text: 'A-1,made', fate: 'rejected', corrected: 'A-1,made,2018-05-05,85.61' },
  {
    what: 'a byte that is not UTF-8',
    text: invalidUtf8('A-', '1,made,2018-06-05,85.61'),
    fate: 'rejected',
    corrected: 'A-1,made,2018-06-05,85.61',
  },
  { what: 'a date before the loan', text: 'A-1,made,2017-08-04,85.61', fate: 'rejected', field: 'date' },
  { what: 'a missed payment', text: 'A-1,missed,2017-10-05,85.61', fate: 'accepted' },
  { what: 'a good row after bad ones', text: 'A-1,made,2017-11-05,85.61', fate: 'accepted' },
  { what: 'the last payment of a loan', text: 'Ä-10 貸,made,2017-09-05,702.91', fate: 'accepted' },
  { what: 'a payment of a loan paid off', text: 'Ä-10 貸,made,2017-10-05,702.91', fate: 'rejected' },
  { what: 'a missed record of a loan paid off', text: 'Ä-10 貸,missed,2017-11-05,702.91', fate: 'accepted' },
];

const HAND_MADE_DATES = ['2017-12-31', '2018-06-30', '2023-02-28', '2023-03-01', '2023-03-31', '2024-12-31'];

describe('hand-made files with bad rows', () => {
  let bank: JamesBank;
  let loansReport: ImportReport;
  let paymentsReport: ImportReport;
  const booked = (withCorrected: boolean) =>
    readLoans(
      bookedRows(LOANS_HEADER, LOAN_LINES, withCorrected),
      bookedRows(PAYMENTS_HEADER, PAYMENT_LINES, withCorrected),
    );

  before(() => {
    bank = new JamesBank();
    bank.runExpecting(0, ['init-db']);
    writeFileSync(join(bank.folder, 'bad-loans.csv'), fileOf(LOANS_HEADER, LOAN_LINES));
    writeFileSync(join(bank.folder, 'bad-payments.csv'), fileOf(PAYMENTS_HEADER, PAYMENT_LINES));
    loansReport = bank.import(2, 'loans', ['bad-loans.csv']);
    paymentsReport = bank.import(2, 'payments', ['bad-payments.csv', '--rejects', 'to-correct.csv']);
  });
  after(() => bank.remove());

  test('every row is counted as accepted, skipped or rejected', () => {
    assert.deepEqual(countsOf(loansReport), expectedCounts(LOAN_LINES));
    assert.deepEqual(countsOf(paymentsReport), expectedCounts(PAYMENT_LINES));
  });

  test('the good rows around the bad ones are all booked', () => {
    assertBookIs(bank, booked(false), HAND_MADE_DATES);
  });

  test('the rejects file is named after the input, in the folder of work, or as asked for', () => {
    assert.ok(loansReport.rejects_file !== null && paymentsReport.rejects_file !== null);
    const named = resolve(bank.folder, loansReport.rejects_file);
    assert.equal(dirname(named), bank.folder);
    assert.match(basename(named), /^bad-loans.*\.rejects\.csv$/);
    assert.equal(resolve(bank.folder, paymentsReport.rejects_file), join(bank.folder, 'to-correct.csv'));
  });

  test('the rejects file tells the line, the field and the reason of each rejected row', () => {
    assertRejectsTellWhy(readRejects(bank, loansReport), LOANS_HEADER, LOAN_LINES);
    assertRejectsTellWhy(readRejects(bank, paymentsReport), PAYMENTS_HEADER, PAYMENT_LINES);
  });

  test('the rejects file keeps the columns of each row as they were', () => {
    assertRejectsKeepRows(readRejects(bank, loansReport), LOANS_HEADER, LOAN_LINES);
    assertRejectsKeepRows(readRejects(bank, paymentsReport), PAYMENTS_HEADER, PAYMENT_LINES);
  });

  test('the same file again skips its good rows and rejects the bad ones as before', () => {
    const again = bank.import(2, 'loans', ['bad-loans.csv']);
    const skipped = countOf(LOAN_LINES, 'accepted') + countOf(LOAN_LINES, 'skipped');
    assert.deepEqual(countsOf(again), { ...expectedCounts(LOAN_LINES), accepted: 0, skipped });
    assertRejectsTellWhy(readRejects(bank, again), LOANS_HEADER, LOAN_LINES);
    assertBookIs(bank, booked(false), ['2023-03-31']);
  });

  test('a rejects file that is imported uncorrected gives a rejects file of the same columns', () => {
    const report = bank.import(2, 'payments', ['to-correct.csv', '--rejects', 'to-correct-again.csv']);
    const rejected = countOf(PAYMENT_LINES, 'rejected');
    assert.deepEqual(countsOf(report), { read: rejected, accepted: 0, skipped: 0, rejected });
    assert.deepEqual(readRejects(bank, report).header, readRejects(bank, paymentsReport).header);
  });

  test('a rejects file is imported as it is once its rows are put right', () => {
    const loans = correctedTable(readRejects(bank, loansReport), LOANS_HEADER, LOAN_LINES);
    const payments = correctedTable(readRejects(bank, paymentsReport), PAYMENTS_HEADER, PAYMENT_LINES);
    const all = ({ rows }: CsvTable) => ({
      read: rows.length,
      accepted: rows.length,
      skipped: 0,
      rejected: 0,
    });
    writeFileSync(join(bank.folder, 'corrected-loans.csv'), writeCsv(loans.header, loans.rows));
    writeFileSync(join(bank.folder, 'corrected-payments.csv'), writeCsv(payments.header, payments.rows));
    assert.deepEqual(countsOf(bank.import(0, 'loans', ['corrected-loans.csv'])), all(loans));
    assert.deepEqual(countsOf(bank.import(0, 'payments', ['corrected-payments.csv'])), all(payments));
    assertBookIs(bank, booked(true), HAND_MADE_DATES);
  });
});

describe('the import command', () => {
  const GOOD_LOAN = 'reference,amount,term,rate,date\nC-1,1000,12,0.05,2017-08-05\n';
  const oneOf = (fate: 'accepted' | 'skipped' | 'rejected') => ({
    read: 1,
    accepted: 0,
    skipped: 0,
    rejected: 0,
    [fate]: 1,
  });

  test('reads standard input where the file is a dash', () => {
    withBank((bank) => {
      assert.deepEqual(countsOf(bank.import(0, 'loans', ['-'], GOOD_LOAN)), oneOf('accepted'));
      const payment = `${PAYMENTS_HEADER}\nC-1,made,2017-09-05,85.60\n`;
      assert.deepEqual(countsOf(bank.import(0, 'payments', ['-'], payment)), oneOf('accepted'));
      assert.equal(bank.bookAsOf('2017-09-05').outstanding.value, '941.60');
    });
  });

  test('writes the rejects of standard input to the file asked for', () => {
    withBank((bank) => {
      const input = GOOD_LOAN.replace('0.05', 'five');
      const report = bank.import(2, 'loans', ['-', '--rejects', 'wrong.csv'], input);
      assert.deepEqual(countsOf(report), oneOf('rejected'));
      assert.equal(column(readCsv(join(bank.folder, 'wrong.csv')).rows[0] ?? {}, 'field'), 'rate');
    });
  });

  test('takes columns in any order, and line ends, quotes and a byte order mark as other programs write them', () => {
    withBank((bank) => {
      const input =
        '\uFEFF"date","rate","reference","other","term","amount"\r\n2017-08-05,0.05,"C,1",x,12,"1000"\r\n';
      assert.deepEqual(countsOf(bank.import(0, 'loans', ['-'], input)), oneOf('accepted'));
      assert.equal(bank.bookAsOf('2017-08-05').outstanding.value, '1027.20');
    });
  });

  test('writes no rejects file when no row was rejected', () => {
    withBank((bank) => {
      writeFileSync(join(bank.folder, 'good.csv'), GOOD_LOAN);
      assert.equal(bank.import(0, 'loans', ['good.csv']).rejects_file, null);
      assert.deepEqual(
        readdirSync(bank.folder).filter((name) => name.includes('rejects')),
        [],
      );
    });
  });

  test('ends with 1 and says why when there is no such file', () => {
    withBank((bank) => {
      const { stderr } = bank.runExpecting(1, ['import', 'loans', 'nowhere.csv', '--json']);
      assert.match(stderr, /nowhere\.csv/);
    });
  });

  test('ends with 1, names the column and books nothing when a column is not there', () => {
    withBank((bank) => {
      const input = 'reference,amount,term,date\nC-1,1000,12,2017-08-05\n';
      writeFileSync(join(bank.folder, 'no-rate.csv'), input);
      const { stderr } = bank.runExpecting(1, ['import', 'loans', 'no-rate.csv', '--json']);
      assert.match(stderr, /\brate\b/);
      assert.ok(!existsSync(join(bank.folder, 'no-rate.csv.rejects.csv')));
      assert.equal(bank.bookAsOf('2017-08-05').outstanding.volume, 0);
    });
  });

  test('ends with 1 when there is nothing in the file, not even a header', () => {
    withBank((bank) => {
      writeFileSync(join(bank.folder, 'empty.csv'), '');
      bank.runExpecting(1, ['import', 'loans', 'empty.csv', '--json']);
    });
  });

  test('takes a lone carriage return for damage to its row, and never loses a row over it', () => {
    withBank((bank) => {
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

  test('refuses to write the rejects over the file that it reads', () => {
    withBank((bank) => {
      const input = `${GOOD_LOAN}C-2,1000,12,five,2017-08-05\n`;
      writeFileSync(join(bank.folder, 'both.csv'), input);
      bank.runExpecting(1, ['import', 'loans', 'both.csv', '--rejects', 'both.csv', '--json']);
      assert.equal(readFileSync(join(bank.folder, 'both.csv'), 'utf8'), input);
    });
  });

  test('ends with 1 and names the rejects file when it cannot be written', () => {
    withBank((bank) => {
      const rejects = join(bank.folder, 'no-such-folder', 'rejects.csv');
      const input = `${GOOD_LOAN}C-2,1000,12,five,2017-08-05\n`;
      const { stderr } = bank.runExpecting(1, ['import', 'loans', '-', '--rejects', rejects], input);
      assert.match(stderr, /no-such-folder/);
    });
  });

  test('ends with 1 when a gzipped file breaks off, and books the rest from the whole file', () => {
    withBank((bank) => {
      const whole = gzipSync(readFileSync(SAMPLE_LOANS));
      writeFileSync(join(bank.folder, 'loans.csv.gz'), whole.subarray(0, whole.length >> 1));
      bank.runExpecting(1, ['import', 'loans', 'loans.csv.gz', '--json']);
      writeFileSync(join(bank.folder, 'loans.csv.gz'), whole);
      const { accepted, skipped, rejected } = bank.import(0, 'loans', ['loans.csv.gz']);
      assert.deepEqual([accepted + skipped, rejected], [readCsv(SAMPLE_LOANS).rows.length, 0]);
    });
  });
});
