// Rows of a file as they stand in it, before anybody looks at what they say.

/** Why a row can't be booked; an empty field means the row as a whole. */
export interface RowFault {
  readonly field: string;
  readonly reason: string;
}

export interface SourceRecord {
  /** The line on which the record begins; the file's first line is 1. */
  readonly line: number;
  /** The record as it stands in the file, without its line end. */
  readonly text: string;
  /** By column, in their order; undefined where the record has none of that name. */
  readonly values: readonly (string | undefined)[];
  /** Why the record can't be read; its values say nothing then. */
  readonly fault?: RowFault;
}

/** Takes the bytes of a file as they come, and gives the records that are whole. */
export interface RecordSource {
  /** The file's columns; undefined while its header has not come. */
  readonly columns: readonly string[] | undefined;
  /** Throws NotImportable. */
  push(bytes: Buffer): SourceRecord[];
  /** What is left at the end. Throws NotImportable. */
  end(): SourceRecord[];
}

/** The file can't be imported at all: a column is missing, a line never ends, there is nothing in it. */
export class NotImportable extends Error {
  override readonly name = 'NotImportable';
}

/** No file of rows has lines that are longer. */
export const LINE_BYTES_MAX = 1024 * 1024;

export function wholeFault(reason: string): RowFault {
  return { field: '', reason };
}

/** A text without the one character that no text of PostgreSQL can hold; in its place stands the sign for what can't be shown. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
