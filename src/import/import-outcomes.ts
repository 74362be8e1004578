// What became of a row, from the ledger's answer to its command.

import { formatDate, formatMonth } from '../domain/calendar-date.ts';
import { type Currency, formatMoney } from '../domain/money.ts';
import type { PaymentRefusal } from '../domain/payment.ts';
import type { Outcome } from '../ledger/commands.ts';
import type { RowFault } from './source-records.ts';

export type RowResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'alreadyThere' }
  | { readonly kind: 'rejected'; readonly fault: RowFault };

const ACCEPTED: RowResult = { kind: 'accepted' };
const ALREADY_THERE: RowResult = { kind: 'alreadyThere' };

function rejected(field: string, reason: string): RowResult {
  return { kind: 'rejected', fault: { field, reason } };
}

function refusedPayment(refusal: PaymentRefusal, currency: Currency): RowResult {
  switch (refusal.reason) {
    case 'before-loan':
      return rejected('date', `is before the loan's date, ${formatDate(refusal.loanDate)}`);
    case 'wrong-amount':
      return rejected(
        'amount',
        `must be the installment, ${formatMoney(refusal.installmentCents, currency)}`,
      );
    case 'duplicate':
      return rejected('date', `${formatMonth(refusal.month)} has another record already`);
    case 'other-currency':
      throw new Error('a row of an import names no currency');
    case 'loan-reversed':
      return rejected('reference', 'the loan has been reversed');
    case 'paid-off':
      return rejected('payment', 'the loan is paid off already');
  }
}

/** The row's result. */
export function resultOf(outcome: Outcome, currency: Currency): RowResult {
  switch (outcome.kind) {
    case 'issued':
    case 'recorded':
      return ACCEPTED;
    case 'already-recorded':
      return ALREADY_THERE;
    case 'reference-taken':
      return rejected('reference', 'is taken by a loan with other terms');
    case 'terms-refused':
    case 'reversal-refused':
    case 'unknown-payment':
    case 'payment-reversed':
    case 'loan-reversed':
    case 'key-used':
    case 'passed':
      throw new Error(`an import was answered with ${outcome.kind}`);
    case 'unknown-loan':
      return rejected('reference', 'there is no loan with this reference');
    case 'payment-refused':
      return refusedPayment(outcome.refusal, currency);
  }
}
