// Measures imports: `james import` (the whole process, from its start to its end) against the engine's bare yardstick
// over the same rows, each on fresh databases. The last round's database is the book that the HTTP measurements run on.

import type { BenchDatabase, BenchEngine, EngineName } from './bench-engine.ts';
import type { ImportFile } from './csv-files.ts';
import { median } from './median.ts';
import { importCsv, loadBare } from './programs.ts';

export interface ImportRow {
  readonly name: string;
  readonly engine: EngineName;
  /** An import is one process. */
  readonly workers: 1;
  readonly rows: number;
  /** What it is measured against. */
  readonly yardstick: string;
  readonly james: { readonly perSecond: number };
  readonly bare: { readonly perSecond: number };
  readonly ratio: number;
  /** Rows a second of each round. */
  readonly rounds: readonly Pair[];
}

interface Pair {
  readonly james: number;
  readonly bare: number;
}

async function barePerSecond({ yardstick, freshDatabase }: BenchEngine, file: ImportFile): Promise<number> {
  await using database = await freshDatabase();
  return file.rows / (await loadBare(yardstick, database.url, file));
}

function rowOf(engine: BenchEngine, { kind, rows }: ImportFile, pairs: readonly Pair[]): ImportRow {
  return {
    name: `james import ${kind}`,
    engine: engine.name,
    workers: 1,
    rows,
    yardstick: engine.yardstick.name,
    james: { perSecond: median(pairs.map(({ james }) => james)) },
    bare: { perSecond: median(pairs.map(({ bare }) => bare)) },
    ratio: median(pairs.map(({ james, bare }) => james / bare)),
    rounds: pairs,
  };
}

/** Imports a book without measuring anything. */
export async function fillBook(engine: BenchEngine, book: readonly ImportFile[]): Promise<BenchDatabase> {
  const database = await engine.freshDatabase();
  for (const file of book) await importCsv(database.url, file);
  return database;
}

export async function measureImports(
  engine: BenchEngine,
  book: readonly ImportFile[],
  rounds: number,
): Promise<{ rows: ImportRow[]; database: BenchDatabase }> {
  const pairs = book.map((): Pair[] => []);
  let database: BenchDatabase | undefined;
  for (let round = 0; round < rounds; round++) {
    await database?.[Symbol.asyncDispose]();
    database = await engine.freshDatabase();
    for (const [index, file] of book.entries()) {
      const james = file.rows / (await importCsv(database.url, file));
      pairs[index]?.push({ james, bare: await barePerSecond(engine, file) });
    }
  }
  if (database === undefined) throw new Error('imports are measured at least once');
  return { rows: book.map((file, index) => rowOf(engine, file, pairs[index] ?? [])), database };
}
