// When installments fall due and what each consists of (DOMAIN.md section 4).

import { principalsOf } from './annuity.ts';
import { addMonths, type CalendarDate, datePartsOf } from './calendar-date.ts';
import type { LoanTerms } from './loan.ts';
import type { Cents } from './money.ts';

/** d(k): when installment k falls due, always counted from the origination date and clamped to the month's end. */
export function dueDate(terms: LoanTerms, k: number): CalendarDate {
  return addMonths(terms.date, k);
}

/** How many installments fall due before a date: the number of k in 1 … term with d(k) < date. */
export function installmentsDueBefore(terms: LoanTerms, date: CalendarDate): number {
  const from = datePartsOf(terms.date);
  const to = datePartsOf(date);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  const due = dueDate(terms, months) < date ? months : months - 1;
  return Math.max(0, Math.min(terms.term, due));
}

export interface ScheduledInstallment {
  /** 1 … term. */
  readonly number: number;
  readonly dueOn: CalendarDate;
  readonly installmentCents: Cents;
  readonly principalCents: Cents;
  /** Installment − principal part; takes up all rounding, so it may be zero or negative by cents. */
  readonly interestCents: Cents;
  /** The outstanding value after this installment. */
  readonly outstandingCents: Cents;
  /** B(number): the outstanding principal after this installment. */
  readonly principalOutstandingCents: Cents;
}

/** Every installment of a loan. Principal parts add up to the amount, installments to the total, to the cent. */
export function scheduleOf(terms: LoanTerms): ScheduledInstallment[] {
  const principals = principalsOf(terms.amountCents, terms.rate, terms.term);
  const schedule: ScheduledInstallment[] = [];
  for (let number = 1; number <= terms.term; number++) {
    const principalOutstandingCents = principals[number] as Cents;
    const principalCents = (principals[number - 1] as Cents) - principalOutstandingCents;
    schedule.push({
      number,
      dueOn: dueDate(terms, number),
      installmentCents: terms.installmentCents,
      principalCents,
      interestCents: terms.installmentCents - principalCents,
      outstandingCents: terms.installmentCents * BigInt(terms.term - number),
      principalOutstandingCents,
    });
  }
  return schedule;
}
