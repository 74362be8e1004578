// The book's rows in SQLite: money in the two columns that keep sums exact beyond 2^63.

import type { BookSums } from '../../domain/book.ts';

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
