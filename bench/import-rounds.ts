// Measures imports: `james import` (the whole process, from its start to its end) against a bare loop over the same
// rows, each on fresh databases. The last round's database is the book that the HTTP measurements run on.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeBook } from './csv-files.ts';
import { median } from './median.ts';
import type { Options } from './options.ts';
import { importCsv, insertBare } from './programs.ts';

export interface ImportRow {
  readonly name: string;
  readonly rows: number;
  readonly james: { readonly perSecond: number };
  readonly bare: { readonly perSecond: number };
  readonly ratio: number;
  /** Rows a second of each round. */
  readonly rounds: readonly { readonly james: number; readonly bare: number }[];
}

interface Kind {
  readonly name: 'loans' | 'payments';
  readonly csv: string;
  readonly rows: number;
}

/** A generated book as CSV files, and the database that it is imported into. */
export class ImportRounds {
  readonly databaseFile: string;
  readonly #folder: string;
  readonly #kinds: readonly Kind[];

  constructor(folder: string, { importedLoans, importedPayments }: Options) {
    this.#folder = folder;
    this.databaseFile = join(folder, 'james.sqlite');
    const loans = join(folder, 'loans.csv');
    const payments = join(folder, 'payments.csv');
    writeBook({ loans, payments }, importedLoans, importedPayments);
    this.#kinds = [
      { name: 'loans', csv: loans, rows: importedLoans },
      { name: 'payments', csv: payments, rows: importedPayments },
    ];
  }

  /** Imports the book without measuring anything. */
  async fill(): Promise<void> {
    for (const { name, csv, rows } of this.#kinds) await importCsv(this.databaseFile, name, csv, rows);
  }

  async measure(rounds: number): Promise<ImportRow[]> {
    const paces = this.#kinds.map((): { james: number; bare: number }[] => []);
    for (let round = 0; round < rounds; round++) {
      this.#removeDatabase(this.databaseFile);
      for (const [index, kind] of this.#kinds.entries()) {
        const { name, csv, rows } = kind;
        const james = rows / (await importCsv(this.databaseFile, name, csv, rows));
        paces[index]?.push({ james, bare: await this.#bare(kind) });
      }
    }
    return this.#kinds.map(({ name, rows }, index) => {
      const pairs = paces[index] ?? [];
      return {
        name: `james import ${name}`,
        rows,
        james: { perSecond: median(pairs.map(({ james }) => james)) },
        bare: { perSecond: median(pairs.map(({ bare }) => bare)) },
        ratio: median(pairs.map(({ james, bare }) => james / bare)),
        rounds: pairs,
      };
    });
  }

  async #bare({ name, csv, rows }: Kind): Promise<number> {
    const folder = join(this.#folder, 'bare');
    mkdirSync(folder);
    const seconds = await insertBare(join(folder, 'bare.sqlite'), name, csv, rows);
    rmSync(folder, { recursive: true });
    return rows / seconds;
  }

  #removeDatabase(file: string): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}
