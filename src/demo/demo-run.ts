// What may be asked of a demo, and how far a run of it is.

import { addMonths, type CalendarDate } from '../domain/calendar-date.ts';

export const LOANS_DEFAULT = 20_000;
/** The most loans of a run that is asked for over HTTP: some minutes, and a database of some hundred megabytes. */
export const SERVED_LOANS_MAX = 50_000;
/** The most loans of a run at all. */
export const LOANS_MAX = 1_000_000;
export const YEARS_DEFAULT = 10;
export const YEARS_MAX = 10;
export const SEED_DEFAULT = 1;
export const SEED_MAX = 2 ** 32 - 1;

const MONTHS_A_YEAR = 12;

export interface DemoRequest {
  readonly loans: number;
  readonly seed: number;
  /** How long the bank has been there, 1 to YEARS_MAX. */
  readonly years: number;
  /** The last day of these years; today at the latest. */
  readonly until: CalendarDate;
}

/** The first day of a bank. */
export function firstDayOf({ until, years }: Pick<DemoRequest, 'until' | 'years'>): CalendarDate {
  return addMonths(until, -years * MONTHS_A_YEAR) + 1;
}

/** A run in this process or another of the same server; a plain value. */
export interface DemoRun extends DemoRequest {
  readonly state: 'running' | 'done' | 'failed';
  /** The last day that is recorded whole; null: none yet. */
  readonly day: CalendarDate | null;
  readonly records: number;
  /** Null: not yet counted. */
  readonly recordsInAll: number | null;
  /** From this day on everything counts as learned now (live-through.ts). */
  readonly overtakenOn: CalendarDate | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it ended before its time. */
  readonly fault: string | null;
}
