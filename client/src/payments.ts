// Payment records: a month's payment, made or missed.

import type { Call, Called } from './calls.ts';
import type { Query } from './contract.ts';
import { itemsOf } from './pages.ts';
import type { CallOptions, WriteOptions } from './settings.ts';
import type { NewPayment, Payment, Reversal } from './shapes.ts';

export interface Payments {
  /** Records a month's payment of a loan as made or missed. */
  record(loanId: string, payment: NewPayment, options?: WriteOptions): Called<'recordPayment'>;
  get(id: string, options?: CallOptions): Called<'getPayment'>;
  /** One page of a loan's payment records by month, reversed ones included. */
  list(loanId: string, page?: Query<'listPayments'>, options?: CallOptions): Called<'listPayments'>;
  /** All of them. Throws a JamesError where a page can't be had. */
  each(
    loanId: string,
    page?: Query<'listPayments'>,
    options?: CallOptions,
  ): AsyncGenerator<Payment, void, undefined>;
  /** Takes a payment record back. */
  reverse(id: string, reversal?: Reversal, options?: WriteOptions): Called<'reversePayment'>;
}

export function paymentsOf(call: Call): Payments {
  const list: Payments['list'] = (id, query = {}, options) =>
    call('get', '/v1/loans/{id}/payments', { params: { path: { id }, query } }, options);
  return {
    record: (id, payment, options) =>
      call('post', '/v1/loans/{id}/payments', { params: { path: { id } }, body: payment }, options),
    get: (id, options) => call('get', '/v1/payments/{id}', { params: { path: { id } } }, options),
    list,
    each: (loanId, page = {}, options) =>
      itemsOf((after) => list(loanId, after === undefined ? page : { ...page, after }, options)),
    reverse: (id, reversal = {}, options) =>
      call('post', '/v1/payments/{id}/reversal', { params: { path: { id } }, body: reversal }, options),
  };
}
