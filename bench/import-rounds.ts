// Measures imports: `james import` (the whole process, from its start to its end) against the engine's bare yardstick
// over the same rows, each on fresh databases; and the memory that a large one takes.

import { join } from 'node:path';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { BenchEngine } from './bench-engine.ts';
import { type ImportFile, writeFreshLoans } from './csv-files.ts';
import { median } from './median.ts';
import type { Options } from './options.ts';
import { importCsv, importPeakBytes, loadBare } from './programs.ts';
import { type Row, rowOf } from './row.ts';

const MIB = 2 ** 20;

interface Pair {
  readonly james: number;
  readonly bare: number;
}

async function barePerSecond({ yardstick, freshDatabase }: BenchEngine, file: ImportFile): Promise<number> {
  await using database = await freshDatabase();
  return file.rows / (await loadBare(yardstick, database.url, file));
}

function importRow(engine: BenchEngine, { kind, rows }: ImportFile, pairs: readonly Pair[]): Row {
  return rowOf({
    name: `import-${kind}`,
    title: `james import ${kind}, ${rows} rows`,
    engine: engine.name,
    workers: null,
    connections: null,
    james: { perSecond: median(pairs.map(({ james }) => james)) },
    yardstick: { name: engine.yardstick.name, perSecond: median(pairs.map(({ bare }) => bare)) },
    unit: '',
    rounds: pairs.map(({ james, bare }) => james / bare),
  });
}

/** Imports of files, in their order: a file may need what one before it brought. */
export async function measureImports(
  engine: BenchEngine,
  files: readonly ImportFile[],
  { rounds, warmUpRounds }: Options,
): Promise<Row[]> {
  const pairs = files.map((): Pair[] => []);
  for (let round = -warmUpRounds; round < rounds; round++) {
    await using database = await engine.freshDatabase();
    for (const [index, file] of files.entries()) {
      const james = file.rows / (await importCsv(database.url, file));
      const pair = { james, bare: await barePerSecond(engine, file) };
      if (round >= 0) pairs[index]?.push(pair);
    }
  }
  return files.map((file, index) => importRow(engine, file, pairs[index] ?? []));
}

/** The most memory that an import of so many loans takes: one round, since it is the same in each. */
export async function measureMemory(engine: BenchEngine, folder: string, loans: number): Promise<Row> {
  const file = writeFreshLoans(join(folder, 'memory.csv'), 'MEMORY', loans, new SeededRandom(67));
  await using database = await engine.freshDatabase();
  const bytes = await importPeakBytes(database.url, file, join(folder, 'peak'));
  return rowOf({
    name: 'memory',
    title: `peak memory, james import of ${loans} loans`,
    engine: engine.name,
    workers: null,
    connections: null,
    james: { bytes },
    unit: 'MiB',
    rounds: [bytes / MIB],
  });
}
