// The oracle's own calendar: dates as year, month and day, and days counted year by year.
// Slow and obvious on purpose. It shares nothing with src/, so that an error there cannot hide here.

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const PLAIN_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isLeapYear(year: number): boolean {
  if (year % 400 === 0) return true;
  if (year % 100 === 0) return false;
  return year % 4 === 0;
}

export function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Reads `YYYY-MM-DD`; throws for anything else, for the oracle only ever reads files that are right. */
export function readDay(text: string): Day {
  const match = PLAIN_DATE.exec(text);
  if (match === null) throw new Error(`not a date: ${text}`);
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const exists = day.month >= 1 && day.month <= 12 && day.day >= 1;
  if (!exists || day.day > lengthOfMonth(day.year, day.month)) throw new Error(`no such date: ${text}`);
  return day;
}

export function writeDay({ year, month, day }: Day): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
    '-',
  );
}

/** The same day of the month `months` later or, where that month is too short, its last day. */
export function monthsLater(day: Day, months: number): Day {
  let { year, month } = day;
  for (let left = months; left > 0; left--) {
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year = year + 1;
  }
  return { year, month, day: Math.min(day.day, lengthOfMonth(year, month)) };
}

const DAYS_BEFORE_YEAR = new Map<number, number>([[1, 0]]);

function daysBeforeYear(year: number): number {
  const known = DAYS_BEFORE_YEAR.get(year);
  if (known !== undefined) return known;
  const days = daysBeforeYear(year - 1) + (isLeapYear(year - 1) ? 366 : 365);
  DAYS_BEFORE_YEAR.set(year, days);
  return days;
}

/** Days since 0001-01-01. */
export function dayNumber({ year, month, day }: Day): number {
  let days = daysBeforeYear(year);
  for (let earlier = 1; earlier < month; earlier++) days += lengthOfMonth(year, earlier);
  return days + day - 1;
}
