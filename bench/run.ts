// npm run bench: measures James on each engine against what the machine could do at best, on databases of its own that
// are as durable as the product's. Ratios are what counts; the seconds of a shared machine come and go.
// npm run bench -- --quick | --engine NAME | --workers N | --loans N | --book FOLDER | --only NAME | … (options.ts)
// node --cpu-prof --cpu-prof-dir=DIR bench/run.ts … profiles everything that it starts, thread by thread.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { BenchDatabase, BenchEngine, EngineName } from './bench-engine.ts';
import { sampleOfBook } from './book-loans.ts';
import { writeBook, writeFreshLoans } from './csv-files.ts';
import { measureDisk } from './disk-row.ts';
import { startEngine } from './engines.ts';
import { machine, versions } from './environment.ts';
import { overHttp } from './http-rows.ts';
import { measureImports, measureMemory } from './import-rounds.ts';
import { type Name, type Options, readOptions, requestNames } from './options.ts';
import { barePerSecond, importCsv, makeBook } from './programs.ts';
import { environmentText, keepReport, type Report, tableText } from './report.ts';
import type { Row } from './row.ts';
import { measureStart } from './start-row.ts';

function progress(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Draft = Mutable<Report> & { rows: Row[]; databases: Report['databases'][number][] };

function bookOf(engine: BenchEngine, loans: number): Promise<BenchDatabase> {
  progress(`${engine.name}: a book of ${loans} loans`);
  return engine.book(loans, (url, count) => makeBook(url, count, progress));
}

/** All that needs a book. */
async function onBooks(engine: BenchEngine, folder: string, report: Draft, onRow: (row: Row) => void) {
  const { options } = report;
  const asks = (...names: Name[]) => names.some((name) => options.only.includes(name));
  const workers = engine.manyProcesses ? options.workers : [1];
  const hasRequests = requestNames(options).length > 0 || asks('one-connection');
  if (!hasRequests && !asks('disk', 'start')) return;
  await using large = await bookOf(engine, options.loans);
  if (asks('start')) {
    for (const count of workers) onRow(await measureStart(engine, large, count, options));
  }
  if (asks('disk')) {
    onRow(await measureDisk(engine, large, options.loans, await sampleOfBook(large, options.loans)));
  }
  report.databases.push({ engine: engine.name, ...(await large.facts()) });
  if (!hasRequests) return;
  const measured = { engine, folder, options, onRow };
  for (const count of workers) {
    if (!asks('growth')) {
      await overHttp({ ...measured, workers: count }, { large, small: undefined });
      continue;
    }
    await using small = await bookOf(engine, options.smallLoans);
    await overHttp({ ...measured, workers: count }, { large, small });
  }
}

async function onEngine(name: EngineName, folder: string, report: Draft): Promise<void> {
  const { options } = report;
  const { only } = options;
  await using engine = await startEngine(name, folder, options.book);
  const onRow = (row: Row) => {
    report.rows.push(row);
    progress(`${name}, ${row.title}: ${row.figure.toFixed(2)} ${row.unit}`);
    keepReport(report);
  };
  if (name === 'postgres') {
    await using database = await engine.freshDatabase();
    report.roundTripsPerSecond = await barePerSecond('select', database.url, options.seconds);
  }
  await onBooks(engine, folder, report, onRow);
  if (only.includes('import-loans') || only.includes('import-payments')) {
    const files = writeBook(folder, options.importedLoans, options.importedPayments);
    // Payments need their loans.
    const measured = only.includes('import-payments') ? files : files.slice(0, 1);
    for (const row of await measureImports(engine, measured, options)) {
      if (only.includes(row.name)) onRow(row);
    }
  }
  if (report.databases.every(({ engine: told }) => told !== name)) {
    await using database = await engine.freshDatabase();
    await importCsv(
      database.url,
      writeFreshLoans(join(folder, 'facts.csv'), 'FACTS', 1, new SeededRandom(1)),
    );
    report.databases.push({ engine: name, ...(await database.facts()) });
  }
  if (only.includes('memory')) onRow(await measureMemory(engine, folder, options.loans));
}

async function bench(folder: string, options: Options): Promise<Report> {
  const report: Draft = {
    at: new Date().toISOString(),
    machine: machine(folder),
    versions: versions(),
    databases: [],
    options,
    roundTripsPerSecond: null,
    rows: [],
  };
  for (const name of options.engines) await onEngine(name, folder, report);
  return report;
}

const options = readOptions(process.argv.slice(2));
const folder = mkdtempSync(join(os.tmpdir(), 'james-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// Ended from outside: the exit handlers end the servers and remove the databases.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    progress(`ended by ${signal}`);
    process.exit(130);
  });
}

const report = await bench(folder, options);
console.log(`${environmentText(report)}\n\n${tableText(report)}\n\nkept as ${keepReport(report)}`);
