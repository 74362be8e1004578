// The report of a run: for people a table, for comparing runs the same as JSON.
// Every figure is a median over the rounds.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseFacts, EngineName } from './bench-engine.ts';
import type { Machine, Versions } from './environment.ts';
import type { HttpRow, Side } from './http-rounds.ts';
import type { ImportRow } from './import-rounds.ts';
import type { Options } from './options.ts';

export interface Report {
  readonly at: string;
  readonly machine: Machine;
  readonly versions: Versions;
  /** Of each engine, as they were after its last measurement. */
  readonly databases: readonly ({ readonly engine: EngineName } & DatabaseFacts)[];
  readonly options: Options;
  readonly imports: readonly ImportRow[];
  readonly http: readonly HttpRow[];
}

const HEADINGS = [
  'name',
  'engine',
  'workers',
  'connections',
  'James /s',
  'echo /s',
  'ratio (rounds)',
  'James p50/p99 ms',
  'echo p50/p99 ms',
];

/** Names stand on the left, figures on the right. */
const LEFT_COLUMN_LAST = HEADINGS.indexOf('engine');

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
      row.engine,
      String(row.workers),
      String(row.connections),
      whole(row.james.perSecond),
      whole(row.echo.perSecond),
      ratioText(row),
      latencies(row.james),
      latencies(row.echo),
    ]),
    ...imports.map((row) => [
      `${row.name} (${row.rows} rows; ${row.yardstick})`,
      row.engine,
      String(row.workers),
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
export function environmentText({ machine, versions, databases, options }: Report): string {
  const { quick, rounds, seconds, importRounds } = options;
  const gib = (machine.memoryBytes / 2 ** 30).toFixed(1);
  return [
    `machine   ${machine.cpu}, ${machine.cores} cores, ${gib} GiB; a flush ${machine.flushMs.toFixed(2)} ms; load before ${machine.loadBefore.toFixed(2)}`,
    `versions  node ${versions.node}, James ${versions.commit}`,
    ...databases.map(({ engine, version, settings, bytes }) => {
      const told = Object.entries(settings).map(([name, setting]) => `${name}=${setting}`);
      return `${engine.padEnd(9)} ${version}, ${told.join(', ')}; ${bytes} bytes after`;
    }),
    `rounds    ${rounds} of ${seconds} s (imports: ${importRounds})${quick ? ', quick: figures mean little' : ''}`,
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
        return column <= LEFT_COLUMN_LAST ? cell.padEnd(width) : cell.padStart(width);
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
