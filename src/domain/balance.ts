// One loan as of a date: what is outstanding, what is due next and what is overdue (DOMAIN.md section 6).

import { principalAfter } from './annuity.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { LoanTerms } from './loan.ts';
import type { Cents } from './money.ts';
import { dueDate, installmentsDueBefore } from './schedule.ts';

export interface LoanBalance {
  readonly valueCents: Cents;
  readonly principalCents: Cents;
  readonly paymentsMade: number;
  readonly paymentsLeft: number;
  /** d(M + 1), null once the loan is paid off. */
  readonly nextDueOn: CalendarDate | null;
  readonly daysPastDue: number;
  readonly overdueInstallments: number;
  readonly overdueCents: Cents;
  readonly status: LoanStatus;
}

export type LoanStatus = 'active' | 'paid_off' | 'reversed';

/** installment × (n − M): the outstanding value after M made payments, alone (the James balance). */
export function valueAfter(terms: LoanTerms, paymentsMade: number): Cents {
  return terms.installmentCents * BigInt(terms.term - paymentsMade);
}

/** When the next installment falls due after M made payments; null once the loan is paid off. */
export function nextDueAfter(terms: LoanTerms, paymentsMade: number): CalendarDate | null {
  return paymentsMade < terms.term ? dueDate(terms, paymentsMade + 1) : null;
}

/** A loan that was taken back: its timeline is empty, so nothing is outstanding or due. */
export const REVERSED_BALANCE: LoanBalance = {
  valueCents: 0n,
  principalCents: 0n,
  paymentsMade: 0,
  paymentsLeft: 0,
  nextDueOn: null,
  daysPastDue: 0,
  overdueInstallments: 0,
  overdueCents: 0n,
  status: 'reversed',
};

/** The loan as of a date on or after its origination, with `paymentsMade` = M(asOf). */
export function balanceOf(terms: LoanTerms, paymentsMade: number, asOf: CalendarDate): LoanBalance {
  const nextDueOn = nextDueAfter(terms, paymentsMade);
  const overdueInstallments = Math.max(0, installmentsDueBefore(terms, asOf) - paymentsMade);
  return {
    valueCents: valueAfter(terms, paymentsMade),
    principalCents: principalAfter(terms.amountCents, terms.rate, terms.term, paymentsMade),
    paymentsMade,
    paymentsLeft: terms.term - paymentsMade,
    nextDueOn,
    daysPastDue: nextDueOn === null ? 0 : Math.max(0, asOf - nextDueOn),
    overdueInstallments,
    overdueCents: terms.installmentCents * BigInt(overdueInstallments),
    status: nextDueOn === null ? 'paid_off' : 'active',
  };
}
