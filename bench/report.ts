// The report of a run: for people a table, for comparing runs the same as JSON.
// Every figure is a median over the rounds.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseFacts, EngineName } from './bench-engine.ts';
import type { Machine, Versions } from './environment.ts';
import type { Options } from './options.ts';
import type { Figures, Row } from './row.ts';
import type { Target } from './targets.ts';

export interface Report {
  readonly at: string;
  readonly machine: Machine;
  readonly versions: Versions;
  /** Of each engine, with the room that its large book took when it was made, where one was. */
  readonly databases: readonly ({ readonly engine: EngineName } & DatabaseFacts)[];
  readonly options: Options;
  /** PostgreSQL's bare round trips a second over one connection. */
  readonly roundTripsPerSecond: number | null;
  readonly rows: readonly Row[];
}

const HEADINGS = [
  'name',
  'engine',
  'workers',
  'connections',
  'James',
  'yardstick',
  'figure (rounds)',
  'target',
  '',
];

/** Names stand on the left, figures on the right. */
const LEFT_COLUMN_LAST = HEADINGS.indexOf('engine');

function figuresText({ perSecond, p50Ms, p99Ms, bytes }: Figures): string {
  const parts: string[] = [];
  if (perSecond !== undefined) parts.push(`${Math.round(perSecond)}/s`);
  if (p50Ms !== undefined) parts.push(`p50 ${p50Ms.toFixed(1)}`);
  if (p99Ms !== undefined) parts.push(`p99 ${p99Ms.toFixed(1)} ms`);
  if (bytes !== undefined)
    parts.push(bytes < 2 ** 20 ? `${Math.round(bytes)} B` : `${Math.round(bytes / 2 ** 20)} MiB`);
  return parts.join(', ');
}

function figureText(figure: number, unit: string): string {
  return unit === ''
    ? figure.toFixed(2)
    : unit === 's'
      ? `${figure.toFixed(2)} s`
      : `${Math.round(figure)} ${unit}`;
}

/** The figure with its least and its greatest round: far apart, they say that the machine was busy with other things. */
function spreadText({ figure, unit, rounds }: Row): string {
  if (rounds.length === 1) return figureText(figure, unit);
  return `${figureText(figure, unit)} (${Math.min(...rounds).toFixed(2)}–${Math.max(...rounds).toFixed(2)})`;
}

function targetText(target: Target | null, unit: string): string {
  if (target === null) return '';
  const [sign, bound] = 'atLeast' in target ? ['≥', target.atLeast] : ['≤', target.atMost];
  return `${sign} ${bound}${unit === '' ? '' : ` ${unit}`}`;
}

function cellsOf(row: Row): string[] {
  const { title, engine, workers, connections, james, yardstick, target, unit, passes } = row;
  return [
    title,
    engine,
    workers === null ? '' : String(workers),
    connections === null ? '' : String(connections),
    james === undefined ? '' : figuresText(james),
    yardstick === undefined ? '' : `${yardstick.name} ${figuresText(yardstick)}`,
    spreadText(row),
    targetText(target, unit),
    passes === null ? '' : passes ? 'pass' : 'FAIL',
  ];
}

/** The heading of a report: what the figures were taken on. */
export function environmentText(report: Report): string {
  const { machine, versions, databases, options, roundTripsPerSecond, rows } = report;
  const { quick, rounds, seconds, loans, smallLoans } = options;
  const gib = (machine.memoryBytes / 2 ** 30).toFixed(1);
  const booked = rows.flatMap(({ bookedPerSecond }) => bookedPerSecond ?? []);
  return [
    `machine   ${machine.cpu}, ${machine.cores} cores, ${gib} GiB; a flush ${machine.flushMs.toFixed(2)} ms; load before ${machine.loadBefore.toFixed(2)}`,
    `versions  node ${versions.node}, James ${versions.commit}`,
    ...databases.map(({ engine, version, settings, bytes }) => {
      const told = Object.entries(settings).map(([name, setting]) => `${name}=${setting}`);
      return `${engine.padEnd(9)} ${version}, ${told.join(', ')}; ${bytes} bytes`;
    }),
    `book      ${loans} loans; the small one ${smallLoans}${loans < 1_000_000 ? ' (the targets are for 1000000 and 10000)' : ''}`,
    ...(booked.length === 0
      ? []
      : [
          `booked    ${Math.min(...booked).toFixed(0)} to ${Math.max(...booked).toFixed(0)} payments/s while reads were measured`,
        ]),
    ...(roundTripsPerSecond === null
      ? []
      : [`SELECT 1  ${Math.round(roundTripsPerSecond)} round trips/s over one connection`]),
    `rounds    ${rounds} of ${seconds} s${quick ? ', quick: figures mean little' : ''}`,
  ].join('\n');
}

/** The table of a report. */
export function tableText({ rows }: Report): string {
  const table = [HEADINGS, ...rows.map(cellsOf)];
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

/** Keeps the report as JSON and returns the file's name; again and again while a run goes on. */
export function keepReport(report: Report): string {
  const name = `${report.at.replace(/\..*/, '').replaceAll(':', '-')}.json`;
  const file = report.options.out ?? join(import.meta.dirname, 'results', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}
