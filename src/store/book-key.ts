// The key of the book's rows in a database, the same on both engines: one row for all changes that were recorded on the
// same day, are effective and due on the same days, and have the same kind of cause (ARCHITECTURE.md, "The book").

import { formatDate } from '../domain/calendar-date.ts';

/** Columns of the key, in its order. */
export const BOOK_KEY = ['recorded_on', 'effective_on', 'due_on', 'cause'] as const;

/** A row's key for people: "recorded on 2017-09-06, effective on 2017-09-05, due on 2017-09-05, cause paid". */
export function bookKeyText(values: readonly unknown[]): string {
  return BOOK_KEY.map((column, index) => {
    const value = values[index];
    return `${column.replaceAll('_', ' ')} ${column === 'cause' ? value : formatDate(Number(value))}`;
  }).join(', ');
}
