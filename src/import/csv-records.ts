// CSV in, from a stream of bytes: records with their line numbers, in blocks, in bounded memory.
// csv-parse reads the records; this file decides what one is when the file is damaged: a line that makes no sense
// (a stray quote, bytes that are no UTF-8) is a record at fault by itself and never takes its neighbours along.

import { isUtf8 } from 'node:buffer';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';

export interface CsvRecord {
  /** The line on which the record begins; the file's first line is 1. */
  readonly line: number;
  readonly values: readonly string[];
  /** Why the record can't be read; its values are then its text as it stands. */
  readonly fault?: string;
}

/** A quoted value may span so many lines; beyond that its quote is taken as a slip. */
const RECORD_LINES_MAX = 100;
const LINE_BYTES_MAX = 1024 * 1024;
const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const OPTIONS = { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\n', '\r\n'] };

/** No file of rows: lines are never this long. */
export class LineTooLong extends Error {}

interface Line {
  readonly number: number;
  readonly text: string;
  readonly utf8: boolean;
}

function parseLines(text: string): string[][] {
  return parse(text, OPTIONS);
}

function faulty(line: Line, fault: string): CsvRecord {
  return { line: line.number, values: [line.text], fault };
}

interface Taken {
  readonly record: CsvRecord | undefined;
  readonly lines: number;
}

/** One record from `lines` at `from`; undefined where a quote is open and more lines may close it. */
function recordAt(lines: readonly Line[], from: number, last: boolean): Taken | undefined {
  const first = lines[from] as Line;
  if (!first.utf8) return { record: faulty(first, 'is not UTF-8'), lines: 1 };
  let text = first.text;
  let quotes = text.split('"').length - 1;
  let taken = 1;
  while (quotes % 2 === 1 && taken < RECORD_LINES_MAX) {
    const next = lines[from + taken];
    if (next === undefined && !last) return undefined;
    if (next === undefined || !next.utf8) break;
    text += `\n${next.text}`;
    quotes += next.text.split('"').length - 1;
    taken++;
  }
  try {
    const [values] = parseLines(text);
    return { record: values && { line: first.number, values }, lines: taken };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { record: faulty(first, `is not CSV: ${error.message.split(/[:,]/)[0]}`), lines: 1 };
  }
}

/** The records of whole lines; `last` tells that nothing follows. Lines of an open record are left over. */
function recordsOf(lines: readonly Line[], last: boolean): { records: CsvRecord[]; rest: readonly Line[] } {
  const records: CsvRecord[] = [];
  let from = 0;
  while (from < lines.length) {
    const taken = recordAt(lines, from, last);
    if (taken === undefined) break;
    if (taken.record !== undefined) records.push(taken.record);
    from += taken.lines;
  }
  return { records, rest: lines.slice(from) };
}

function linesOf(bytes: Buffer, firstNumber: number): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const slice = bytes.subarray(start, end);
    const text = slice.toString('utf8').replace(/\r$/, '');
    lines.push({ number: firstNumber + lines.length, text, utf8: isUtf8(slice) });
    start = end + 1;
  }
  return lines;
}

/** Lines without quotes are one record each, so a whole block of them is parsed in one call. */
function plainRecords(text: string, firstNumber: number): CsvRecord[] | undefined {
  if (text.includes('"')) return undefined;
  const parsed = parseLines(text);
  const count = text.endsWith('\n') ? text.split('\n').length - 1 : text.split('\n').length;
  if (parsed.length !== count) return undefined;
  return parsed.map((values, index) => ({ line: firstNumber + index, values }));
}

/** Reads a stream of CSV bytes as blocks of records, header and all. */
export async function* csvRecords(source: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord[]> {
  let pending: Buffer = Buffer.alloc(0);
  let open: readonly Line[] = [];
  let number = 1;

  const withoutMark = (bytes: Buffer): Buffer =>
    number === 1 && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;

  const take = (bytes: Buffer, last: boolean): CsvRecord[] => {
    if (open.length === 0 && isUtf8(bytes)) {
      const text = bytes.toString('utf8');
      const plain = plainRecords(text, number);
      if (plain !== undefined) {
        number += plain.length;
        return plain;
      }
    }
    const lines = linesOf(bytes, number);
    number += lines.length;
    const read = recordsOf([...open, ...lines], last);
    open = read.rest;
    return read.records;
  };

  for await (const chunk of source) {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    pending = bytes.subarray(end);
    if (pending.length > LINE_BYTES_MAX)
      throw new LineTooLong(`a line has more than ${LINE_BYTES_MAX} bytes`);
    if (end > 0) yield take(withoutMark(bytes.subarray(0, end)), false);
  }
  const records = take(withoutMark(pending), true);
  if (records.length > 0) yield records;
}
