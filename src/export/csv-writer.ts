// CSV out: a header, a line a row, quotes where they are needed, an empty value where there is none. Values are written as
// they are: whoever opens the file in a spreadsheet must bring references in as text.

import { stringify } from 'csv-stringify/sync';
import { type Column, plain, type Row } from './export-columns.ts';
import type { RowWriter } from './row-writer.ts';

export function csvWriter(columns: readonly Column[]): RowWriter {
  const header = stringify([columns.map(({ name }) => name)]);
  let begun = false;
  const withHeader = (text: string): Uint8Array => {
    const bytes = Buffer.from(begun ? text : header + text);
    begun = true;
    return bytes;
  };
  return {
    write: (rows) =>
      withHeader(
        stringify(
          rows.map((row: Row) => row.map((value, index) => plain(value, (columns[index] as Column).type))),
        ),
      ),
    end: () => withHeader(''),
  };
}
