// The dates that a question asks about.

import { type Static, Type } from 'typebox';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { DateInput } from './schemas.ts';
import { dateField } from './v1-fields.ts';

export const AsOfQuery = Type.Object(
  { as_of: Type.Optional(DateInput("The effective date; today in the bank's time zone unless given.")) },
  { additionalProperties: false },
);

/** The as-of date that is asked for, and the date up to which records count: today, everything known now. */
export function asOfOf(
  ledger: Ledger,
  query: Static<typeof AsOfQuery>,
): { asOf: CalendarDate; knownAt: CalendarDate } {
  const today = ledger.today();
  return { asOf: query.as_of === undefined ? today : dateField(query.as_of), knownAt: today };
}
