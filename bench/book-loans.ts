// The loans of the database that is measured: those of its book, and fresh ones that payments are made to.
// Fresh loans are imported by James's own command while nothing is measured; none is paid twice, and they are paid
// in no order, as payments come in.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { CalendarDate } from '../src/domain/calendar-date.ts';
import type { Cents } from '../src/domain/money.ts';
import { idText } from '../src/store/sqlite/loan-rows.ts';
import { writeFreshLoans } from './csv-files.ts';
import { importCsv } from './programs.ts';
import { SeededRandom } from './seeded-random.ts';

export interface BookLoan {
  readonly id: string;
  readonly date: CalendarDate;
  readonly installmentCents: Cents;
}

const IMPORTED_AT_LEAST = 2_000;

/** The loans whose reference begins with a prefix. */
export function loansOf(databaseFile: string, prefix: string): BookLoan[] {
  const database = new Database(databaseFile, { readonly: true });
  try {
    const rows = database
      .prepare<[string], { id: Buffer; date: number; installment: number }>(
        'SELECT id, date, installment FROM loan WHERE reference GLOB ? ORDER BY reference',
      )
      .all(`${prefix}*`);
    return rows.map(({ id, date, installment }) => ({
      id: idText(id),
      date,
      installmentCents: BigInt(installment),
    }));
  } finally {
    database.close();
  }
}

export class FreshLoans {
  readonly #databaseFile: string;
  readonly #folder: string;
  readonly #random = new SeededRandom(23);
  #imports = 0;
  #loans: BookLoan[] = [];

  constructor(databaseFile: string, folder: string) {
    this.#databaseFile = databaseFile;
    this.#folder = folder;
  }

  /** Takes loans without a payment; imports what is missing. */
  async take(count: number): Promise<BookLoan[]> {
    const missing = count - this.#loans.length;
    if (missing > 0) await this.#import(Math.max(missing, IMPORTED_AT_LEAST));
    return this.#loans.splice(-count);
  }

  /** Takes back what no payment was sent for. */
  giveBack(loans: readonly BookLoan[]): void {
    this.#loans.push(...loans);
  }

  async #import(count: number): Promise<void> {
    const prefix = `FRESH${++this.#imports}-`;
    const csv = join(this.#folder, 'fresh.csv');
    writeFreshLoans(csv, prefix, count, this.#random);
    await importCsv(this.#databaseFile, 'loans', csv, count);
    this.giveBack(this.#random.shuffled(loansOf(this.#databaseFile, prefix)));
  }
}
