// Decides and records a batch of commands in one transaction of the store (ARCHITECTURE.md, "From the socket to the
// disk"): what the batch must know, then each decision in turn, then everything that was accepted at once.

import { type CalendarDate, type CalendarMonth, monthOf } from '../domain/calendar-date.ts';
import type { Lane } from '../store/lanes.ts';
import type { AnswerKey, HistoryNeed, LoanKey, RecordId, Store } from '../store/store.ts';
import { Batch, keyName } from './batch.ts';
import { Batcher } from './batcher.ts';
import type { Clock } from './clock.ts';
import type { BatchExecutor, Command, LaneExecutor } from './commands.ts';

export interface ExecutorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly dateAt: (at: number) => CalendarDate;
  readonly newId: (lane: Lane, lanes: number) => RecordId;
}

/** Months begin after this one. */
const EARLIEST_MONTH: CalendarMonth = 0;

/** One need for each loan that is named, from the earliest month that any command names. */
export function historyNeeds(commands: readonly Command[]): HistoryNeed[] {
  const needs = new Map<string, { loan: LoanKey; fromMonth: CalendarMonth | undefined }>();
  const add = (loan: LoanKey, fromMonth: CalendarMonth | undefined): void => {
    const name = keyName(loan);
    const need = needs.get(name);
    if (need === undefined) needs.set(name, { loan, fromMonth });
    else if (fromMonth !== undefined) need.fromMonth = Math.min(need.fromMonth ?? fromMonth, fromMonth);
  };
  for (const command of commands) {
    switch (command.kind) {
      case 'issue-loan':
        if (command.reference !== null) add({ by: 'reference', reference: command.reference }, undefined);
        break;
      case 'record-payment': {
        const month = monthOf(command.date);
        add(command.loan, month);
        if (command.replaces !== undefined) add({ by: 'payment', paymentId: command.replaces }, month);
        break;
      }
      case 'reverse-payment':
        add({ by: 'payment', paymentId: command.paymentId }, undefined);
        break;
      case 'reverse-loan':
        add({ by: 'id', id: command.loanId }, EARLIEST_MONTH);
        break;
      case 'refuse':
      case 'pass-book-day':
        break;
    }
  }
  return [...needs.values()];
}

function answerKeys(commands: readonly Command[]): AnswerKey[] {
  return commands.flatMap((command) =>
    'idempotency' in command && command.idempotency !== undefined
      ? [{ owner: command.origin.recordedBy, key: command.idempotency.key }]
      : [],
  );
}

/** The executor of one lane's batch that writes to a store in this thread. */
export function laneExecutor({ store, clock, dateAt, newId }: ExecutorParts): LaneExecutor {
  return ({ lane, keyLane, commands }) => {
    const needs = {
      lane,
      keyLane,
      histories: historyNeeds(commands),
      answers: answerKeys(commands),
      passesBookDay: commands.some(({ kind }) => kind === 'pass-book-day'),
    };
    return store.write(needs, (state) => {
      // Inside the write, after its locks: nothing recorded later may carry an earlier instant.
      const at = clock();
      const recording = { at, on: Math.max(dateAt(at), state.bookDay) };
      const batch = new Batch(needs.histories, state, recording, () => newId(lane, store.lanes));
      const result = commands.map((command) => batch.answer(command));
      return { writes: batch.writes(), result };
    });
  };
}

/** The executor that writes to a store in this thread, whatever the lanes of its commands. */
export function batchExecutor(parts: ExecutorParts): BatchExecutor {
  const batcher = new Batcher(laneExecutor(parts), parts.store);
  return (commands) => batcher.submitAll(commands);
}
