// The oracle's own reading and writing of CSV: a file's rows as objects named by the header.
// Plain and gzipped; quoted fields, but no line breaks within a field.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export type CsvRow = Readonly<Record<string, string>>;

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

const GZIP_MAGIC = 0x1f8b;

function textOf(file: string): string {
  const bytes = readFileSync(file);
  const isGzip = bytes.length >= 2 && bytes.readUInt16BE(0) === GZIP_MAGIC;
  return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The fields of one line: separated by commas, in double quotes where need be, a quote within doubled. */
export function csvFields(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quoted && character === '"' && line.charAt(at + 1) === '"') {
      field += '"';
      at++;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else {
      field += character;
    }
  }
  if (quoted) throw new Error(`a quote is not closed: ${line}`);
  return [...fields, field];
}

export function parseCsv(text: string): CsvTable {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const header = csvFields(lines[0] ?? '');
  const rows = lines.slice(1).map((line) => {
    const fields = csvFields(line);
    return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? '']));
  });
  return { header, rows };
}

export function readCsv(file: string): CsvTable {
  return parseCsv(textOf(file));
}

export function writeCsv(header: readonly string[], rows: readonly CsvRow[]): string {
  const quote = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const lines = rows.map((row) => header.map((name) => quote(row[name] ?? '')).join(','));
  return [header.join(','), ...lines, ''].join('\n');
}

/** The value of a column that must be there. */
export function column(row: CsvRow, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
}
