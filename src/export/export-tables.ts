// The tables that can be exported: their columns, and how a row comes from the records. Names are those of /v1, and of
// what `james import` takes: an export of loans and one of payments, imported into an empty database, give the same book.

import { balanceOf, type LoanBalance, REVERSED_BALANCE } from '../domain/balance.ts';
import { type CalendarDate, formatMonth, monthOf } from '../domain/calendar-date.ts';
import { totalOf } from '../domain/loan.ts';
import type { Currency } from '../domain/money.ts';
import { RATE_DECIMAL_PLACES } from '../domain/rate.ts';
import type { RecordedChange } from '../domain/replay.ts';
import type { LoanRecordAsOf, PaymentOfLoan } from '../store/export-snapshot.ts';
import {
  type Column,
  type ColumnType,
  columns,
  DATE,
  INSTANT,
  INTEGER,
  type Row,
  TEXT,
} from './export-columns.ts';

/** Money of one loan is below 2^53 minor units. */
const LOAN_DIGITS = 18;
/** Sums of the book may pass 2^63. */
const BOOK_DIGITS = 38;

const RATE: ColumnType = { kind: 'decimal', places: RATE_DECIMAL_PLACES, digits: LOAN_DIGITS, short: true };

function money({ minorDigits }: Currency, digits: number): ColumnType {
  return { kind: 'decimal', places: minorDigits, digits };
}

export function loanColumns(currency: Currency): Column[] {
  const MONEY = money(currency, LOAN_DIGITS);
  return columns({
    reference: TEXT,
    amount: MONEY,
    term: INTEGER,
    rate: RATE,
    date: DATE,
    installment: MONEY,
    id: TEXT,
    currency: TEXT,
    total: MONEY,
    status: TEXT,
    value: MONEY,
    principal: MONEY,
    payments_made: INTEGER,
    payments_left: INTEGER,
    'next_due_on?': DATE,
    days_past_due: INTEGER,
    overdue_installments: INTEGER,
    overdue_value: MONEY,
    recorded_at: INSTANT,
    recorded_on: DATE,
    'reversed_at?': INSTANT,
  });
}

/** A loan as of a date. */
export function loanBalance(
  { loan, paymentsMade, reversed }: LoanRecordAsOf,
  asOf: CalendarDate,
): LoanBalance {
  return reversed ? REVERSED_BALANCE : balanceOf(loan.terms, paymentsMade, asOf);
}

export function loanRow({ loan }: LoanRecordAsOf, balance: LoanBalance, currency: Currency): Row {
  const { terms } = loan;
  return [
    // Where the bank has no number of its own for a loan, an import files it under James's.
    loan.reference ?? loan.id,
    terms.amountCents,
    terms.term,
    terms.rate,
    terms.date,
    terms.installmentCents,
    loan.id,
    currency.code,
    totalOf(terms),
    balance.status,
    balance.valueCents,
    balance.principalCents,
    balance.paymentsMade,
    balance.paymentsLeft,
    balance.nextDueOn,
    balance.daysPastDue,
    balance.overdueInstallments,
    balance.overdueCents,
    loan.recording.at,
    loan.recording.on,
    loan.reversed?.at ?? null,
  ];
}

export function paymentColumns(currency: Currency): Column[] {
  return columns({
    reference: TEXT,
    payment: TEXT,
    date: DATE,
    amount: money(currency, LOAN_DIGITS),
    id: TEXT,
    loan_id: TEXT,
    month: TEXT,
    currency: TEXT,
    recorded_at: INSTANT,
    recorded_on: DATE,
    'reversed_at?': INSTANT,
  });
}

export function paymentRow({ payment, reference, installmentCents }: PaymentOfLoan, currency: Currency): Row {
  const { id, loanId, kind, date, recording, reversed } = payment;
  return [
    reference ?? loanId,
    kind,
    date,
    installmentCents,
    id,
    loanId,
    formatMonth(monthOf(date)),
    currency.code,
    recording.at,
    recording.on,
    reversed?.at ?? null,
  ];
}

export function bookColumns(currency: Currency): Column[] {
  const MONEY = money(currency, BOOK_DIGITS);
  return columns({
    recorded_on: DATE,
    effective_on: DATE,
    due_on: DATE,
    days_past_due: INTEGER,
    cause: TEXT,
    value: MONEY,
    principal: MONEY,
    volume: INTEGER,
    currency: TEXT,
  });
}

export function bookRow(change: RecordedChange, asOf: CalendarDate, currency: Currency): Row {
  const { recordedOn, effectiveOn, dueOn, cause, valueCents, principalCents, volume } = change;
  const daysPastDue = Math.max(0, asOf - dueOn);
  return [
    recordedOn,
    effectiveOn,
    dueOn,
    daysPastDue,
    cause,
    valueCents,
    principalCents,
    volume,
    currency.code,
  ];
}
