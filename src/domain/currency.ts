// ISO 4217: which codes exist and how many decimal places their minor units have.
// Intl knows the codes but follows CLDR, which drops minor units that are out of use; the figures here are ISO's.

import type { Currency } from './money.ts';

const CODES = new Set(Intl.supportedValuesOf('currency'));

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** The currency of an ISO 4217 code in capitals, or undefined where there is none. */
export function currencyOf(code: string): Currency | undefined {
  const known = MINOR_DIGITS.get(code);
  if (known === undefined && !CODES.has(code)) return undefined;
  return { code, minorDigits: known ?? 2 };
}
