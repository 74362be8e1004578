// npm run bench: measures James against what the machine could do at best, on a database of its own that is as
// durable as the product's. Ratios are what counts; the seconds of a shared machine come and go.
// npm run bench -- --quick | --seconds N | --rounds N | --only NAME | --connections N | --out FILE (options.ts)
// node --cpu-prof --cpu-prof-dir=DIR bench/run.ts … profiles everything that it starts, thread by thread.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { FreshLoans, loansOf } from './book-loans.ts';
import { databaseBytes, databaseOf, machine } from './environment.ts';
import { httpMeasurements } from './http-measurements.ts';
import { type HttpRow, measure, requireSameAnswers, warmUp } from './http-rounds.ts';
import { ImportRounds, type ImportRow } from './import-rounds.ts';
import { type Options, readOptions } from './options.ts';
import { startEcho, startJames } from './programs.ts';
import { environmentText, keepReport, type Report, tableText } from './report.ts';

function progress(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

async function overHttp(databaseFile: string, folder: string, options: Options): Promise<HttpRow[]> {
  const measurements = httpMeasurements(
    loansOf(databaseFile, 'BOOK'),
    new FreshLoans(databaseFile, folder),
  ).filter(({ name }) => options.only.includes(name));
  const rows: HttpRow[] = [];
  if (measurements.length === 0) return rows;
  const james = await startJames(databaseFile);
  const echo = await startEcho();
  const servers = { james: james.url, echo: echo.url };
  for (const kind of measurements) {
    await requireSameAnswers(servers, kind);
    await warmUp(servers, kind, options);
    for (const connections of options.connections) {
      const row = await measure(servers, kind, connections, options);
      progress(`${row.name}, ${connections} connections: ratio ${row.ratio.toFixed(2)}`);
      rows.push(row);
    }
  }
  await james.stop();
  await echo.stop();
  return rows;
}

async function bench(folder: string, options: Options): Promise<Report> {
  const at = new Date().toISOString();
  const measuredMachine = machine(folder);
  const book = new ImportRounds(folder, options);
  const withImport = options.only.includes('import');
  progress(`importing ${options.importedLoans} loans and ${options.importedPayments} payments`);
  const imports: ImportRow[] = withImport ? await book.measure(options.importRounds) : [];
  if (!withImport) await book.fill();
  const { versions, settings } = databaseOf(book.databaseFile);
  const http = await overHttp(book.databaseFile, folder, options);
  const database = { ...settings, bytes: databaseBytes(book.databaseFile) };
  return { at, machine: measuredMachine, versions, database, options, imports, http };
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
