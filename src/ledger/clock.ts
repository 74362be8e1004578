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
    const end = start.add({ days: 1 }).startOfDay();
    // Clocks that go back across midnight bring a date back: between changes of the clock it can't be.
    const before = zoned.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
    const after = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    date = dateOf(zoned.year, zoned.month, zoned.day);
    from = Math.max(start.epochMilliseconds, before);
    until = Math.min(end.epochMilliseconds, after);
    return date;
  };
}
