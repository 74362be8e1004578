// Ageing and portfolio at risk: the book grouped by how long its loans are past due (DOMAIN.md section 6).
// Days past due of a loan as of t are t minus the due date under which it stands, so a bucket is a range of due dates.

import type { BookSums } from './book.ts';
import { addSums, NO_SUMS } from './book.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { Cents } from './money.ts';
import { divideHalfUp } from './rounding.ts';

/** The upper bounds of the buckets in days past due, unless the question names others. */
export const BUCKET_BOUNDS_DEFAULT: readonly number[] = [30, 60, 90];

export interface Bucket extends BookSums {
  readonly daysFrom: number;
  /** Null in the last bucket, which has no upper bound. */
  readonly daysTo: number | null;
}

export interface PortfolioAtRisk {
  /** Loans more than this many days past due count. */
  readonly days: number;
  readonly principalCents: Cents;
  /** Outstanding principal of the whole book. */
  readonly ofCents: Cents;
  /** In millionths, rounded half up; null where the book has no principal. */
  readonly ratioMillionths: bigint | null;
}

export interface Arrears {
  readonly total: BookSums;
  readonly buckets: readonly Bucket[];
  readonly par: readonly PortfolioAtRisk[];
}

/**
 * The due dates at which, as of a date, one bucket ends and an older one begins, descending: loans due on or after
 * the first are current, those due on or after the second (but before the first) in the next bucket, and so on;
 * those due before the last are in the oldest bucket. Bounds are ascending numbers of days ≥ 1.
 */
export function bucketEdges(asOf: CalendarDate, bounds: readonly number[]): CalendarDate[] {
  return [asOf, ...bounds.map((days) => asOf - days)];
}

/** PAR(x) has more than x days past due: all buckets that begin after x. */
function portfolioAtRisk(days: number, buckets: readonly Bucket[], total: BookSums): PortfolioAtRisk {
  const late = buckets.filter((bucket) => bucket.daysFrom > days).reduce(addSums, NO_SUMS);
  const ofCents = total.principalCents;
  const ratioMillionths = ofCents > 0n ? divideHalfUp(late.principalCents * 1_000_000n, ofCents) : null;
  return { days, principalCents: late.principalCents, ofCents, ratioMillionths };
}

/** Ageing and PAR from the sums between bucketEdges: current first, the oldest last (one more than there are edges). */
export function arrearsOf(sums: readonly BookSums[], bounds: readonly number[]): Arrears {
  const buckets = sums.map((bucketSums, index): Bucket => {
    const daysFrom = index === 0 ? 0 : index === 1 ? 1 : (bounds[index - 2] as number) + 1;
    const daysTo = index === 0 ? 0 : (bounds[index - 1] ?? null);
    return { daysFrom, daysTo, ...bucketSums };
  });
  const total = sums.reduce(addSums, NO_SUMS);
  return { total, buckets, par: bounds.map((days) => portfolioAtRisk(days, buckets, total)) };
}
