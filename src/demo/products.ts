// What the made-up bank lends: three products, each with its amounts, terms and margins.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { LoanRequest } from '../domain/loan.ts';
import { RATE_DECIMAL_PLACES } from '../domain/rate.ts';
import { referencePercent } from './economy.ts';
import type { SeededRandom } from './seeded-random.ts';

interface Product {
  /** Of all loans. */
  readonly share: number;
  readonly amountMin: number;
  readonly amountMax: number;
  /** Amounts are multiples of this. */
  readonly step: number;
  readonly terms: readonly number[];
  readonly marginPercent: number;
}

const PRODUCTS: readonly Product[] = [
  // Personal loans, cars, home improvement.
  {
    share: 0.55,
    amountMin: 1_000,
    amountMax: 25_000,
    step: 100,
    terms: [12, 24, 36, 36, 48, 60],
    marginPercent: 5,
  },
  {
    share: 0.3,
    amountMin: 6_000,
    amountMax: 50_000,
    step: 250,
    terms: [36, 48, 48, 60, 72],
    marginPercent: 2.5,
  },
  { share: 0.15, amountMin: 10_000, amountMax: 90_000, step: 500, terms: [60, 84, 120], marginPercent: 1.75 },
];

/** A worse grade pays so much more. */
const GRADES = 5;
const GRADE_PERCENT = 0.9;
const BASIS_POINT = 10n ** BigInt(RATE_DECIMAL_PLACES - 4);
/** Rates are multiples of this. */
const RATE_STEP_BASIS_POINTS = 5;

function productOf(random: SeededRandom): Product {
  let left = random.fraction();
  for (const product of PRODUCTS) {
    left -= product.share;
    if (left < 0) return product;
  }
  return PRODUCTS[0] as Product;
}

/** Small amounts are asked for more often than large ones. */
function amountOf({ amountMin, amountMax, step }: Product, random: SeededRandom): number {
  const amount = amountMin * (amountMax / amountMin) ** random.fraction();
  return Math.round(amount / step) * step;
}

/** Minor units in the unit that amounts above are thought in; a currency without a minor unit has small units. */
function unitOf(minorDigits: number): bigint {
  return 10n ** BigInt(minorDigits === 0 ? 2 : minorDigits);
}

/** What a borrower asks for on a day. */
export function loanRequest(date: CalendarDate, minorDigits: number, random: SeededRandom): LoanRequest {
  const product = productOf(random);
  const amount = amountOf(product, random);
  const percent =
    referencePercent(date) + product.marginPercent + random.integer(0, GRADES - 1) * GRADE_PERCENT;
  const steps = Math.round((percent * 100) / RATE_STEP_BASIS_POINTS);
  return {
    amountCents: BigInt(amount) * unitOf(minorDigits),
    rate: BigInt(steps * RATE_STEP_BASIS_POINTS) * BASIS_POINT,
    term: random.pick(product.terms),
    date,
  };
}
