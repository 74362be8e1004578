// Which column of the file is which column of James. The file's first line is written anew; the rest is sent as it is.

import type { FileHead } from './file-head.ts';

export type ImportKind = 'loans' | 'payments';

export const COLUMNS: Readonly<
  Record<ImportKind, { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  loans: { required: ['reference', 'amount', 'term', 'rate', 'date'], optional: ['installment'] },
  payments: { required: ['reference', 'payment', 'date', 'amount'], optional: [] },
};

/** By column of James: the place of the file's column. */
export type Mapping = Readonly<Record<string, number | undefined>>;

/** Names under which other systems have them. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  reference: ['loan', 'loan_id', 'loan_number', 'number', 'id', 'account'],
  amount: ['principal', 'loan_amount', 'sum'],
  term: ['months', 'term_months', 'duration'],
  rate: ['interest', 'interest_rate', 'annual_rate'],
  date: ['issued', 'issue_date', 'start', 'start_date', 'origination_date', 'paid_on', 'payment_date'],
  payment: ['status', 'kind', 'state'],
  installment: ['instalment', 'monthly_payment'],
};

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

/** The file's own names where they fit, else names that mean the same. */
export function guessed(kind: ImportKind, columns: readonly string[]): Mapping {
  const names = columns.map(plain);
  const { required, optional } = COLUMNS[kind];
  const mapping: Record<string, number | undefined> = {};
  for (const column of [...required, ...optional]) {
    const wanted = [column, ...(OTHER_NAMES[column] ?? [])];
    const place = wanted.map((name) => names.indexOf(name)).find((found) => found >= 0);
    if (place !== undefined && !Object.values(mapping).includes(place)) mapping[column] = place;
  }
  return mapping;
}

export function missing(kind: ImportKind, mapping: Mapping): string[] {
  return COLUMNS[kind].required.filter((column) => mapping[column] === undefined);
}

/** The first line as James takes it. A column that is not chosen must not go by a name that James knows. */
export function mappedHeader(kind: ImportKind, columns: readonly string[], mapping: Mapping): string[] {
  const { required, optional } = COLUMNS[kind];
  const known = [...required, ...optional];
  const chosen = new Map(Object.entries(mapping).map(([column, place]) => [place, column]));
  return columns.map((name, place) => {
    const column = chosen.get(place);
    if (column !== undefined) return column;
    return known.includes(name.trim()) ? `not imported: ${name.trim()}` : name;
  });
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether the file's own first line says just that. */
export function isAsItIs(kind: ImportKind, head: FileHead, mapping: Mapping): boolean {
  return mappedHeader(kind, head.columns, mapping).every((name, place) => name === head.columns[place]);
}

/** The file with its first line written anew; nothing of the rest is read. */
export function mappedFile(kind: ImportKind, file: File, head: FileHead, mapping: Mapping): Blob {
  if (head.headerBytes === 0 || isAsItIs(kind, head, mapping)) return file;
  const line = `${mappedHeader(kind, head.columns, mapping).map(field).join(',')}\n`;
  return new Blob([line, file.slice(head.headerBytes)]);
}
