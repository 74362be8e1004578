// Files of loans, payments and the book, as of a date and as known at one. They come as streams, as fast as they are read; a
// stream that ends with an error is not whole.

import type { Calls } from './calls.ts';
import type { ProblemIn, Query } from './contract.ts';
import type { Result } from './result.ts';
import type { CallOptions } from './settings.ts';

export type Download<Id extends 'exportLoans' | 'exportPayments' | 'exportBook'> = Promise<
  Result<ReadableStream<Uint8Array>, ProblemIn<Id>>
>;

export interface Exports {
  /** All loans, with the columns that an import takes. `format` is csv unless it says ndjson or parquet. */
  loans(query?: Query<'exportLoans'>, options?: CallOptions): Download<'exportLoans'>;
  /** All payment records. */
  payments(query?: Query<'exportPayments'>, options?: CallOptions): Download<'exportPayments'>;
  /** The book's changes: added up they are the book. */
  book(query?: Query<'exportBook'>, options?: CallOptions): Download<'exportBook'>;
}

export function exportsOf({ transfer }: Calls): Exports {
  const file =
    (table: string) =>
    (query: object = {}, options?: CallOptions) =>
      transfer(
        'get',
        `/v1/exports/${table}`,
        { params: { query: { format: 'csv', ...query } }, opensFile: true },
        options,
      ) as never;
  return { loans: file('loans'), payments: file('payments'), book: file('book') };
}
