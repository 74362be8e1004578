// Calendar dates as the bank writes them, YYYY-MM-DD, and what one does with them. No time zone ever touches one: they are
// counted and shown in UTC, whatever the browser's own zone.

export type DateText = string;

const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01. The text must be a date. */
export function dayOf(date: DateText): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOf(day: number): DateText {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Whether a text is a date that exists. */
export function isDate(text: unknown): text is DateText {
  if (typeof text !== 'string' || !DATE.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

export function addDays(date: DateText, days: number): DateText {
  return dateOf(dayOf(date) + days);
}

/** The same day some months on; the last day of the month where it has no such day. */
export function addMonths(date: DateText, months: number): DateText {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

/** YYYY-MM. */
export function monthOf(date: DateText): string {
  return date.slice(0, 7);
}

export function lastOfMonth(month: string): DateText {
  return addDays(addMonths(`${month}-01`, 1), -1);
}

export function earlier(a: DateText, b: DateText): DateText {
  return a < b ? a : b;
}

export function later(a: DateText, b: DateText): DateText {
  return a < b ? b : a;
}

const shown = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const shownMonth = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shownShort = new Intl.DateTimeFormat(undefined, { month: 'short', year: '2-digit', timeZone: 'UTC' });
const shownInstant = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** As the browser's language writes it. */
export function showDate(date: DateText): string {
  return shown.format(dayOf(date) * DAY_MS);
}

export function showMonth(month: string): string {
  return shownMonth.format(dayOf(`${month}-01`) * DAY_MS);
}

export function showShortMonth(date: DateText): string {
  return shownShort.format(dayOf(date) * DAY_MS);
}

/** An instant, in the reader's own time: when somebody did something. */
export function showInstant(instant: string): string {
  return shownInstant.format(new Date(instant));
}
