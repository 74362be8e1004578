// Domain values in the shapes that /v1 answers; money as decimal strings beside its currency.

import type { Arrears } from '../../domain/arrears.ts';
import { type LoanBalance, nextDueAfter } from '../../domain/balance.ts';
import type { BookSums } from '../../domain/book.ts';
import { type CalendarDate, formatDate, formatMonth, monthOf } from '../../domain/calendar-date.ts';
import { formatScaled } from '../../domain/decimal.ts';
import { totalOf } from '../../domain/loan.ts';
import { type Currency, formatMoney } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import type { RecordedPayment } from '../../ledger/commands.ts';
import type { LoanRecord } from '../../ledger/ledger.ts';

const RATIO_DECIMAL_PLACES = 6;

function dateOrNull(date: CalendarDate | null): string | null {
  return date === null ? null : formatDate(date);
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

export function sumsShape(sums: BookSums, currency: Currency) {
  return {
    value: formatMoney(sums.valueCents, currency),
    principal: formatMoney(sums.principalCents, currency),
    volume: sums.volume,
  };
}

/** What heads every as-of answer. */
export interface AsOfAnswer {
  readonly asOf: CalendarDate;
  readonly knownAt: CalendarDate;
  readonly currency: Currency;
}

function asOfShape({ asOf, knownAt, currency }: AsOfAnswer) {
  return { as_of: formatDate(asOf), known_at: formatDate(knownAt), currency: currency.code };
}

export function outstandingShape(answer: AsOfAnswer, sums: BookSums) {
  return { ...asOfShape(answer), ...sumsShape(sums, answer.currency) };
}

export function arrearsShape(answer: AsOfAnswer, { total, buckets, par }: Arrears) {
  const { currency } = answer;
  return {
    ...asOfShape(answer),
    total: sumsShape(total, currency),
    buckets: buckets.map((bucket) => ({
      days_from: bucket.daysFrom,
      days_to: bucket.daysTo,
      ...sumsShape(bucket, currency),
    })),
    par: par.map(({ days, principalCents, ofCents, ratioMillionths }) => ({
      days,
      principal: formatMoney(principalCents, currency),
      of: formatMoney(ofCents, currency),
      ratio: ratioMillionths === null ? null : formatScaled(ratioMillionths, RATIO_DECIMAL_PLACES),
    })),
  };
}

export function balanceShape(answer: AsOfAnswer, loanId: string, balance: LoanBalance) {
  const { currency } = answer;
  return {
    loan_id: loanId,
    ...asOfShape(answer),
    value: formatMoney(balance.valueCents, currency),
    principal: formatMoney(balance.principalCents, currency),
    payments_made: balance.paymentsMade,
    payments_left: balance.paymentsLeft,
    next_due_on: dateOrNull(balance.nextDueOn),
    days_past_due: balance.daysPastDue,
    overdue: {
      installments: balance.overdueInstallments,
      value: formatMoney(balance.overdueCents, currency),
    },
    status: balance.status,
  };
}

export function loanShape({ id, reference, terms, paymentsMade, recording }: LoanRecord, currency: Currency) {
  const nextDueOn = nextDueAfter(terms, paymentsMade);
  return {
    id,
    reference,
    amount: formatMoney(terms.amountCents, currency),
    currency: currency.code,
    term: terms.term,
    rate: formatRate(terms.rate),
    date: formatDate(terms.date),
    installment: formatMoney(terms.installmentCents, currency),
    total: formatMoney(totalOf(terms), currency),
    status: nextDueOn === null ? 'paid_off' : 'active',
    payments_made: paymentsMade,
    next_due_on: dateOrNull(nextDueOn),
    recorded_at: instant(recording.at),
  };
}

export function paymentShape(payment: RecordedPayment, currency: Currency) {
  return {
    id: payment.id,
    loan_id: payment.loanId,
    payment: payment.kind,
    date: formatDate(payment.date),
    month: formatMonth(monthOf(payment.date)),
    amount: formatMoney(payment.amountCents, currency),
    recorded_at: instant(payment.recording.at),
    reversed_at: null,
  };
}
