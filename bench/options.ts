// The options of a run: on which engines, how long, how often, and which measurements.
// Quick is for trying things out and for the test that keeps the benchmark alive: its figures mean little.

import { parseArgs } from 'node:util';
import { ENGINE_NAMES, type EngineName } from './bench-engine.ts';

export const NAMES = ['loans', 'payments', 'balance', 'outstanding', 'arrears', 'import'] as const;
export type Name = (typeof NAMES)[number];

export interface Options {
  readonly quick: boolean;
  readonly engines: readonly EngineName[];
  /** In how many processes James and the echo serve; on an engine that is made for one, in one. */
  readonly workers: readonly number[];
  /** How long each round measures. */
  readonly seconds: number;
  readonly rounds: number;
  /** Fresh databases that are imported into; each takes as long as it takes. */
  readonly importRounds: number;
  /** For each kind of request, on each side. */
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  readonly only: readonly Name[];
  readonly importedLoans: number;
  readonly importedPayments: number;
  /** Where the figures are kept as JSON; undefined: bench/results/<date>.json. */
  readonly out: string | undefined;
}

const USAGE = `npm run bench -- [--quick] [--engine ENGINE]… [--workers N]… [--seconds N] [--rounds N] [--only NAME]…
    [--connections N]… [--out FILE]
  ENGINE is one of ${ENGINE_NAMES.join(', ')}
  NAME is one of ${NAMES.join(', ')}
  --workers counts on PostgreSQL; on SQLite one process serves`;

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
      out: { type: 'string' },
    },
  });
  const { quick } = values;
  const seconds = positive(values.seconds, quick ? 1 : 3, 'seconds');
  const rounds = Math.ceil(positive(values.rounds, quick ? 2 : 5, 'rounds'));
  return {
    quick,
    engines: chosen(values.engine, ENGINE_NAMES, 'engine'),
    workers: counts(values.workers, 'workers') ?? [1, 2],
    seconds,
    rounds,
    importRounds: quick ? 1 : Math.min(rounds, 3),
    warmUpSeconds: quick ? Math.min(seconds, 0.5) : 5,
    connections: counts(values.connections, 'connections') ?? (quick ? [1, 64] : [1, 16, 64]),
    only: chosen(values.only, NAMES, 'only'),
    importedLoans: quick ? 5_000 : 100_000,
    importedPayments: quick ? 20_000 : 500_000,
    out: values.out,
  };
}
