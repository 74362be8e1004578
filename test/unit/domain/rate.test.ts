// Rates: the scale in which they are counted, their bounds, and how they are written.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDecimal, toScaledInteger } from '../../../src/domain/decimal.ts';
import {
  formatRate,
  MONTHLY_RATE_DENOMINATOR,
  RATE_DECIMAL_PLACES,
  RATE_MAX,
} from '../../../src/domain/rate.ts';
import { fc } from '../../support/properties.ts';

function rateOf(text: string): bigint | string {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return 'no number';
  const scaled = toScaledInteger(decimal, RATE_DECIMAL_PLACES);
  return scaled.ok ? scaled.value : scaled.reason;
}

test('a rate counts ten-billionths', () => {
  assert.equal(rateOf('0.05'), 500_000_000n);
  assert.equal(rateOf('0.0000000001'), 1n);
  assert.equal(rateOf('0.00000000001'), 'too-precise');
  assert.equal(rateOf('100'), RATE_MAX);
});

test('a twelfth of a rate is the rate over the monthly denominator', () => {
  assert.equal(MONTHLY_RATE_DENOMINATOR, 12n * 10n ** 10n);
  // 12 % a year is 1 % a month.
  assert.equal(((rateOf('0.12') as bigint) * 100n) / MONTHLY_RATE_DENOMINATOR, 1n);
});

test('a rate is written as a plain decimal without needless zeros', () => {
  assert.equal(formatRate(500_000_000n), '0.05');
  assert.equal(formatRate(0n), '0');
  assert.equal(formatRate(1n), '0.0000000001');
  assert.equal(formatRate(RATE_MAX), '100');
  assert.equal(formatRate(10_500_000_000n), '1.05');
});

test('every rate is read back as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: RATE_MAX }), (rate) =>
      assert.equal(rateOf(formatRate(rate)), rate),
    ),
  );
});
