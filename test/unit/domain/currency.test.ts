// Currencies and their minor units, against the list of ISO 4217 (SIX, table A.1) written out here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currencyOf } from '../../../src/domain/currency.ts';
import { formatMoney, formatMoneyShort, USD } from '../../../src/domain/money.ts';

const NO_MINOR_UNIT = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND';
const TWO_DIGITS = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
  CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR
  IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
  NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
  THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW`;

const codes = (list: string) => list.split(/\s+/);

test('each currency has the decimal places that ISO 4217 gives it', () => {
  for (const [list, minorDigits] of [
    [NO_MINOR_UNIT, 0],
    [TWO_DIGITS, 2],
    [THREE_DIGITS, 3],
  ] as const) {
    for (const code of codes(list)) assert.deepEqual(currencyOf(code), { code, minorDigits }, code);
  }
});

test('minor units out of daily use are kept, unlike in CLDR', () => {
  for (const code of ['HUF', 'TWD', 'COP', 'IDR', 'LAK', 'IRR'])
    assert.equal(currencyOf(code)?.minorDigits, 2);
});

test('the default currency is the one of its code', () => {
  assert.deepEqual(currencyOf('USD'), USD);
});

test('what is no code in capitals is no currency', () => {
  for (const code of ['', 'usd', 'Usd', 'US', 'USDX', 'ABC', ' USD', 'USD ', '840', '€', 'constructor']) {
    assert.equal(currencyOf(code), undefined, JSON.stringify(code));
  }
});

test('money is written with all the places of its currency, or without needless zeros', () => {
  assert.equal(formatMoney(8560n, USD), '85.60');
  assert.equal(formatMoneyShort(8560n, USD), '85.6');
  assert.equal(formatMoneyShort(15000n, USD), '150');
  assert.equal(formatMoney(8560n, { code: 'JPY', minorDigits: 0 }), '8560');
  assert.equal(formatMoneyShort(8560n, { code: 'JPY', minorDigits: 0 }), '8560');
  assert.equal(formatMoney(8560n, { code: 'KWD', minorDigits: 3 }), '8.560');
  assert.equal(formatMoneyShort(8560n, { code: 'KWD', minorDigits: 3 }), '8.56');
});
