// Annual interest rates: exact decimals of at most ten places, as an integer count of 10^-10.

import { formatScaledShort } from './decimal.ts';

/** An annual rate in units of 10^-10: 0.05 (5 %) is 500,000,000. */
export type Rate = bigint;

/** Decimal places that a rate may have. */
export const RATE_DECIMAL_PLACES = 10;

/** The largest rate: 100, that is 10,000 % a year. */
export const RATE_MAX: Rate = 100n * 10n ** BigInt(RATE_DECIMAL_PLACES);

/** Units of a rate in twelve years at 1: the denominator of a monthly rate, 12 × 10^10. */
export const MONTHLY_RATE_DENOMINATOR = 12n * 10n ** BigInt(RATE_DECIMAL_PLACES);

/** The rate as a plain decimal without needless zeros: "0.05". */
export function formatRate(rate: Rate): string {
  return formatScaledShort(rate, RATE_DECIMAL_PLACES);
}
