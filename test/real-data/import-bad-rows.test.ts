// Files with bad rows, imported by the command line: bad rows never take good ones with them, and what was rejected
// can be corrected in the rejects file and imported from there.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readLoans } from '../oracle/book.ts';
import { type CsvRow, type CsvTable, column, csvFields, readCsv, writeCsv } from '../oracle/csv-file.ts';
import { onEachEngine } from '../support/engines.ts';
import { assertBookIs } from './book-comparison.ts';
import {
  type HandMadeLine,
  LOAN_LINES,
  LOANS_HEADER,
  PAYMENT_LINES,
  PAYMENTS_HEADER,
} from './hand-made-rows.ts';
import { countsOf, type ImportReport, JamesBank } from './james-command.ts';

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

const HAND_MADE_DATES = ['2017-12-31', '2018-06-30', '2023-02-28', '2023-03-01', '2023-03-31', '2024-12-31'];

onEachEngine((engine) => {
  describe('hand-made files with bad rows', () => {
    let bank: JamesBank;
    let loansReport: ImportReport;
    let paymentsReport: ImportReport;
    const booked = (withCorrected: boolean) =>
      readLoans(
        bookedRows(LOANS_HEADER, LOAN_LINES, withCorrected),
        bookedRows(PAYMENTS_HEADER, PAYMENT_LINES, withCorrected),
      );

    before(async () => {
      bank = await JamesBank.on(engine);
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
});
