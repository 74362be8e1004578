// What each row is to reach, on a book of 1,000,000 loans and 10,000,000 payments at 64 connections; on PostgreSQL with
// two processes. A target that is not met stays as it is: docs/performance.md says why it is not met.

import type { EngineName } from './bench-engine.ts';
import type { Name } from './options.ts';

export type Target = { readonly atLeast: number } | { readonly atMost: number };

type OfEngines = Readonly<Record<EngineName, Target>>;

function atLeast(sqlite: number, postgres: number): OfEngines {
  return { sqlite: { atLeast: sqlite }, postgres: { atLeast: postgres } };
}

function atMost(sqlite: number, postgres: number): OfEngines {
  return { sqlite: { atMost: sqlite }, postgres: { atMost: postgres } };
}

const TARGETS: Readonly<Record<Name, OfEngines>> = {
  loans: atLeast(0.8, 0.55),
  payments: atLeast(0.65, 0.45),
  balance: atLeast(0.8, 0.6),
  'v1-balance': atLeast(0.8, 0.6),
  outstanding: atLeast(0.7, 0.5),
  'known-at': atLeast(0.25, 0.15),
  arrears: atLeast(0.3, 0.2),
  series: atLeast(0.05, 0.05),
  growth: atLeast(0.85, 0.85),
  'beside-import': atMost(8, 8),
  'one-connection': atLeast(0.85, 0.6),
  'import-loans': atLeast(0.4, 0.3),
  'import-payments': atLeast(0.25, 0.2),
  /** MiB. */
  memory: atMost(256, 256),
  disk: atMost(1.6, 1.8),
  /** Seconds. */
  start: atMost(1, 1),
};

/** The processes and the connections that the targets are meant for. */
const WORKERS: Readonly<Record<EngineName, number>> = { sqlite: 1, postgres: 2 };
const CONNECTIONS = 64;

/** The target of a row; null where it has none. `connections` is null where none are counted. */
export function targetOf(
  name: Name,
  engine: EngineName,
  workers: number | null,
  connections: number | null,
): Target | null {
  if (workers !== null && workers !== WORKERS[engine]) return null;
  if (connections !== null && connections !== CONNECTIONS && name !== 'one-connection') return null;
  return TARGETS[name][engine];
}

/** Whether a figure reaches a target. */
export function reaches(figure: number, target: Target): boolean {
  return 'atLeast' in target ? figure >= target.atLeast : figure <= target.atMost;
}
