// The time, as the ledger needs it: an instant, and the bank's calendar date then. Injected, so that a test or a
// simulation can live through years in seconds; no setting of a server moves it.

import { type CalendarDate, dateOf } from '../domain/calendar-date.ts';

/** Milliseconds since 1970-01-01T00:00Z. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** The calendar date of an instant in an IANA time zone. Remembers when the date next changes, since it is asked often. */
export function datesIn(timeZone: string): (at: number) => CalendarDate {
  let date = 0;
  let from = 1;
  let until = 0;
  return (at) => {
    if (at >= from && at < until) return date;
    const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    const start = zoned.startOfDay();
    date = dateOf(zoned.year, zoned.month, zoned.day);
    from = start.epochMilliseconds;
    until = start.add({ days: 1 }).startOfDay().epochMilliseconds;
    return date;
  };
}
