// A row of the report: one figure with its rounds, what it is made of, and the target that it is held against.

import type { EngineName } from './bench-engine.ts';
import { median } from './median.ts';
import type { Name } from './options.ts';
import { reaches, type Target, targetOf } from './targets.ts';

/** What one side of a comparison did: medians over the rounds. */
export interface Figures {
  readonly perSecond?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly bytes?: number;
}

export interface Yardstick extends Figures {
  readonly name: string;
}

export interface Row {
  readonly name: Name;
  /** For people. */
  readonly title: string;
  readonly engine: EngineName;
  /** Null: a program of its own, not a server. */
  readonly workers: number | null;
  readonly connections: number | null;
  /** Absent where the figure is no comparison. */
  readonly james?: Figures;
  readonly yardstick?: Yardstick;
  /** The median over the rounds. */
  readonly figure: number;
  /** Empty: a ratio. */
  readonly unit: '' | 's' | 'MiB';
  /** The figure of each round. */
  readonly rounds: readonly number[];
  readonly target: Target | null;
  /** Null where there is no target. */
  readonly passes: boolean | null;
  /** Payments a second that were booked meanwhile, where some were. */
  readonly bookedPerSecond?: number;
}

type Given = Omit<Row, 'figure' | 'target' | 'passes'>;

/** A row from its rounds, held against its target. */
export function rowOf(given: Given): Row {
  const figure = median(given.rounds);
  const target = targetOf(given.name, given.engine, given.workers, given.connections);
  return { ...given, figure, target, passes: target === null ? null : reaches(figure, target) };
}
