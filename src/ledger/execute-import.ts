// Decides and records rows of an import, all of one lane, in one transaction: the records and how far the import is with
// them are written together or not at all. Nothing waits for a single row.

import { ImportMoved, type ImportPlace, type ImportStep } from '../store/import-store.ts';
import type { Lane } from '../store/lanes.ts';
import type { HistoryNeed, LoanHistory, Writes } from '../store/store.ts';
import { Batch } from './batch.ts';
import type { IssueLoan, Outcome, RecordPayment } from './commands.ts';
import { type ExecutorParts, historyNeeds } from './execute-batch.ts';

export type ImportCommand = IssueLoan | RecordPayment;

/** What a dry run has accepted so far, as if it were booked. */
export interface Trial {
  /** Histories as they would be by now, in the order of their needs. */
  overlaid(
    needs: readonly HistoryNeed[],
    histories: readonly (LoanHistory | undefined)[],
  ): (LoanHistory | undefined)[];
  /** Takes in what was accepted, after the commit that counted it. */
  accept(writes: Writes): void;
}

export interface ImportBatch<Result> {
  readonly lane: Lane;
  readonly commands: readonly ImportCommand[];
  /** Where the import must stand; undefined: nobody keeps how far it is. */
  readonly place?: ImportPlace;
  /** Given, nothing is booked. */
  readonly trial?: Trial;
  /** What the outcomes, in the order of the commands, come to. Pure: it may be asked again. */
  readonly conclude: (outcomes: readonly Outcome[]) => {
    readonly result: Result;
    readonly step: ImportStep | undefined;
  };
}

/** Resolves after the commit; 'moved' where the import does not stand where it was taken to stand. */
export type ImportExecutor = <Result>(batch: ImportBatch<Result>) => Promise<Result | 'moved'>;

const NOTHING_BOOKED = {
  loans: [],
  payments: [],
  reversals: [],
  states: new Map(),
  changes: [],
  answers: [],
} as const satisfies Partial<Writes>;

/** The executor that writes to a store in this thread. */
export function importExecutor({ store, clock, dateAt, newId }: ExecutorParts): ImportExecutor {
  return async ({ lane, commands, place, trial, conclude }) => {
    const needs = {
      lane,
      keyLane: lane,
      histories: historyNeeds(commands),
      answers: [],
      passesBookDay: false,
      ...(place === undefined ? {} : { importPlace: place }),
    };
    let accepted: Writes | undefined;
    try {
      const result = await store.write(needs, (state) => {
        // Inside the write, after its locks: nothing recorded later may carry an earlier instant.
        const at = clock();
        const recording = { at, on: Math.max(dateAt(at), state.bookDay) };
        const known =
          trial === undefined
            ? state
            : { ...state, histories: trial.overlaid(needs.histories, state.histories) };
        const batch = new Batch(needs.histories, known, recording, () => newId(lane, store.lanes));
        const outcomes = commands.map((command) => batch.answer(command).outcome);
        const { result, step } = conclude(outcomes);
        accepted = batch.writes();
        const booked =
          trial === undefined ? accepted : { ...accepted, ...NOTHING_BOOKED, bookDay: state.bookDay };
        return { writes: step === undefined ? booked : { ...booked, importStep: step }, result };
      });
      if (accepted !== undefined) trial?.accept(accepted);
      return result;
    } catch (error) {
      if (error instanceof ImportMoved) return 'moved';
      throw error;
    }
  };
}
