// Lives through a made-up bank: each day's events into commands, through the ledger as any others, with the clock set to
// that day. A day is committed as a whole before the next one begins, so a run that ends early has left a sound book.

import { type CalendarDate, monthOf } from '../domain/calendar-date.ts';
import { decideTerms } from '../domain/loan.ts';
import type { Rounding } from '../domain/rounding.ts';
import type { Answer, BatchExecutor, Command } from '../ledger/commands.ts';
import type { Origin, RecordId } from '../ledger/ledger.ts';
import { bankDays } from './bank-days.ts';
import type { BankDay, BankEvent } from './bank-events.ts';
import type { BankPlan } from './bank-plan.ts';
import type { DemoClock } from './demo-clock.ts';
import { SeededRandom } from './seeded-random.ts';

export interface LifeParts {
  readonly plan: BankPlan;
  readonly execute: BatchExecutor;
  /** The clock that `execute` reads. */
  readonly clock: DemoClock;
  readonly rounding: Rounding;
  readonly origin: Origin;
  /** Told after each day; the next one begins when it resolves. */
  readonly onDay: (counts: LifeCounts) => Promise<void> | void;
  /** Aborted: the life ends after the day under way. */
  readonly signal: AbortSignal;
}

export interface LifeCounts {
  /** The last day that is recorded whole. */
  readonly day: CalendarDate;
  readonly records: number;
  readonly recordsInAll: number;
}

export interface LifeResult {
  /** Undefined where not even the first day was lived through. */
  readonly day: CalendarDate | undefined;
  readonly records: number;
  readonly isWhole: boolean;
  /**
   * The day from which on everything counts as learned in real time, since something else had moved the book day:
   * somebody had asked what was known later, or recorded something meanwhile. Null: all of it was learned day by day.
   */
  readonly overtakenOn: CalendarDate | null;
}

/** The loans of another run, or of the bank's own, are in the way. */
export class BookNotEmpty extends Error {}

/** What later events point at. */
class Remembered {
  readonly #ids = new Map<string, RecordId>();

  static #name(reference: string, date: CalendarDate | undefined): string {
    return date === undefined ? reference : `${reference}/${monthOf(date)}`;
  }

  keep(id: RecordId, reference: string, date?: CalendarDate): void {
    this.#ids.set(Remembered.#name(reference, date), id);
  }

  take(reference: string, date?: CalendarDate): RecordId {
    const name = Remembered.#name(reference, date);
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`an event points at ${name}, which is not there`);
    this.#ids.delete(name);
    return id;
  }
}

function commandOf(event: BankEvent, remembered: Remembered, rounding: Rounding, origin: Origin): Command {
  const { reference } = event;
  switch (event.kind) {
    case 'issue': {
      const decision = decideTerms(event.request, rounding);
      if (!decision.ok) throw new Error(`the bank would not issue loan ${reference}: ${decision.faults[0]}`);
      return { kind: 'issue-loan', terms: decision.terms, reference, ifRecorded: 'refuse', origin };
    }
    case 'payment': {
      const { payment, date, fate } = event;
      const loan = { by: 'reference', reference } as const;
      const plain = { kind: 'record-payment', loan, payment, date, ifRecorded: 'refuse', origin } as const;
      return fate === 'replaces' ? { ...plain, replaces: remembered.take(reference, date) } : plain;
    }
    case 'payment-reversal': {
      const paymentId = remembered.take(reference, event.date);
      return { kind: 'reverse-payment', paymentId, reason: event.reason, origin };
    }
    case 'loan-reversal':
      return { kind: 'reverse-loan', loanId: remembered.take(reference), reason: event.reason, origin };
  }
}

/** Keeps what later events point at; the date on which the event was recorded. */
function recordedOn(event: BankEvent, { outcome }: Answer, remembered: Remembered): CalendarDate {
  switch (outcome.kind) {
    case 'issued':
      if (event.kind === 'issue' && event.isMistake) remembered.keep(outcome.loan.id, event.reference);
      return outcome.loan.recording.on;
    case 'recorded':
      if (event.kind === 'payment' && event.fate === 'goes') {
        remembered.keep(outcome.payment.id, event.reference, event.date);
      }
      return outcome.payment.recording.on;
    case 'payment-reversed':
    case 'loan-reversed':
      return outcome.reversal.recording.on;
    case 'reference-taken':
      throw new BookNotEmpty(`there is a loan ${event.reference} that this run has not issued`);
    default:
      throw new Error(
        `the ledger refused an event of the demo: ${JSON.stringify(event, textOf)} ${outcome.kind}`,
      );
  }
}

function textOf(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** How many records a plan makes. Takes a second for half a million. */
export function recordsIn(plan: BankPlan): number {
  let records = 0;
  for (const { events } of bankDays(plan)) records += events.length;
  return records;
}

export async function liveThrough(parts: LifeParts): Promise<LifeResult> {
  const { plan, execute, clock, rounding, origin, signal } = parts;
  const recordsInAll = recordsIn(plan);
  const remembered = new Remembered();
  // Drawn apart, so that the time of day changes nothing of what happens.
  const hours = new SeededRandom(plan.seed);
  let day: CalendarDate | undefined;
  let records = 0;
  let overtakenOn: CalendarDate | null = null;

  const live = async ({ date, events }: BankDay): Promise<void> => {
    clock.set(date, hours.fraction());
    const answers = await execute(events.map((event) => commandOf(event, remembered, rounding, origin)));
    const on = events.map((event, index) => recordedOn(event, answers[index] as Answer, remembered));
    if (clock.isSet && on.some((one) => one > date)) {
      overtakenOn = date;
      clock.letGo();
    }
    day = date;
    records += events.length;
    await parts.onDay({ day, records, recordsInAll });
  };
  for (const bankDay of bankDays(plan)) {
    if (signal.aborted) return { day, records, isWhole: false, overtakenOn };
    await live(bankDay);
  }
  return { day, records, isWhole: true, overtakenOn };
}
