// An import that runs beside what is measured, on the same database, for as long as it takes: fresh loans, file after
// file, each with references of its own.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { BenchDatabase } from './bench-engine.ts';
import { type ImportFile, writeFreshLoans } from './csv-files.ts';
import { type RunningImport, startImport } from './programs.ts';

/** So many that the next import starts seldom. */
const ROWS = 500_000;
const ROWS_QUICK = 20_000;
/** Until its first rows are being booked. */
const STARTED_MS = 1_500;

export class ImportBeside {
  readonly #random = new SeededRandom(61);
  readonly #folder: string;
  readonly #rows: number;
  #files = 0;

  constructor(folder: string, quick: boolean) {
    this.#folder = folder;
    this.#rows = quick ? ROWS_QUICK : ROWS;
  }

  /** Resolves when it is booking, with its stop. */
  async start(database: BenchDatabase): Promise<() => Promise<void>> {
    let running: RunningImport = startImport(database.url, this.#nextFile());
    let stopping = false;
    let failure: unknown;
    const again = () => {
      if (stopping) return;
      running = startImport(database.url, this.#nextFile());
      running.ended.then(again, fail);
    };
    const fail = (error: unknown) => {
      failure = error;
    };
    running.ended.then(again, fail);
    await sleep(STARTED_MS);
    return async () => {
      stopping = true;
      await running.stop();
      if (failure !== undefined) throw failure;
    };
  }

  #nextFile(): ImportFile {
    const number = ++this.#files;
    return writeFreshLoans(
      join(this.#folder, `beside-${number % 2}.csv`),
      `BESIDE${process.pid}-${number}-`,
      this.#rows,
      this.#random,
    );
  }
}
