// What is drawn for each kill: how much goes before it and when exactly it falls. The same seed draws the same.

import { fc } from '../support/properties.ts';

/** What is drawn for a kill. */
export interface Plan {
  readonly seed: number;
  readonly clients: number;
  /** How many answers come before the kill. */
  readonly answers: number;
  /** A few milliseconds more, so that the kill falls anywhere in a batch. */
  readonly delayMs: number;
  readonly firstIsFirst: boolean;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  clients: fc.constantFrom(8, 16, 32),
  answers: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 30 }), weight: 1 },
    { arbitrary: fc.integer({ min: 30, max: 300 }), weight: 2 },
    { arbitrary: fc.integer({ min: 300, max: 1200 }), weight: 2 },
  ),
  delayMs: fc.oneof(fc.constant(0), fc.nat({ max: 20 })),
  firstIsFirst: fc.boolean(),
});

export function plans(seed: number, count: number): readonly Plan[] {
  return fc.sample(plan, { seed, numRuns: count });
}
