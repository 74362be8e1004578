// Plain calendar dates (proleptic Gregorian, years 1 to 9999) as integer day numbers.
// No clock and no time zone in here: a date that is read with a time or an offset is the date as written.

/** Days since 1970-01-01. */
export type CalendarDate = number;

/** Months since year 0: year × 12 + (month − 1). */
export type CalendarMonth = number;

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-](\d{2}):?(\d{2}))?)?$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day number of a date that exists. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
export function dateOf(year: number, month: number, day: number): CalendarDate {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Year, month (1–12) and day of a day number; the inverse of dateOf. */
export function datePartsOf(date: CalendarDate): DateParts {
  const z = date + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

/** 0001-01-01, the first date that James knows. */
export const DATE_MIN: CalendarDate = dateOf(1, 1, 1);
/** 9999-12-31, the last date that James knows. */
export const DATE_MAX: CalendarDate = dateOf(9999, 12, 31);

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] as number);
}

/**
 * Reads a date in any of the forms of the James contract: `2017-08-05`, or with a space or `T` and
 * `hh:mm[:ss[.fraction]]`, then nothing, `Z`, `±hh:mm` or `±hhmm`. Returns undefined for all else.
 * The date counts as written: `2017-08-05T23:30:00-05:00` is 2017-08-05.
 */
export function parseDate(text: string): CalendarDate | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (match[4] !== undefined) {
    if (Number(match[4]) > 23 || Number(match[5]) > 59 || Number(match[6] ?? 0) > 59) return undefined;
    if (Number(match[7] ?? 0) > 23 || Number(match[8] ?? 0) > 59) return undefined;
  }
  return dateOf(year, month, day);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** `YYYY-MM-DD`. */
export function formatDate(date: CalendarDate): string {
  const { year, month, day } = datePartsOf(date);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** The calendar month that a date lies in. */
export function monthOf(date: CalendarDate): CalendarMonth {
  const { year, month } = datePartsOf(date);
  return year * 12 + month - 1;
}

/** `YYYY-MM`. */
export function formatMonth(month: CalendarMonth): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${twoDigits((month % 12) + 1)}`;
}

/** Reads `YYYY-MM`; undefined for all else. */
export function parseMonth(text: string): CalendarMonth | undefined {
  const first = parseDate(`${text}-01`);
  return first === undefined ? undefined : monthOf(first);
}

/** The first day of a month. */
export function monthStart(month: CalendarMonth): CalendarDate {
  return dateOf(Math.floor(month / 12), (month % 12) + 1, 1);
}

/** The last day of a month. */
export function monthEnd(month: CalendarMonth): CalendarDate {
  return monthStart(month + 1) - 1;
}

/** The date `months` later, on the same day of the month or, where there is none, the month's last day. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const parts = datePartsOf(date);
  const target = parts.year * 12 + parts.month - 1 + months;
  const year = Math.floor(target / 12);
  const month = (target % 12) + 1;
  return dateOf(year, month, Math.min(parts.day, daysInMonth(year, month)));
}
