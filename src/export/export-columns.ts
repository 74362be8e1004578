// What the columns of an export are, whatever file they go into. Each format writes the same values in its own way.

import { type CalendarDate, formatDate } from '../domain/calendar-date.ts';
import { formatScaled, formatScaledShort } from '../domain/decimal.ts';

export type ColumnType =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer' }
  /** Values are days since 1970. */
  | { readonly kind: 'date' }
  /** Values are milliseconds since 1970, UTC. */
  | { readonly kind: 'instant' }
  /** Values count units of the last of `places` decimal places; they have at most `digits` digits. */
  | { readonly kind: 'decimal'; readonly places: number; readonly digits: number; readonly short?: boolean };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a value may be missing. */
  readonly nullable: boolean;
}

/** A number for integers, dates and instants, a bigint for decimals. */
export type Value = string | number | bigint | null;

/** The values of one row, in the order of its columns. */
export type Row = readonly Value[];

export const TEXT: ColumnType = { kind: 'text' };
export const INTEGER: ColumnType = { kind: 'integer' };
export const DATE: ColumnType = { kind: 'date' };
export const INSTANT: ColumnType = { kind: 'instant' };

/** Columns from their names and types; a name with a question mark may have no value. */
export function columns(types: Readonly<Record<string, ColumnType>>): Column[] {
  return Object.entries(types).map(([name, type]) => ({
    name: name.replace('?', ''),
    type,
    nullable: name.endsWith('?'),
  }));
}

function instantText(at: number): string {
  return new Date(at).toISOString();
}

/** A value as text, in the forms of /v1; a number stays one where it is a count. */
export function plain(value: Value, type: ColumnType): string | number | null {
  if (value === null) return null;
  switch (type.kind) {
    case 'text':
    case 'integer':
      return value as string | number;
    case 'date':
      return formatDate(value as CalendarDate);
    case 'instant':
      return instantText(value as number);
    case 'decimal':
      return (type.short ? formatScaledShort : formatScaled)(value as bigint, type.places);
  }
}
