// CSV from a stream of bytes: records with their line numbers, in bounded memory.
// csv-parse reads the records; this file decides what one is when the file is damaged: a line that makes no sense
// (a stray quote, bytes that are no UTF-8) is a record at fault by itself and never takes its neighbours along.

import { isUtf8 } from 'node:buffer';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { type Line, textLines, WholeLines } from './source-lines.ts';
import {
  LINE_BYTES_MAX,
  NotImportable,
  type RecordSource,
  type SourceRecord,
  wholeFault,
  withoutNul,
} from './source-records.ts';

/** A quoted value may span so many lines; beyond that its quote is taken as a slip. */
const RECORD_LINES_MAX = 100;
const NEWLINE = 0x0a;
const OPTIONS = { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\n', '\r\n'] };

/** The records of a text that is CSV. */
export function parseCsv(text: string): string[][] {
  return parse(text, OPTIONS);
}

function faulty({ number, text }: Line, reason: string): SourceRecord {
  return { line: number, text, values: [text], fault: wholeFault(reason) };
}

function isEven(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) odd = !odd;
  return !odd;
}

interface Taken {
  readonly record: SourceRecord | undefined;
  readonly lines: number;
}

/** One record from `lines` at `from`; undefined where a quote is open and more lines may close it. */
function recordAt(lines: readonly Line[], from: number, last: boolean): Taken | undefined {
  const first = lines[from] as Line;
  if (!first.utf8) return { record: faulty(first, 'is not UTF-8'), lines: 1 };
  let { text } = first;
  let taken = 1;
  let open = !isEven(text);
  while (open && taken < RECORD_LINES_MAX && text.length < LINE_BYTES_MAX) {
    const next = lines[from + taken];
    if (next === undefined && !last) return undefined;
    if (next === undefined || !next.utf8) break;
    text += `\n${next.text}`;
    open = open === isEven(next.text);
    taken++;
  }
  try {
    const [values] = parseCsv(text);
    return { record: values && { line: first.number, text, values }, lines: taken };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { record: faulty(first, `is not CSV: ${error.message.split(/[:,]/)[0]}`), lines: 1 };
  }
}

/** The records of lines that are one record each, parsed in one call; undefined where they turn out to be others. */
function recordsTogether(lines: readonly Line[]): SourceRecord[] | undefined {
  try {
    const parsed = parseCsv(lines.map(({ text }) => text).join('\n'));
    if (parsed.length !== lines.length) return undefined;
    return lines.map(({ number, text }, index) => ({
      line: number,
      text,
      values: parsed[index] as string[],
    }));
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** The records of whole lines; `last` tells that nothing follows. Lines of an open record are left over. */
function recordsOf(
  lines: readonly Line[],
  last: boolean,
): { records: SourceRecord[]; rest: readonly Line[] } {
  const records: SourceRecord[] = [];
  let from = 0;
  while (from < lines.length) {
    let to = from;
    while (to < lines.length && isWhole(lines[to] as Line)) to++;
    const together = to > from + 1 ? recordsTogether(lines.slice(from, to)) : undefined;
    if (together !== undefined) {
      for (const record of together) records.push(record);
      from = to;
      continue;
    }
    // One by one up to there, and one more.
    for (const end = Math.max(to, from + 1); from < end; ) {
      const taken = recordAt(lines, from, last);
      if (taken === undefined) return { records, rest: lines.slice(from) };
      if (taken.record !== undefined) records.push(taken.record);
      from += taken.lines;
    }
  }
  return { records, rest: [] };
}

function isWhole({ text, utf8 }: Line): boolean {
  return utf8 && text !== '' && isEven(text);
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

export class CsvRecords implements RecordSource {
  readonly #lines = new WholeLines();
  #open: readonly Line[] = [];
  #number = 1;
  #columns: readonly string[] | undefined;

  get columns(): readonly string[] | undefined {
    return this.#columns;
  }

  push(bytes: Buffer): SourceRecord[] {
    return this.#rows(this.#take(this.#lines.push(bytes), false));
  }

  end(): SourceRecord[] {
    const rows = this.#rows(this.#take(this.#lines.end(), true));
    if (this.#columns === undefined) {
      throw new NotImportable('the file is empty; its first line must name the columns');
    }
    return rows;
  }

  /** The first record is the header. */
  #rows(records: SourceRecord[]): SourceRecord[] {
    if (this.#columns !== undefined || records.length === 0) return records;
    const [header, ...rows] = records as [SourceRecord, ...SourceRecord[]];
    this.#columns = header.values.map((name = '') => withoutNul(name.trim()));
    return rows;
  }

  #take(bytes: Buffer, last: boolean): SourceRecord[] {
    if (this.#open.length === 0 && isUtf8(bytes)) {
      const text = bytes.toString('utf8');
      if (!text.includes('"')) return this.#plain(text);
    }
    const lines = linesOf(bytes, this.#number);
    this.#number += lines.length;
    const { records, rest } = recordsOf([...this.#open, ...lines], last);
    this.#open = rest;
    return records;
  }

  /** Without a quote in it each line is a record, and each comma ends a value. */
  #plain(text: string): SourceRecord[] {
    const records: SourceRecord[] = [];
    for (const line of textLines(text)) {
      const number = this.#number++;
      if (line !== '') records.push({ line: number, text: line, values: line.split(',') });
    }
    return records;
  }
}
