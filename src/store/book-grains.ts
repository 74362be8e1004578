// The book at each of its grains: the finest, which is the book itself, and the coarser sums beside it that make
// questions fast (ARCHITECTURE.md, "The book"). Both engines keep these tables.

import { addSums, type BookSums, type CausedChange, isZero } from '../domain/book.ts';
import { type CalendarDate, formatDate, formatMonth, monthOf } from '../domain/calendar-date.ts';

/** A column of a row's key, by its name in the database. */
export type GrainColumn = 'recorded_on' | 'effective_on' | 'effective_month' | 'due_on' | 'cause';

export interface Grain {
  readonly table: string;
  readonly key: readonly GrainColumn[];
}

export const FINEST: Grain = {
  table: 'book_change',
  key: ['recorded_on', 'effective_on', 'due_on', 'cause'],
};

export const GRAINS: readonly Grain[] = [
  FINEST,
  { table: 'book_day_by_due', key: ['effective_on', 'due_on'] },
  { table: 'book_month_by_due', key: ['due_on', 'effective_month'] },
  { table: 'book_day', key: ['effective_on'] },
  { table: 'book_month', key: ['effective_month'] },
];

export type GrainKey = readonly (number | string)[];

export interface GrainRow {
  readonly key: GrainKey;
  readonly sums: BookSums;
}

function keyValue(column: GrainColumn, change: CausedChange, recordedOn: CalendarDate): number | string {
  switch (column) {
    case 'recorded_on':
      return recordedOn;
    case 'effective_on':
      return change.effectiveOn;
    case 'effective_month':
      return monthOf(change.effectiveOn);
    case 'due_on':
      return change.dueOn;
    case 'cause':
      return change.cause;
  }
}

/** What changes recorded on a date add to a grain: one row a key, none zero, in the order in which keys first appear. */
export function grainRows(
  { key }: Grain,
  changes: readonly CausedChange[],
  recordedOn: CalendarDate,
): GrainRow[] {
  const rows = new Map<string, GrainRow>();
  for (const change of changes) {
    const values = key.map((column) => keyValue(column, change, recordedOn));
    const name = values.join('/');
    const row = rows.get(name);
    rows.set(name, { key: values, sums: row === undefined ? change : addSums(row.sums, change) });
  }
  return [...rows.values()].filter(({ sums }) => !isZero(sums));
}

/** A row's key for people: "effective on 2017-09-05, cause paid". */
export function grainKeyText({ key }: Grain, values: readonly unknown[]): string {
  return key
    .map((column, index) => {
      const value = values[index];
      if (column === 'cause') return `${column} ${value}`;
      const text = column === 'effective_month' ? formatMonth(Number(value)) : formatDate(Number(value));
      return `${column.replaceAll('_', ' ')} ${text}`;
    })
    .join(', ');
}
