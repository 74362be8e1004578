// The economy that a made-up bank lives in: when people borrow, at which rates, and when times are hard.

import { type CalendarDate, datePartsOf } from '../domain/calendar-date.ts';
import type { BankPlan } from './bank-plan.ts';
import { isWorkingDay } from './working-days.ts';

/** How much is borrowed in each month of a year: little in winter and in the holidays, most in spring and before Christmas. */
const MONTHS = [0.8, 0.85, 1.05, 1.1, 1.15, 1.05, 0.85, 0.8, 1.05, 1.1, 1.2, 1.0];
const GROWTH_A_YEAR = 0.08;
const DAYS_A_YEAR = 365.25;

/** Hard times: from this part of the bank's life on, for so long. */
const CRISIS_AT = 0.55;
const CRISIS_DAYS = 270;
const CRISIS_LENDING = 0.6;

/** What money costs banks, in percent a year; other years: as in the last of these or before the first. */
const REFERENCE_PERCENT: Readonly<Record<number, number>> = {
  2019: 1.0,
  2020: 0.5,
  2021: 0.25,
  2022: 1.75,
  2023: 4.0,
  2024: 3.75,
  2025: 2.75,
};
const REFERENCE_PERCENT_ELSE = 1.5;

export function isCrisis({ from, until }: BankPlan, date: CalendarDate): boolean {
  const begins = from + Math.floor((until - from) * CRISIS_AT);
  return date >= begins && date < begins + CRISIS_DAYS;
}

export function referencePercent(date: CalendarDate): number {
  return REFERENCE_PERCENT[datePartsOf(date).year] ?? REFERENCE_PERCENT_ELSE;
}

/** How much is lent on each day of the plan, relative to others. */
export function lendingWeights(plan: BankPlan): { readonly date: CalendarDate; readonly weight: number }[] {
  const weights = [];
  for (let date = plan.from; date <= plan.until; date++) {
    if (!isWorkingDay(date)) continue;
    const season = MONTHS[datePartsOf(date).month - 1] as number;
    const growth = (1 + GROWTH_A_YEAR) ** ((date - plan.from) / DAYS_A_YEAR);
    const mood = isCrisis(plan, date) ? CRISIS_LENDING : 1;
    weights.push({ date, weight: season * growth * mood });
  }
  return weights;
}
