// The loans of the database that is measured: those of its book, and fresh ones that payments are made to.
// Fresh loans are imported by James's own command while nothing is measured; none is paid twice, and they are paid
// in no order, as payments come in.

import { join } from 'node:path';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { CalendarDate, CalendarMonth } from '../src/domain/calendar-date.ts';
import type { Cents } from '../src/domain/money.ts';
import type { BenchDatabase } from './bench-engine.ts';
import { writeFreshLoans } from './csv-files.ts';
import { importCsv } from './programs.ts';
import { referenceOf } from './references.ts';

export interface BookLoan {
  readonly id: string;
  readonly date: CalendarDate;
  readonly installmentCents: Cents;
  readonly paymentsLeft: number;
  /** The last month with a payment record; null: it has none. */
  readonly lastMonth: CalendarMonth | null;
}

const SAMPLE_MAX = 50_000;

/** Loans of a book of so many, evenly from the whole of it. */
export function sampleOfBook(database: BenchDatabase, loans: number): Promise<BookLoan[]> {
  const count = Math.min(loans, SAMPLE_MAX);
  return database.loansOf(
    Array.from({ length: count }, (_, place) => referenceOf('BOOK', 1 + Math.floor((place * loans) / count))),
  );
}

const IMPORTED_AT_LEAST = 2_000;

export class FreshLoans {
  readonly #database: BenchDatabase;
  readonly #folder: string;
  readonly #random = new SeededRandom(23);
  #imports = 0;
  #loans: BookLoan[] = [];

  constructor(database: BenchDatabase, folder: string) {
    this.#database = database;
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
    // One by one: a call takes only so many arguments.
    for (const loan of loans) this.#loans.push(loan);
  }

  async #import(count: number): Promise<void> {
    const prefix = `FRESH${++this.#imports}-`;
    const file = writeFreshLoans(join(this.#folder, 'fresh.csv'), prefix, count, this.#random);
    await importCsv(this.#database.url, file);
    this.giveBack(this.#random.shuffled(await this.#database.loans(prefix)));
    await this.#database.settle();
  }
}
