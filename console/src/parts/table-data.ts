// A table as data: what is shown beside what is copied and downloaded, so that a chart, its table and its file never differ.

export interface Column {
  readonly title: string;
  readonly isFigure?: boolean;
}

export interface Cell {
  readonly shown: string;
  /** As James sent it. */
  readonly exact: string;
}

export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export function cell(exact: string | number, shown?: string): Cell {
  return { exact: String(exact), shown: shown ?? String(exact) };
}

/** Spreadsheets take a text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

function csvField(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180. */
export function csvOf({ columns, rows }: TableData): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(({ exact }) => exact))];
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/** With tabs, as spreadsheets take it from the clipboard. */
export function tabbedOf({ columns, rows }: TableData): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(({ exact }) => exact))];
  return lines.map((line) => line.join('\t')).join('\n');
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
