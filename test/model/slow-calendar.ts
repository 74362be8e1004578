// The model's calendar: every date written down in one long list, a day being its place in it (1970-01-01 is 0).
// Built with the oracle's calendar and Intl; it shares nothing with src/.

import { lengthOfMonth, monthsLater, readDay, writeDay } from '../oracle/calendar.ts';

/** A calendar date: its place in the list. */
export type DayNo = number;

const YEAR_FIRST = 1970;
const YEAR_LAST = 2199;

const DATES: string[] = [];
const PLACES = new Map<string, DayNo>();
for (let year = YEAR_FIRST; year <= YEAR_LAST; year++) {
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= lengthOfMonth(year, month); day++) {
      const date = writeDay({ year, month, day });
      PLACES.set(date, DATES.length);
      DATES.push(date);
    }
  }
}

export function dateText(day: DayNo): string {
  const text = DATES[day];
  if (text === undefined) throw new Error(`the model's calendar has no day ${day}`);
  return text;
}

export function dayOf(text: string): DayNo {
  const day = PLACES.get(text);
  if (day === undefined) throw new Error(`the model's calendar has no ${text}`);
  return day;
}

/** `2017-09` of `2017-09-05`. */
export function monthText(day: DayNo): string {
  return dateText(day).slice(0, 7);
}

export function isMonthEnd(day: DayNo): boolean {
  return monthText(day) !== monthText(day + 1);
}

/** The same day of the month `months` later, or the last day of that month. */
export function monthsAfter(day: DayNo, months: number): DayNo {
  return dayOf(writeDay(monthsLater(readDay(dateText(day)), months)));
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  FORMATS.set(timeZone, format);
  return format;
}

/** The calendar date in a time zone at an instant. */
export function bankDay(at: number, timeZone: string): DayNo {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value;
  return dayOf(`${part('year')}-${part('month')}-${part('day')}`);
}
