// Random histories from one seed: tells each, and where one fails makes it as short as it can and writes it out.

import { fc } from '../support/properties.ts';
import { type History, histories } from './steps.ts';
import { tellHistory } from './tell-history.ts';

export interface HistoriesAsked {
  readonly runs: number;
  /** Steps of the longest history. */
  readonly stepsMax: number;
  /** Unless given, FC_SEED or a random one. */
  readonly seed?: number;
}

export interface HistoriesTold {
  readonly seed: number;
  readonly steps: number;
  /** The shortest history that fails, readable, with its seed; undefined where all agree. */
  readonly failure: string | undefined;
}

export async function checkHistories({ runs, stepsMax, seed }: HistoriesAsked): Promise<HistoriesTold> {
  let steps = 0;
  const property = fc.asyncProperty(histories(stepsMax), async (history: History) => {
    await tellHistory(history);
    steps += history.steps.length;
  });
  const result = await fc.check(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  if (!result.failed) return { seed: result.seed, steps, failure: undefined };
  const { errorInstance, counterexample, numShrinks, numRuns } = result;
  const lines = [
    `seed ${result.seed}: history ${numRuns} of ${runs} fails; shrunk ${numShrinks} times, it is`,
    errorInstance instanceof Error
      ? errorInstance.name === 'Disagreement'
        ? errorInstance.message
        : errorInstance.stack
      : String(errorInstance),
    `drawn as ${fc.stringify(counterexample?.[0])}`,
  ];
  return { seed: result.seed, steps, failure: lines.join('\n') };
}
