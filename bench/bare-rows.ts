// The rows that the bare yardsticks of imports take: a CSV file of James's imports, parsed before anything is measured,
// in columns as James keeps them. No checks: the generator's files have no faults.

import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parseDate } from '../src/domain/calendar-date.ts';

export type BareValue = string | number;

export interface BareColumn {
  readonly name: string;
  readonly type: 'text' | 'integer';
}

export interface BareRows {
  readonly columns: readonly BareColumn[];
  readonly rows: readonly (readonly BareValue[])[];
}

interface Source {
  readonly column: BareColumn;
  readonly read: (text: string) => BareValue;
}

/** Exact enough for what the generator writes, and quicker than James's own reading. */
const scaled = (scale: number) => (text: string) => Math.round(Number(text) * 10 ** scale);

function text(name: string): Source {
  return { column: { name, type: 'text' }, read: (value) => value };
}

function integer(name: string, read: (value: string) => number): Source {
  return { column: { name, type: 'integer' }, read };
}

const date = integer('date', (value) => parseDate(value) as number);
const amount = integer('amount', scaled(2));

/** By the files' columns, in their order. */
const SOURCES: Readonly<Record<string, readonly Source[]>> = {
  loans: [text('reference'), amount, integer('term', Number), integer('rate', scaled(10)), date],
  payments: [text('reference'), text('payment'), date, amount],
};

export function readBareRows(kind: string, csv: string): BareRows {
  const sources = SOURCES[kind];
  if (sources === undefined) throw new Error(`there is no table for "${kind}"`);
  const parsed: string[][] = parse(readFileSync(csv), { from: 2 });
  return {
    columns: sources.map(({ column }) => column),
    rows: parsed.map((values) => sources.map(({ read }, place) => read(values[place] ?? ''))),
  };
}
