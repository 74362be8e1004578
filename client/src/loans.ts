// Loans: issuing them, finding them, and what is owed on each.

import type { Call, Called } from './calls.ts';
import type { Query } from './contract.ts';
import { itemsOf } from './pages.ts';
import type { CallOptions, WriteOptions } from './settings.ts';
import type { HistoryEntry, Loan, LoanFilter, LoanTerms, Reversal } from './shapes.ts';

export interface Loans {
  /** Issues a loan. */
  issue(terms: LoanTerms, options?: WriteOptions): Called<'issueLoan'>;
  get(id: string, options?: CallOptions): Called<'getLoan'>;
  /** One page of the loans that the filter lets through. */
  list(filter?: LoanFilter, options?: CallOptions): Called<'listLoans'>;
  /** All of them. Throws a JamesError where a page can't be had. */
  each(filter?: LoanFilter, options?: CallOptions): AsyncGenerator<Loan, void, undefined>;
  /** Every installment, and which are paid or overdue as of a date. */
  schedule(id: string, dates?: Query<'getSchedule'>, options?: CallOptions): Called<'getSchedule'>;
  /** What is owed as of a date. */
  balance(id: string, dates?: Query<'getBalance'>, options?: CallOptions): Called<'getBalance'>;
  /** One page of the loan's records. */
  history(id: string, page?: Query<'getHistory'>, options?: CallOptions): Called<'getHistory'>;
  /** All its records. Throws a JamesError where a page can't be had. */
  eachRecord(
    id: string,
    page?: Query<'getHistory'>,
    options?: CallOptions,
  ): AsyncGenerator<HistoryEntry, void, undefined>;
  /** Takes back a loan that was issued by mistake. */
  reverse(id: string, reversal?: Reversal, options?: WriteOptions): Called<'reverseLoan'>;
}

export function loansOf(call: Call): Loans {
  const list: Loans['list'] = (query = {}, options) =>
    call('get', '/v1/loans', { params: { query } }, options);
  const history: Loans['history'] = (id, query = {}, options) =>
    call('get', '/v1/loans/{id}/history', { params: { path: { id }, query } }, options);
  return {
    issue: (terms, options) => call('post', '/v1/loans', { body: terms }, options),
    get: (id, options) => call('get', '/v1/loans/{id}', { params: { path: { id } } }, options),
    list,
    each: (filter = {}, options) =>
      itemsOf((after) => list(after === undefined ? filter : { ...filter, after }, options)),
    schedule: (id, query = {}, options) =>
      call('get', '/v1/loans/{id}/schedule', { params: { path: { id }, query } }, options),
    balance: (id, query = {}, options) =>
      call('get', '/v1/loans/{id}/balance', { params: { path: { id }, query } }, options),
    history,
    eachRecord: (id, page = {}, options) =>
      itemsOf((after) => history(id, after === undefined ? page : { ...page, after }, options)),
    reverse: (id, reversal = {}, options) =>
      call('post', '/v1/loans/{id}/reversal', { params: { path: { id } }, body: reversal }, options),
  };
}
