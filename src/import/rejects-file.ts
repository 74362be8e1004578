// The rejects of an import: a CSV file with line, field and reason before the original columns, so that it can be
// corrected and imported as it is (an import takes no notice of columns that it does not know).

import { existsSync } from 'node:fs';
import { access, constants, type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { RejectedRow } from './import-run.ts';

const OWN_COLUMNS = ['line', 'field', 'reason'];

/** A name in the working folder under which no earlier rejects stand: they may be half corrected already. */
export function freeRejectsName(input: string): string {
  const stem = input === '-' ? 'stdin' : path.basename(input).replace(/(\.csv)?(\.gz)?$/i, '');
  let name = `${stem}.rejects.csv`;
  for (let number = 2; existsSync(name); number++) name = `${stem}.rejects-${number}.csv`;
  return name;
}

/** Why rejects can't go to a file, told before anything is imported; undefined where they can. */
export async function rejectsFault(name: string, input: string): Promise<string | undefined> {
  const folder = path.dirname(path.resolve(name));
  try {
    await access(folder, constants.W_OK);
    if (!existsSync(name)) return undefined;
    if ((await stat(name)).isDirectory()) return `${name} is a folder`;
    if (input !== '-' && (await realpath(name)) === (await realpath(input)))
      return `${name} is the input itself`;
    await access(name, constants.W_OK);
    return undefined;
  } catch (error) {
    return `${name} cannot be written: ${(error as Error).message}`;
  }
}

/** Made when the first row is rejected. */
export class RejectsFile {
  readonly #name: string;
  #columns: readonly string[] = [];
  #file: FileHandle | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** The columns of the input. Those that an earlier import put in front are written anew. */
  setColumns(columns: readonly string[]): void {
    this.#columns = columns;
  }

  /** Where the rejects are; null while there are none. */
  get name(): string | null {
    return this.#file === undefined ? null : this.#name;
  }

  async write(rows: readonly RejectedRow[]): Promise<void> {
    const columns = this.#columns;
    const kept = columns.map((_, index) => index).filter((i) => !OWN_COLUMNS.includes(columns[i] as string));
    if (this.#file === undefined) {
      this.#file = await open(this.#name, 'w');
      await this.#file.appendFile(stringify([[...OWN_COLUMNS, ...kept.map((index) => columns[index])]]));
    }
    const records = rows.map(({ line, fault, values }) => {
      const original = values.length === columns.length ? kept.map((index) => values[index]) : values;
      return [line, fault.field, fault.reason, ...original];
    });
    await this.#file.appendFile(stringify(records));
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
