// The rejects of an import as a file: where it may stand, and how it is written.

import { existsSync } from 'node:fs';
import { access, constants, type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ImportReject } from '../store/import-store.ts';
import { rejectsHeader, rejectsLine } from './rejected-rows.ts';

/** A name in the working folder under which no earlier rejects stand: they may be half corrected already. */
export function freeRejectsName(input: string): string {
  const stem = input === '-' ? 'stdin' : path.basename(input).replace(/(\.(csv|ndjson|jsonl))?(\.gz)?$/i, '');
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
  #file: FileHandle | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(name: string) {
    this.#name = name;
  }

  /** Where the rejects are; null while there are none. */
  get name(): string | null {
    return this.#file === undefined ? null : this.#name;
  }

  /** Writes after what is being written. */
  write(rejects: readonly ImportReject[], columns: readonly string[]): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.#file === undefined) {
        this.#file = await open(this.#name, 'w');
        await this.#file.appendFile(rejectsHeader(columns));
      }
      await this.#file.appendFile(rejects.map(rejectsLine).join(''));
    });
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file?.close();
  }
}
