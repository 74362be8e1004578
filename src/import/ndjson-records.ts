// NDJSON from a stream of bytes: one JSON object a line, with the names of the CSV columns as its members. Numbers come
// as they are written, so that no digit is lost on the way.

import { isUtf8 } from 'node:buffer';
import { parseExactJson } from '../domain/exact-json.ts';
import { textLines, WholeLines } from './source-lines.ts';
import { type RecordSource, type RowFault, type SourceRecord, wholeFault } from './source-records.ts';

const NEWLINE = 0x0a;
/** Members that are texts also where they look like numbers. */
const TEXTS: ReadonlySet<string> = new Set(['reference', 'date', 'payment']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class NdjsonRecords implements RecordSource {
  readonly columns: readonly string[];
  readonly #lines = new WholeLines();
  #number = 1;

  /** `columns` are the members that count; others are taken no notice of. */
  constructor(columns: readonly string[]) {
    this.columns = columns;
  }

  push(bytes: Buffer): SourceRecord[] {
    return this.#take(this.#lines.push(bytes));
  }

  end(): SourceRecord[] {
    return this.#take(this.#lines.end());
  }

  #take(bytes: Buffer): SourceRecord[] {
    const records: SourceRecord[] = [];
    if (isUtf8(bytes)) {
      for (const line of textLines(bytes.toString('utf8'))) this.#add(records, line, true);
      return records;
    }
    for (let start = 0; start < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline === -1 ? bytes.length : newline;
      const slice = bytes.subarray(start, end);
      this.#add(records, slice.toString('utf8').replace(/\r$/, ''), isUtf8(slice));
      start = end + 1;
    }
    return records;
  }

  #add(records: SourceRecord[], text: string, utf8: boolean): void {
    const line = this.#number++;
    if (text.trim() === '') return;
    records.push(utf8 ? this.#record(line, text) : faulty(line, text, wholeFault('is not UTF-8')));
  }

  #record(line: number, text: string): SourceRecord {
    const reading = parseExactJson(text, 'as text');
    if (!reading.ok || !isObject(reading.value)) {
      return faulty(line, text, wholeFault('is not a JSON object'));
    }
    const members = reading.value;
    const values: (string | undefined)[] = [];
    for (const column of this.columns) {
      // What an object inherits is no member.
      const value = Object.hasOwn(members, column) ? members[column] : undefined;
      if (value === undefined || value === null) values.push(undefined);
      else if (typeof value === 'string') values.push(value);
      else if (typeof value === 'number' && !TEXTS.has(column)) values.push(String(value));
      else {
        const reason = TEXTS.has(column) ? 'must be a text' : 'must be a text or a number';
        return faulty(line, text, { field: column, reason });
      }
    }
    return { line, text, values };
  }
}

function faulty(line: number, text: string, fault: RowFault): SourceRecord {
  return { line, text, values: [text], fault };
}
