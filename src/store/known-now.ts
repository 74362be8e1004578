// "As known now" as a date, for questions that always name one.

import { type CalendarDate, DATE_MAX } from '../domain/calendar-date.ts';

/** Later than any recorded date: everything known now. */
export const EVERYTHING: CalendarDate = DATE_MAX + 1;
