// The options of a run: on which engines, how long, how often, which rows, on how large a book.
// Quick is for trying things out and for the test that keeps the benchmark alive: its figures mean little.

import { parseArgs } from 'node:util';
import { ENGINE_NAMES, type EngineName } from './bench-engine.ts';

/** Kinds of requests; reads first, so that they find the book as it was made. */
export const REQUEST_NAMES = [
  'balance',
  'v1-balance',
  'outstanding',
  'known-at',
  'arrears',
  'series',
  'payments',
  'loans',
] as const;
export type RequestName = (typeof REQUEST_NAMES)[number];

export const NAMES = [
  ...REQUEST_NAMES,
  /** Each kind of request: on the large book ÷ on the small one. */
  'growth',
  /** Each kind of request while an import runs. */
  'beside-import',
  'one-connection',
  'import-loans',
  'import-payments',
  'memory',
  'disk',
  'start',
] as const;
export type Name = (typeof NAMES)[number];

export interface Options {
  readonly quick: boolean;
  readonly engines: readonly EngineName[];
  /** In how many processes James and the echo serve; on an engine that is made for one, in one. */
  readonly workers: readonly number[];
  /** How long each round measures. */
  readonly seconds: number;
  readonly rounds: number;
  /** For each kind of request, on each server. */
  readonly warmUpSeconds: number;
  /** Rounds before those that count; without any, requests are not warmed up either. */
  readonly warmUpRounds: number;
  readonly connections: readonly number[];
  readonly only: readonly Name[];
  /** Of the large book; each has about ten payments. */
  readonly loans: number;
  /** Of the small book. */
  readonly smallLoans: number;
  readonly importedLoans: number;
  readonly importedPayments: number;
  /** Where books are kept for later runs; undefined: they go with the run. */
  readonly book: string | undefined;
  /** Where the figures are kept as JSON; undefined: bench/results/<date>.json. */
  readonly out: string | undefined;
}

const USAGE = `npm run bench -- [--quick] [--engine ENGINE]… [--workers N]… [--seconds N] [--rounds N] [--only NAME]…
    [--connections N]… [--loans N] [--book FOLDER] [--out FILE]
  ENGINE is one of ${ENGINE_NAMES.join(', ')}
  NAME is one of ${NAMES.join(', ')};
    growth and beside-import are of the kinds of requests that are named beside them, or of all
  --workers counts on PostgreSQL (2 unless given); on SQLite one process serves
  --loans is the size of the large book (100000; the targets are for 1000000)
  --book keeps the books in a folder, where later runs find them`;

const LOANS_DEFAULT = 100_000;
const SMALL_LOANS_MAX = 10_000;
/** A book has a loan at least, and the small one is smaller. */
const SMALL_SHARE = 10;
const LOANS_MIN = 50;

function positive(text: string | undefined, fallback: number, name: string): number {
  const value = text === undefined ? fallback : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} takes a number greater than zero\n${USAGE}`);
}

/** What was named of a list; all of it where nothing was. */
function chosen<Name extends string>(
  texts: readonly string[] | undefined,
  from: readonly Name[],
  option: string,
): readonly Name[] {
  if (texts === undefined) return from;
  return texts.map((text) => {
    const name = from.find((candidate) => candidate === text);
    if (name === undefined) throw new Error(`--${option} does not know "${text}"\n${USAGE}`);
    return name;
  });
}

function counts(texts: readonly string[] | undefined, name: string): readonly number[] | undefined {
  return texts?.map((text) => Math.ceil(positive(text, 1, name)));
}

/** Everything that a command line says, checked; throws with the usage where it says something wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      engine: { type: 'string', multiple: true },
      workers: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string', multiple: true },
      connections: { type: 'string', multiple: true },
      loans: { type: 'string' },
      book: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { quick } = values;
  const seconds = positive(values.seconds, quick ? 1 : 2, 'seconds');
  const loans = Math.ceil(positive(values.loans, quick ? 2 * LOANS_MIN : LOANS_DEFAULT, 'loans'));
  if (loans < LOANS_MIN) throw new Error(`--loans takes ${LOANS_MIN} or more\n${USAGE}`);
  return {
    quick,
    engines: chosen(values.engine, ENGINE_NAMES, 'engine'),
    workers: counts(values.workers, 'workers') ?? [2],
    seconds,
    rounds: Math.ceil(positive(values.rounds, quick ? 2 : 5, 'rounds')),
    warmUpSeconds: quick ? Math.min(seconds, 0.5) : 3,
    warmUpRounds: quick ? 0 : 1,
    connections: counts(values.connections, 'connections') ?? [64],
    only: chosen(values.only, NAMES, 'only'),
    loans,
    smallLoans: Math.min(SMALL_LOANS_MAX, Math.floor(loans / SMALL_SHARE)),
    importedLoans: quick ? 2_000 : 100_000,
    importedPayments: quick ? 8_000 : 500_000,
    book: values.book,
    out: values.out,
  };
}

/** The kinds of requests that a run measures. */
export function requestNames({ only }: Options): readonly RequestName[] {
  const named = REQUEST_NAMES.filter((name) => only.includes(name));
  const ofAll = only.includes('growth') || only.includes('beside-import');
  return named.length === 0 && ofAll ? REQUEST_NAMES : named;
}
