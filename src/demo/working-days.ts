// The days on which the bank's people work: Monday to Friday. Only then something is recorded.

import type { CalendarDate } from '../domain/calendar-date.ts';

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(date: CalendarDate): number {
  return (((date + 4) % 7) + 7) % 7;
}

export function isWorkingDay(date: CalendarDate): boolean {
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6;
}

/** The date itself, or the Monday after it. */
export function workingDayFrom(date: CalendarDate): CalendarDate {
  const weekday = weekdayOf(date);
  return date + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}
