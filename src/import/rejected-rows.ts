// Rejected rows as CSV: line, field and reason before the row's own columns, so that they can be corrected and imported as
// they are (an import takes no notice of columns that it does not know).

import { stringify } from 'csv-stringify/sync';
import { parseExactJson } from '../domain/exact-json.ts';
import type { ImportReject } from '../store/import-store.ts';
import { parseCsv } from './csv-records.ts';
import type { ImportFormat } from './import-kinds.ts';
import { type RowFault, withoutNul } from './source-records.ts';

const OWN_COLUMNS: readonly string[] = ['line', 'field', 'reason'];
const RECORD_LENGTH_MAX = 64 * 1024;

/** A row that is not booked, as it stood in the file. */
export interface RejectedRow {
  readonly line: number;
  readonly text: string;
  readonly fault: RowFault;
}

/** The columns of an import. Those that an earlier one put in front are written anew. */
function keptPlaces(columns: readonly string[]): number[] {
  return columns.flatMap((name, place) => (OWN_COLUMNS.includes(name) ? [] : place));
}

function csvLine(values: readonly unknown[]): string {
  // A lone empty value would be an empty line, and that is none.
  return values.length === 1 && values[0] === '' ? '""' : stringify([values]).slice(0, -1);
}

function csvValues(text: string): readonly unknown[] {
  try {
    return parseCsv(text)[0] ?? [''];
  } catch {
    return [text];
  }
}

function jsonValues(text: string, columns: readonly string[]): readonly unknown[] {
  // Numbers as they are written: a reject must not lose a digit.
  const reading = parseExactJson(text, 'as text');
  const members = reading.ok ? (reading.value as Record<string, unknown> | null) : null;
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return [text];
  return columns.map((column) => {
    const value = Object.hasOwn(members, column) ? members[column] : undefined;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
}

/** The first line of a file of rejected rows, with its end. */
export function rejectsHeader(columns: readonly string[]): string {
  return `${csvLine([...OWN_COLUMNS, ...keptPlaces(columns).map((place) => columns[place])])}\n`;
}

/** A rejected row, ready to be kept. */
export function rejectOf(
  { line, text, fault }: RejectedRow,
  format: ImportFormat,
  columns: readonly string[],
): ImportReject {
  const { field } = fault;
  const reason = withoutNul(fault.reason);
  if (text.length > RECORD_LENGTH_MAX) {
    const told = `${reason} (the row is too long to be kept: ${text.length} characters)`;
    return { line, field, reason: told, record: '' };
  }
  const values = format === 'csv' ? csvValues(text) : jsonValues(text, columns);
  // A row of another number of values is none of these columns.
  const own = values.length === columns.length ? keptPlaces(columns).map((place) => values[place]) : values;
  return { line, field, reason, record: withoutNul(csvLine(own)) };
}

/** A line of a file of rejected rows, with its end. */
export function rejectsLine({ line, field, reason, record }: ImportReject): string {
  return `${csvLine([line, field, reason])},${record}\n`;
}
