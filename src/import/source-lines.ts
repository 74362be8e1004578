// Cuts a stream of bytes into runs of whole lines, in bounded memory, and takes the byte order mark off its beginning.

import { LINE_BYTES_MAX, NotImportable } from './source-records.ts';

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const NOTHING = Buffer.alloc(0);

export class WholeLines {
  #pending: Buffer = NOTHING;
  #begun = false;

  /** The lines that are whole by now, each with its line end. Throws NotImportable where a line is too long. */
  push(bytes: Buffer): Buffer {
    const all = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const end = all.lastIndexOf(NEWLINE) + 1;
    this.#pending = all.subarray(end);
    if (this.#pending.length > LINE_BYTES_MAX) {
      throw new NotImportable(`a line has more than ${LINE_BYTES_MAX} bytes`);
    }
    return end === 0 ? NOTHING : this.#withoutMark(all.subarray(0, end));
  }

  /** What stands behind the last line end. */
  end(): Buffer {
    const rest = this.#pending;
    this.#pending = NOTHING;
    return this.#withoutMark(rest);
  }

  #withoutMark(bytes: Buffer): Buffer {
    if (this.#begun || bytes.length === 0) return bytes;
    this.#begun = true;
    return bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
  }
}

/** A line, without its end. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly utf8: boolean;
}

/** The lines of a run of whole lines by their texts; a carriage return before the line end belongs to that. */
export function textLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (!text.includes('\r')) return lines;
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
