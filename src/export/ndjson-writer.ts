// NDJSON out: a JSON object a line, with the members and forms of /v1.

import { type Column, plain, type Row } from './export-columns.ts';
import type { RowWriter } from './row-writer.ts';

export function ndjsonWriter(columns: readonly Column[]): RowWriter {
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const line = (row: Row): string =>
    `{${row.map((value, index) => names[index] + JSON.stringify(plain(value, (columns[index] as Column).type))).join(',')}}\n`;
  return {
    write: (rows) => Buffer.from(rows.map(line).join('')),
    end: () => new Uint8Array(),
  };
}
