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
  'ratio (rounds)',
  'James p50/p99 ms',
  'echo p50/p99 ms',
];

function whole(value: number): string {
  return Math.round(value).toString();
}

function latencies({ p50Ms, p99Ms }: Side): string {
  return `${p50Ms.toFixed(2)} / ${p99Ms.toFixed(2)}`;
}

/** The ratio with its least and its greatest round: far apart, they say that the machine was busy with other things. */
function ratioText({ ratio, rounds }: HttpRow | ImportRow): string {
  const ratios = rounds.map((round) => round.james / ('echo' in round ? round.echo : round.bare));
  return `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
}

function lines({ imports, http }: Report): string[][] {
  return [
    HEADINGS,
    ...http.map((row) => [
      row.name,
      String(row.connections),
      whole(row.james.perSecond),
      whole(row.echo.perSecond),
      ratioText(row),
      latencies(row.james),
      latencies(row.echo),
    ]),
    ...imports.map((row) => [
      `${row.name} (${row.rows} rows; bare loop)`,
      '',
      whole(row.james.perSecond),
      whole(row.bare.perSecond),
      ratioText(row),
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
