// The report of a run: for people a table, for comparing runs the same as JSON.
// Every figure is a median over the rounds.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSettings, Machine, Versions } from './environment.ts';
import type { HttpRow, Side } from './http-rounds.ts';
import type { ImportRow } from './import-rounds.ts';
import type { Options } from './options.ts';

export interface Report {
  readonly at: string;
  readonly machine: Machine;
  readonly versions: Versions;
  readonly database: DatabaseSettings & { readonly bytes: number };
  readonly options: Options;
  readonly imports: readonly ImportRow[];
  readonly http: readonly HttpRow[];
}

const HEADINGS = [
  'name',
  'connections',
  'James /s',
  'echo /s',
  'ratio',
  'James p50/p99 ms',
  'echo p50/p99 ms',
];

function whole(value: number): string {
  return Math.round(value).toString();
}

function latencies({ p50Ms, p99Ms }: Side): string {
  return `${p50Ms.toFixed(2)} / ${p99Ms.toFixed(2)}`;
}

function lines({ imports, http }: Report): string[][] {
  return [
    HEADINGS,
    ...http.map(({ name, connections, james, echo, ratio }) => [
      name,
      String(connections),
      whole(james.perSecond),
      whole(echo.perSecond),
      ratio.toFixed(2),
      latencies(james),
      latencies(echo),
    ]),
    ...imports.map(({ name, rows, james, bare, ratio }) => [
      `${name} (${rows} rows; bare loop)`,
      '',
      whole(james.perSecond),
      whole(bare.perSecond),
      ratio.toFixed(2),
      '',
      '',
    ]),
  ];
}

/** The heading of a report: what the figures were taken on. */
export function environmentText({ machine, versions, database, options }: Report): string {
  const gib = (machine.memoryBytes / 2 ** 30).toFixed(1);
  return [
    `machine   ${machine.cpu}, ${machine.cores} cores, ${gib} GiB; a flush ${machine.flushMs.toFixed(2)} ms; load before ${machine.loadBefore.toFixed(2)}`,
    `versions  node ${versions.node}, sqlite ${versions.sqlite}, James ${versions.commit}`,
    `settings  journal_mode=${database.journalMode}, synchronous=${database.synchronous}, ${options.rounds} rounds of ${options.seconds} s (imports: ${options.importRounds})${options.quick ? ', quick: figures mean little' : ''}`,
    `database  ${database.bytes} bytes after`,
  ].join('\n');
}

/** The table of a report. */
export function tableText(report: Report): string {
  const table = lines(report);
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const text = (line: readonly string[]) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return table.map(text).join('\n');
}

/** Keeps the report as JSON and returns the file's name. */
export function keepReport(report: Report): string {
  const name = `${report.at.replace(/\..*/, '').replaceAll(':', '-')}.json`;
  const file = report.options.out ?? join(import.meta.dirname, 'results', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}
