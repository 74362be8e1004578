// Random loans and histories for properties: every size of amount, rate and term, with a liking for edges.
// Nothing here decides what is right; each test says that itself.

import {
  addMonths,
  type CalendarDate,
  DATE_MAX,
  DATE_MIN,
  dateOf,
  monthEnd,
  monthOf,
  monthStart,
} from '../../src/domain/calendar-date.ts';
import { decideTerms, type LoanTerms, TERM_MAX } from '../../src/domain/loan.ts';
import { AMOUNT_CENTS_MAX } from '../../src/domain/money.ts';
import type { MonthRecord } from '../../src/domain/payment.ts';
import { RATE_MAX } from '../../src/domain/rate.ts';
import { ROUNDINGS } from '../../src/domain/rounding.ts';
import { fc } from './properties.ts';

export const amounts = fc.oneof(
  fc.bigInt({ min: 1n, max: 1_000n }),
  fc.bigInt({ min: 1_000n, max: 100_000_000n }),
  fc.bigInt({ min: 1n, max: AMOUNT_CENTS_MAX }),
  fc.constantFrom(1n, AMOUNT_CENTS_MAX),
);

/** In units of 10^-10: 0, the tiniest, ordinary ones of few and of ten places, up to 10,000 %. */
export const rates = fc.oneof(
  fc.constantFrom(0n, 1n, RATE_MAX),
  fc.bigInt({ min: 1n, max: 1_000n }),
  fc.bigInt({ min: 1n, max: 4_000n }).map((hundredths) => hundredths * 1_000_000n),
  fc.bigInt({ min: 1n, max: 10_000_000_000n }),
  fc.bigInt({ min: 1n, max: RATE_MAX }),
);

export const termLengths = fc.oneof(
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: TERM_MAX }),
);

export const roundings = fc.constantFrom(...ROUNDINGS);

const monthEnds = fc
  .integer({ min: 1990 * 12, max: 2040 * 12 })
  .chain((month) => fc.integer({ min: monthEnd(month) - 3, max: monthEnd(month) }));

/** Any date that James knows, mostly of our time, often at a month's end. */
export const dates: fc.Arbitrary<CalendarDate> = fc.oneof(
  { arbitrary: fc.integer({ min: dateOf(1990, 1, 1), max: dateOf(2040, 12, 31) }), weight: 3 },
  { arbitrary: monthEnds, weight: 3 },
  { arbitrary: fc.integer({ min: DATE_MIN, max: DATE_MAX }), weight: 1 },
);

interface TermsLimits {
  /** The longest term, TERM_MAX unless given. */
  readonly termMax?: number;
}

/** Loans that a bank can issue, some with a contractual installment. */
export function loanTerms({ termMax = TERM_MAX }: TermsLimits = {}): fc.Arbitrary<LoanTerms> {
  const lengths = termMax === TERM_MAX ? termLengths : fc.integer({ min: 1, max: termMax });
  return fc
    .record({
      amountCents: amounts,
      rate: rates,
      term: lengths,
      date: dates,
      rounding: roundings,
      more: fc.option(fc.bigInt({ min: 0n, max: 1_000n }), { freq: 4 }),
    })
    .map(({ more, rounding, ...request }) => {
      if (more === null) return decideTerms(request, rounding);
      const floor = (request.amountCents + BigInt(request.term) - 1n) / BigInt(request.term);
      return decideTerms({ ...request, contractualInstallmentCents: floor + more }, rounding);
    })
    .filter((decision) => decision.ok)
    .map((decision) => decision.terms);
}

/** A date in the month that lies `months` after the loan's own, on or after the loan's date. */
function dateInMonth(terms: LoanTerms, months: number, day: number): CalendarDate {
  const month = monthOf(terms.date) + months;
  return Math.max(terms.date, Math.min(monthStart(month) + day, monthEnd(month), DATE_MAX));
}

export interface LoanWithRecords {
  readonly terms: LoanTerms;
  /** One a month, by month; at most `term` of them made. */
  readonly records: readonly MonthRecord[];
}

/** A loan with a history that the rules allow: some months made, some missed, some without a record. */
export function loansWithRecords(limits: TermsLimits = { termMax: 18 }): fc.Arbitrary<LoanWithRecords> {
  return loanTerms(limits).chain((terms) => {
    const last = monthOf(DATE_MAX) - monthOf(terms.date);
    const month = fc.record({
      months: fc.integer({ min: 0, max: Math.min(last, terms.term + 6) }),
      day: fc.integer({ min: 0, max: 30 }),
      made: fc.integer({ min: 0, max: 4 }).map((draw) => draw > 0),
    });
    return fc
      .uniqueArray(month, { selector: ({ months }) => months, maxLength: terms.term + 6, size: 'max' })
      .map((months) => {
        let left = terms.term;
        const records = months.map(({ months, day, made }, index): MonthRecord => {
          const kind = made && left-- > 0 ? 'made' : 'missed';
          return { id: `record ${index}`, kind, date: dateInMonth(terms, months, day), reversed: false };
        });
        return { terms, records: records.toSorted((a, b) => a.date - b.date) };
      });
  });
}

/** The effective dates of the made payments that count, ascending. */
export function madeDatesOf(records: readonly MonthRecord[]): CalendarDate[] {
  return records
    .filter(({ kind, reversed }) => kind === 'made' && !reversed)
    .map(({ date }) => date)
    .sort((a, b) => a - b);
}

/** Dates at which something about a loan may change: around its origination, its due dates and its payments. */
export function datesAround({ terms, records }: LoanWithRecords): fc.Arbitrary<CalendarDate> {
  const turns = [terms.date, ...records.map(({ date }) => date)];
  for (let k = 1; k <= Math.min(terms.term, 24); k++) turns.push(addMonths(terms.date, k));
  return fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -1, max: 1 }))
    .map(([date, days]) => Math.max(DATE_MIN, Math.min(DATE_MAX, date + days)));
}
