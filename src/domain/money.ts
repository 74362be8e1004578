// Money is an integer count of minor units of the bank's one currency (cents), as a bigint.
// Never a float, and never two currencies: a bank has one, fixed when its database is created.

import { formatScaled, formatScaledShort } from './decimal.ts';

/** An amount of money in minor units of the bank's currency. */
export type Cents = bigint;

/** The largest principal of a loan: 9,999,999,999,999.99 in a currency of two minor digits. */
export const AMOUNT_CENTS_MAX: Cents = 999_999_999_999_999n;

/** The largest installment × term: what a double still holds as a whole number of minor units. */
export const TOTAL_CENTS_MAX: Cents = 9_007_199_254_740_991n;

/** The bank's currency: ISO 4217 code and the number of decimal places of its minor unit. */
export interface Currency {
  readonly code: string;
  readonly minorDigits: number;
}

/** The currency of the James contract unless the bank is set otherwise. */
export const USD: Currency = { code: 'USD', minorDigits: 2 };

/** Money as the /v1 surface writes it, with all its decimal places: "85.60". */
export function formatMoney(cents: Cents, currency: Currency): string {
  return formatScaled(cents, currency.minorDigits);
}

/** Money as the James surface writes it, without needless zeros: "85.6", "150". */
export function formatMoneyShort(cents: Cents, currency: Currency): string {
  return formatScaledShort(cents, currency.minorDigits);
}
