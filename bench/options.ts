// The options of a run: how long, how often, and which measurements.
// Quick is for trying things out and for the test that keeps the benchmark alive: its figures mean little.

import { parseArgs } from 'node:util';

export const NAMES = ['loans', 'payments', 'balance', 'outstanding', 'arrears', 'import'] as const;
export type Name = (typeof NAMES)[number];

export interface Options {
  readonly quick: boolean;
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

const USAGE = `npm run bench -- [--quick] [--seconds N] [--rounds N] [--only NAME]… [--connections N]… [--out FILE]
  NAME is one of ${NAMES.join(', ')}`;

function positive(text: string | undefined, fallback: number, name: string): number {
  const value = text === undefined ? fallback : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} takes a number greater than zero\n${USAGE}`);
}

function namesOf(texts: readonly string[] | undefined): readonly Name[] {
  if (texts === undefined) return NAMES;
  return texts.map((text) => {
    const name = NAMES.find((candidate) => candidate === text);
    if (name === undefined) throw new Error(`there is no measurement "${text}"\n${USAGE}`);
    return name;
  });
}

function connectionsOf(texts: readonly string[] | undefined): readonly number[] | undefined {
  return texts?.map((text) => Math.ceil(positive(text, 1, 'connections')));
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
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
    seconds,
    rounds,
    importRounds: quick ? 1 : Math.min(rounds, 3),
    warmUpSeconds: quick ? Math.min(seconds, 0.5) : 5,
    connections: connectionsOf(values.connections) ?? (quick ? [1, 64] : [1, 16, 64]),
    only: namesOf(values.only),
    importedLoans: quick ? 5_000 : 100_000,
    importedPayments: quick ? 20_000 : 500_000,
    out: values.out,
  };
}
