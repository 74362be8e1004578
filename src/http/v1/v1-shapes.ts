// Domain values in the shapes that /v1 answers; money as decimal strings beside its currency.

import type { Arrears } from '../../domain/arrears.ts';
import { type LoanBalance, type LoanStatus, nextDueAfter } from '../../domain/balance.ts';
import { type BookSums, negateSums } from '../../domain/book.ts';
import { type CalendarDate, formatDate, formatMonth, monthOf } from '../../domain/calendar-date.ts';
import { formatScaled } from '../../domain/decimal.ts';
import { totalOf } from '../../domain/loan.ts';
import { type Cents, type Currency, formatMoney } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import type { ScheduledInstallment } from '../../domain/schedule.ts';
import type { LoanRecord, Movements, PaymentRecord, ReversalRecord } from '../../ledger/ledger.ts';

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

/** What heads every answer as known at a date. */
export interface KnownAnswer {
  readonly knownAt: CalendarDate;
  /** Undefined: everything known now, which is provisional. */
  readonly asked: CalendarDate | undefined;
  readonly currency: Currency;
}

export interface AsOfAnswer extends KnownAnswer {
  readonly asOf: CalendarDate;
}

export function knownShape({ knownAt, asked, currency }: KnownAnswer) {
  return { known_at: formatDate(knownAt), provisional: asked === undefined, currency: currency.code };
}

function asOfShape(answer: AsOfAnswer) {
  return { as_of: formatDate(answer.asOf), ...knownShape(answer) };
}

export function outstandingShape(answer: AsOfAnswer, sums: BookSums) {
  return { ...asOfShape(answer), ...sumsShape(sums, answer.currency) };
}

/** Ageing and PAR without a heading: a member of an answer, or a point of a series. */
export function ageingShape({ total, buckets, par }: Arrears, currency: Currency) {
  return {
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

export function arrearsShape(answer: AsOfAnswer, arrears: Arrears) {
  return { ...asOfShape(answer), ...ageingShape(arrears, answer.currency) };
}

/** opening + issued − paid + reversed = closing. */
export function movementsShape(movements: Movements, currency: Currency) {
  return {
    opening: sumsShape(movements.opening, currency),
    issued: sumsShape(movements.issued, currency),
    paid: sumsShape(negateSums(movements.paid), currency),
    reversed: sumsShape(movements.reversed, currency),
    closing: sumsShape(movements.closing, currency),
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

function statusOf({ reversed, terms, paymentsMade }: LoanRecord): LoanStatus {
  if (reversed !== null) return 'reversed';
  return paymentsMade === terms.term ? 'paid_off' : 'active';
}

export function loanShape(loan: LoanRecord, currency: Currency) {
  const { id, reference, terms, paymentsMade, recording, reversed } = loan;
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
    status: statusOf(loan),
    payments_made: paymentsMade,
    next_due_on: reversed === null ? dateOrNull(nextDueAfter(terms, paymentsMade)) : null,
    recorded_at: instant(recording.at),
    reversed_at: reversed === null ? null : instant(reversed.at),
  };
}

/** A payment record; its amount is the loan's installment. */
export function paymentShape(payment: PaymentRecord, amountCents: Cents, currency: Currency) {
  return {
    id: payment.id,
    loan_id: payment.loanId,
    payment: payment.kind,
    date: formatDate(payment.date),
    month: formatMonth(monthOf(payment.date)),
    amount: formatMoney(amountCents, currency),
    recorded_at: instant(payment.recording.at),
    reversed_at: payment.reversed === null ? null : instant(payment.reversed.at),
  };
}

export function installmentShape(row: ScheduledInstallment, currency: Currency) {
  return {
    number: row.number,
    due_on: formatDate(row.dueOn),
    installment: formatMoney(row.installmentCents, currency),
    principal: formatMoney(row.principalCents, currency),
    interest: formatMoney(row.interestCents, currency),
    outstanding: formatMoney(row.outstandingCents, currency),
    principal_outstanding: formatMoney(row.principalOutstandingCents, currency),
  };
}

interface HistoryEntry {
  readonly sequence: number;
  readonly kind: 'issued' | 'made' | 'missed' | 'payment_reversed' | 'loan_reversed';
  readonly id: string;
  readonly date: CalendarDate;
  readonly paymentId: string | null;
  readonly reason: string | null;
}

function historyShape(
  { sequence, kind, id, date, paymentId, reason }: HistoryEntry,
  { recording, origin, hash }: Pick<LoanRecord, 'recording' | 'origin' | 'hash'>,
) {
  return {
    sequence,
    kind,
    id,
    date: formatDate(date),
    payment_id: paymentId,
    reason,
    recorded_at: instant(recording.at),
    recorded_on: formatDate(recording.on),
    request_id: origin.requestId,
    recorded_by: origin.recordedBy,
    hash,
  };
}

export function issueHistoryShape(loan: LoanRecord) {
  const { id, terms } = loan;
  return historyShape(
    { sequence: 1, kind: 'issued', id, date: terms.date, paymentId: null, reason: null },
    loan,
  );
}

export function paymentHistoryShape(payment: PaymentRecord) {
  const { id, sequence, kind, date } = payment;
  return historyShape({ sequence, kind, id, date, paymentId: id, reason: null }, payment);
}

/** `date`: the effective date of what was taken back. */
export function reversalHistoryShape(reversal: ReversalRecord, date: CalendarDate) {
  const { id, sequence, paymentId, reason } = reversal;
  const kind = paymentId === null ? 'loan_reversed' : 'payment_reversed';
  return historyShape({ sequence, kind, id, date, paymentId, reason }, reversal);
}
