// The book's rows at each grain, and money in the two columns that keep sums exact beyond 2^63.

import type { BookSums, CausedChange } from '../../domain/book.ts';
import { monthOf } from '../../domain/calendar-date.ts';

const BASE = 1_000_000_000n;

/** The five summable columns of one row of the book, in the order of SUM_COLUMNS. */
type SumValues = [
  valueHigh: bigint,
  valueLow: bigint,
  principalHigh: bigint,
  principalLow: bigint,
  volume: bigint,
];

export const SUM_COLUMNS = ['value_high', 'value_low', 'principal_high', 'principal_low', 'volume'] as const;

/** SQL: the five columns summed; coalesce makes an empty book zero. */
export const SELECT_SUMS = SUM_COLUMNS.map((column) => `coalesce(sum(${column}), 0)`).join(', ');

/** SQL: an insert of one row that adds itself to the row of equal key, if there is one. */
export function upsertSums(table: string, keyColumns: readonly string[]): string {
  const columns = [...keyColumns, ...SUM_COLUMNS];
  const additions = SUM_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (${keyColumns.join(', ')}) DO UPDATE SET ${additions.join(', ')}`;
}

/** What the five columns say. */
export function sumsOf(row: readonly bigint[]): BookSums {
  const [valueHigh, valueLow, principalHigh, principalLow, volume] = row as SumValues;
  return {
    valueCents: valueHigh * BASE + valueLow,
    principalCents: principalHigh * BASE + principalLow,
    volume: Number(volume),
  };
}

/** The five columns of one row. */
export function sumValues(sums: BookSums): SumValues {
  const { valueCents, principalCents } = sums;
  return [
    valueCents / BASE,
    valueCents % BASE,
    principalCents / BASE,
    principalCents % BASE,
    BigInt(sums.volume),
  ];
}

type Row = { readonly key: readonly (number | string)[]; sums: SumValues };

/** Adds changes up under a coarser key: fewer rows to write, in the order in which their keys first appear. */
function coarsen(changes: readonly CausedChange[], keyOf: (change: CausedChange) => number[]): Row[] {
  const rows = new Map<string, Row>();
  for (const change of changes) {
    const key = keyOf(change);
    const name = key.join('/');
    const sums = sumValues(change);
    const row = rows.get(name);
    if (row === undefined) rows.set(name, { key, sums });
    else row.sums = row.sums.map((value, index) => value + (sums[index] as bigint)) as SumValues;
  }
  return [...rows.values()].filter((row) => row.sums.some((value) => value !== 0n));
}

/** A table of the book: its name, its key, and the rows that a batch's changes add to it. */
export interface Grain {
  readonly table: string;
  readonly keyColumns: readonly string[];
  readonly rowsOf: (changes: readonly CausedChange[], recordedOn: number) => Row[];
}

/** The book at its finest and beside it the coarser sums that make questions fast (ARCHITECTURE.md, "The book"). */
export const GRAINS: readonly Grain[] = [
  {
    table: 'book_change',
    keyColumns: ['recorded_on', 'effective_on', 'due_on', 'cause'],
    rowsOf: (changes, recordedOn) =>
      changes.map((change) => ({
        key: [recordedOn, change.effectiveOn, change.dueOn, change.cause],
        sums: sumValues(change),
      })),
  },
  {
    table: 'book_day_by_due',
    keyColumns: ['effective_on', 'due_on'],
    rowsOf: (changes) => coarsen(changes, (change) => [change.effectiveOn, change.dueOn]),
  },
  {
    table: 'book_month_by_due',
    keyColumns: ['due_on', 'effective_month'],
    rowsOf: (changes) => coarsen(changes, (change) => [change.dueOn, monthOf(change.effectiveOn)]),
  },
  {
    table: 'book_day',
    keyColumns: ['effective_on'],
    rowsOf: (changes) => coarsen(changes, (change) => [change.effectiveOn]),
  },
  {
    table: 'book_month',
    keyColumns: ['effective_month'],
    rowsOf: (changes) => coarsen(changes, (change) => [monthOf(change.effectiveOn)]),
  },
];
