// What a made-up bank is like: how large, over which years, from which seed, and how its paperwork goes.

import type { CalendarDate } from '../domain/calendar-date.ts';

/** How often a record reaches the bank's book otherwise than on the day itself; each a share from 0 to 1. */
export interface RecordingShares {
  /** Payments recorded one to five days after they were made. */
  readonly daysLate: number;
  /** Payments recorded one to four months after they were made. */
  readonly monthsLate: number;
  /** Payments recorded, and taken back some days later. */
  readonly reversed: number;
  /** Loans issued by mistake, and taken back within days. */
  readonly loansReversed: number;
}

export const RECORDING_SHARES: RecordingShares = {
  daysLate: 0.1,
  monthsLate: 0.01,
  reversed: 0.01,
  loansReversed: 0.002,
};

/** The same plan makes the same bank, day by day. */
export interface BankPlan {
  readonly seed: number;
  readonly loans: number;
  /** The first day of the bank and the last one that is lived through. */
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  /** Decimal places of the bank's currency. */
  readonly minorDigits: number;
  readonly shares: RecordingShares;
}
