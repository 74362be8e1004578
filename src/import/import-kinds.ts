// The two kinds of imports: which columns each needs, and which more it takes.

import type { ImportKindName } from '../store/import-store.ts';
import { NotImportable } from './source-records.ts';

export type { ImportFormat, ImportKindName } from '../store/import-store.ts';

export interface ImportKind {
  readonly name: ImportKindName;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export const LOANS: ImportKind = {
  name: 'loans',
  required: ['reference', 'amount', 'term', 'rate', 'date'],
  optional: ['installment'],
};

export const PAYMENTS: ImportKind = {
  name: 'payments',
  required: ['reference', 'payment', 'date', 'amount'],
  optional: [],
};

export const IMPORT_KINDS: readonly ImportKind[] = [LOANS, PAYMENTS];

export function kindNamed(name: ImportKindName): ImportKind {
  return name === 'loans' ? LOANS : PAYMENTS;
}

/** The columns that an import reads. */
export function columnsOf({ required, optional }: ImportKind): string[] {
  return [...required, ...optional];
}

/** The place of each column in a file; throws NotImportable where one is missing, or there twice. */
export function columnPlaces(names: readonly string[], kind: ImportKind): ReadonlyMap<string, number> {
  const read = columnsOf(kind);
  const twice = names.find((name, index) => names.indexOf(name) !== index && read.includes(name));
  if (twice !== undefined) throw new NotImportable(`the header names the column ${twice} twice`);
  const missing = kind.required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new NotImportable(
      `the header has no column ${missing.join(', ')}; a file of ${kind.name} needs ${kind.required.join(', ')}`,
    );
  }
  return new Map(names.map((name, index): [string, number] => [name, index]));
}
