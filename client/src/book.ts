// The whole book: what is outstanding, how late it is, and how both went on.

import type { Call, Called } from './calls.ts';
import type { Query } from './contract.ts';
import type { CallOptions } from './settings.ts';

export interface Book {
  /** Value and volume of outstanding debt as of a date, as known on a date. */
  outstanding(dates?: Query<'getOutstanding'>, options?: CallOptions): Called<'getOutstanding'>;
  /** Ageing and portfolio at risk. */
  arrears(query?: Query<'getArrears'>, options?: CallOptions): Called<'getArrears'>;
  outstandingSeries(
    query: Query<'getOutstandingSeries'>,
    options?: CallOptions,
  ): Called<'getOutstandingSeries'>;
  arrearsSeries(query: Query<'getArrearsSeries'>, options?: CallOptions): Called<'getArrearsSeries'>;
  /** What changed the book between two dates. */
  movements(query: Query<'getMovements'>, options?: CallOptions): Called<'getMovements'>;
}

export function bookOf(call: Call): Book {
  return {
    outstanding: (query = {}, options) => call('get', '/v1/book/outstanding', { params: { query } }, options),
    arrears: (query = {}, options) => call('get', '/v1/book/arrears', { params: { query } }, options),
    outstandingSeries: (query, options) =>
      call('get', '/v1/book/outstanding/series', { params: { query } }, options),
    arrearsSeries: (query, options) => call('get', '/v1/book/arrears/series', { params: { query } }, options),
    movements: (query, options) => call('get', '/v1/book/movements', { params: { query } }, options),
  };
}
