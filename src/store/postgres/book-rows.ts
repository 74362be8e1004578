// The book's rows in PostgreSQL: sums are numeric, exact at any size.

import { type BookSums, NO_SUMS } from '../../domain/book.ts';

/** What sums come back as; null where there was nothing to sum. */
export interface SumsRow {
  readonly value: bigint | null;
  readonly principal: bigint | null;
  readonly volume: bigint | null;
}

/** The book: what has been compacted, and what waits for that. */
export const BOOK_TABLES = ['book_change', 'book_pending'] as const;

export const SUM_COLUMNS = ['value', 'principal', 'volume'] as const;

/** SQL: the three columns summed. */
export const SELECT_SUMS = SUM_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', ');

export function sumsOf(row: SumsRow | undefined): BookSums {
  if (row === undefined || row.value === null || row.principal === null) return NO_SUMS;
  return { valueCents: row.value, principalCents: row.principal, volume: Number(row.volume) };
}
