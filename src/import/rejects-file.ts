// The rejects of an import: a CSV file with line, field and reason before the original columns, so that it can be
// corrected and imported as it is (an import takes no notice of columns that it does not know).

import { once } from 'node:events';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { RejectedRow } from './import-run.ts';

const OWN_COLUMNS = ['line', 'field', 'reason'];

/** A name beside the working folder that no earlier rejects stand under: they may be half corrected already. */
export function freeRejectsName(input: string): string {
  const stem = input === '-' ? 'stdin' : (input.split('/').at(-1) as string).replace(/(\.csv)?(\.gz)?$/i, '');
  let name = `${stem}.rejects.csv`;
  for (let number = 2; existsSync(name); number++) name = `${stem}.rejects-${number}.csv`;
  return name;
}

export class RejectsFile {
  readonly #name: string;
  #columns: readonly string[] = [];
  #stream: WriteStream | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** The columns of the input. Those that an earlier import put in front are written anew. */
  setColumns(columns: readonly string[]): void {
    this.#columns = columns;
  }

  /** Where the rejects are; null while there are none. */
  get name(): string | null {
    return this.#stream === undefined ? null : this.#name;
  }

  async write(rows: readonly RejectedRow[]): Promise<void> {
    const kept = this.#columns
      .map((_, index) => index)
      .filter((i) => !OWN_COLUMNS.includes(this.#columns[i] as string));
    if (this.#stream === undefined) {
      this.#stream = createWriteStream(this.#name);
      await once(this.#stream, 'open');
      this.#stream.write(stringify([[...OWN_COLUMNS, ...kept.map((index) => this.#columns[index])]]));
    }
    const records = rows.map(({ line, fault, values }) => {
      const original =
        values.length === this.#columns.length ? kept.map((index) => values[index]) : [...values];
      return [line, fault.field, fault.reason, ...original];
    });
    if (!this.#stream.write(stringify(records))) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) return;
    stream.end();
    await once(stream, 'close');
  }
}
