// The loans and payments that the benchmark is made of: valid, varied, and drawn from a seeded generator.
// Loan dates are spread over ten years, so the book has as many rows as a bank's has; a payment lies in its month.

import type { SeededRandom } from '../src/demo/seeded-random.ts';
import { type CalendarDate, dateOf, monthOf, monthStart } from '../src/domain/calendar-date.ts';
import { decideTerms, type LoanTerms } from '../src/domain/loan.ts';
import { RATE_DECIMAL_PLACES } from '../src/domain/rate.ts';

export const FIRST_YEAR = 2015;
export const LAST_YEAR = 2024;
const DAY_MAX = 28;
const DAYS_LATE_MAX = 6;
export const BASIS_POINT = 10n ** BigInt(RATE_DECIMAL_PLACES - 4);

function randomDate(random: SeededRandom): CalendarDate {
  return dateOf(random.integer(FIRST_YEAR, LAST_YEAR), random.integer(1, 12), random.integer(1, DAY_MAX));
}

/** 500.00 to 500,000.00 over 6 to 360 months at 0.01 % to 35 %, with the installment that James rounds. */
export function randomTerms(random: SeededRandom): LoanTerms {
  const request = {
    amountCents: BigInt(random.integer(50_000, 50_000_000)),
    term: random.integer(6, 360),
    rate: BigInt(random.integer(1, 3_500)) * BASIS_POINT,
    date: randomDate(random),
  };
  const decision = decideTerms(request, 'down');
  if (!decision.ok) throw new Error(`the generator made a loan that James refuses: ${decision.faults[0]}`);
  return decision.terms;
}

/** A day on which installment `number` may be paid: on its due day or a few days later, in the same month. */
export function randomPaymentDate(date: CalendarDate, number: number, random: SeededRandom): CalendarDate {
  const day = date - monthStart(monthOf(date)) + random.integer(0, DAYS_LATE_MAX);
  return monthStart(monthOf(date) + number) + Math.min(day, DAY_MAX - 1);
}
