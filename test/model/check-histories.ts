// Random histories from one seed: tells each, and where one fails makes it as short as it can and writes it out.

import type { TestEngine } from '../support/engines.ts';
import { fc } from '../support/properties.ts';
import { leaveOut } from './shorten.ts';
import { type History, histories } from './steps.ts';
import { tellHistory } from './tell-history.ts';

export interface HistoriesAsked {
  readonly engine: TestEngine;
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

/** How many simpler values are tried at most, at a time, for a failing history that is short already. */
const SIMPLER_MAX = 150;
const ROUNDS = 3;

async function failureOf(history: History, engine: TestEngine): Promise<Error | undefined> {
  try {
    await tellHistory(history, engine);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** The history with simpler values, if it still fails with any. */
async function withSimplerValues(history: History, stepsMax: number, engine: TestEngine): Promise<History> {
  let tried = 0;
  const property = fc.asyncProperty(histories(stepsMax), async (simpler) => {
    if (tried++ < SIMPLER_MAX) await tellHistory(simpler, engine);
  });
  const { counterexample } = await fc.check(property, { examples: [[history]], numRuns: 1 });
  return counterexample?.[0] ?? history;
}

/** The failing history, short and with simple values, as text: all that was told, and where it fails. */
async function shortest(found: History, stepsMax: number, engine: TestEngine): Promise<string> {
  const fails = async (history: History) => (await failureOf(history, engine)) !== undefined;
  let history = found;
  for (let round = 0; round < ROUNDS; round++) {
    history = await withSimplerValues(await leaveOut(history, fails), stepsMax, engine);
  }
  const error = await failureOf(history, engine);
  const drawn = `drawn as ${fc.stringify(history)}`;
  if (error === undefined) return `it does not fail every time; ${drawn}`;
  return `${error.name === 'Disagreement' ? error.message : error.stack}\n${drawn}`;
}

export async function checkHistories({
  engine,
  runs,
  stepsMax,
  seed,
}: HistoriesAsked): Promise<HistoriesTold> {
  let steps = 0;
  const property = fc.asyncProperty(histories(stepsMax), async (history) => {
    await tellHistory(history, engine);
    steps += history.steps.length;
  });
  const result = await fc.check(property, {
    numRuns: runs,
    endOnFailure: true,
    ...(seed === undefined ? {} : { seed }),
  });
  if (!result.failed) return { seed: result.seed, steps, failure: undefined };
  const found = result.counterexample?.[0];
  const told = found === undefined ? String(result.errorInstance) : await shortest(found, stepsMax, engine);
  const failure = `seed ${result.seed}: history ${result.numRuns} of ${runs} fails; shortened, it is\n${told}`;
  return { seed: result.seed, steps, failure };
}
