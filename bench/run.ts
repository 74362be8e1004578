// npm run bench: measures James on each engine against what the machine could do at best, on databases of its own that
// are as durable as the product's. Ratios are what counts; the seconds of a shared machine come and go.
// npm run bench -- --quick | --engine NAME | --workers N | --seconds N | --rounds N | --only NAME | --connections N |
// --out FILE (options.ts)
// node --cpu-prof --cpu-prof-dir=DIR bench/run.ts … profiles everything that it starts, thread by thread.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { BenchDatabase, BenchEngine, EngineName } from './bench-engine.ts';
import { FreshLoans } from './book-loans.ts';
import { type ImportFile, writeBook } from './csv-files.ts';
import { startEngine } from './engines.ts';
import { machine, versions } from './environment.ts';
import { httpMeasurements, type Measurement } from './http-measurements.ts';
import { type HttpRow, measure, requireSameAnswers, warmUp } from './http-rounds.ts';
import { fillBook, type ImportRow, measureImports } from './import-rounds.ts';
import { type Options, readOptions } from './options.ts';
import { startEcho, startJames } from './programs.ts';
import { environmentText, keepReport, type Report, tableText } from './report.ts';

function progress(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

type EngineReport = Pick<Report, 'databases' | 'imports' | 'http'>;

async function importBook(
  engine: BenchEngine,
  book: readonly ImportFile[],
  options: Options,
): Promise<{ rows: ImportRow[]; database: BenchDatabase }> {
  for (const { kind, rows } of book) progress(`${engine.name}: importing ${rows} ${kind}`);
  const imported = options.only.includes('import')
    ? await measureImports(engine, book, options.importRounds)
    : { rows: [], database: await fillBook(engine, book) };
  await imported.database.settle();
  return imported;
}

async function overHttp(
  database: BenchDatabase,
  workers: number,
  measurements: readonly Measurement[],
  options: Options,
): Promise<HttpRow[]> {
  const rows: HttpRow[] = [];
  const james = await startJames(database.url, workers);
  const echo = await startEcho(workers);
  const servers = { engine: database.engine, workers, james: james.url, echo: echo.url };
  for (const kind of measurements) {
    await requireSameAnswers(servers, kind);
    await warmUp(servers, kind, options);
    for (const connections of options.connections) {
      await database.settle();
      const row = await measure(servers, kind, connections, options);
      progress(
        `${row.engine}, ${row.name}, ${workers} workers, ${connections} connections: ratio ${row.ratio.toFixed(2)}`,
      );
      rows.push(row);
    }
  }
  await james.stop();
  await echo.stop();
  return rows;
}

async function onEngine(
  name: EngineName,
  book: readonly ImportFile[],
  folder: string,
  options: Options,
): Promise<EngineReport> {
  await using engine = await startEngine(name, folder);
  const { rows: imports, database } = await importBook(engine, book, options);
  const loans = await database.loans('BOOK');
  const measurements = httpMeasurements(loans, new FreshLoans(database, folder)).filter(({ name }) =>
    options.only.includes(name),
  );
  const http: HttpRow[] = [];
  if (measurements.length > 0) {
    for (const workers of engine.manyProcesses ? options.workers : [1]) {
      http.push(...(await overHttp(database, workers, measurements, options)));
    }
  }
  return { databases: [{ engine: name, ...(await database.facts()) }], imports, http };
}

async function bench(folder: string, options: Options): Promise<Report> {
  const at = new Date().toISOString();
  const measuredMachine = machine(folder);
  const book = writeBook(folder, options.importedLoans, options.importedPayments);
  const parts: EngineReport[] = [];
  for (const name of options.engines) parts.push(await onEngine(name, book, folder, options));
  return {
    at,
    machine: measuredMachine,
    versions: versions(),
    databases: parts.flatMap(({ databases }) => databases),
    options,
    imports: parts.flatMap(({ imports }) => imports),
    http: parts.flatMap(({ http }) => http),
  };
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
