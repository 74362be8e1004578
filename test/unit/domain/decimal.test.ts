// Reading and writing exact decimals: what counts as a number, and that no digit is ever lost or made up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatScaled,
  formatScaledShort,
  parseDecimal,
  toScaledInteger,
} from '../../../src/domain/decimal.ts';
import { fc } from '../../support/properties.ts';

/** The text as an integer count of 10^-scale, or why it is none. */
function read(text: string, scale: number): bigint | string {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return 'no number';
  const scaled = toScaledInteger(decimal, scale);
  return scaled.ok ? scaled.value : scaled.reason;
}

test('a number is read with sign, point and exponent', () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ['0', 0n],
    ['-0', 0n],
    ['0.000', 0n],
    ['0e999999999999', 0n],
    ['1', 100n],
    ['+1', 100n],
    ['-1', -100n],
    ['1.', 100n],
    ['.5', 50n],
    ['-.5', -50n],
    ['85.6', 8560n],
    ['85.60', 8560n],
    ['85.6000000000000000000000000000000000000000000000', 8560n],
    ['000085.60', 8560n],
    ['1e3', 100_000n],
    ['1E3', 100_000n],
    ['1e+3', 100_000n],
    ['1000e-3', 100n],
    ['0.0001e4', 100n],
    ['856e-1', 8560n],
    ['9007199254740993.01', 900719925474099301n],
  ];
  for (const [text, expected] of cases) assert.equal(read(text, 2), expected, text);
});

test('what is no plain decimal is refused', () => {
  const texts = ['', ' ', '.', '-', '+', '-.', 'e5', '.e5', '1e', '1e+', '1e1.5', '1.2.3', '1,000', '1_000'];
  texts.push('NaN', 'Infinity', '-Infinity', '0x10', '0b1', '1n', ' 1', '1 ', '1\n', '--1', '+-1', '$1');
  texts.push('١٢', '１２', '1\u0000', 'true', 'null', '1e5e5', '−1');
  for (const text of texts) assert.equal(read(text, 2), 'no number', JSON.stringify(text));
});

test('more decimal places than the scale are refused, zeros behind them are not', () => {
  assert.equal(read('0.001', 2), 'too-precise');
  assert.equal(read('1e-3', 2), 'too-precise');
  assert.equal(read('12.7', 0), 'too-precise');
  assert.equal(read('1e-1000000000000000', 2), 'too-precise');
  assert.equal(read(`0.${'0'.repeat(400)}1`, 2), 'too-precise');
  assert.equal(read('12.70000', 1), 127n);
  assert.equal(read('12.0', 0), 12n);
});

test('more than 40 digits are too large, however they are written', () => {
  assert.equal(read('9'.repeat(40), 0), BigInt('9'.repeat(40)));
  assert.equal(read('9'.repeat(41), 0), 'too-large');
  assert.equal(read('1e39', 0), 10n ** 39n);
  assert.equal(read('1e40', 0), 'too-large');
  assert.equal(read('-1e300', 2), 'too-large');
  assert.equal(read('1e99999999999999999999', 2), 'too-large');
  assert.equal(read(`1${'0'.repeat(100_000)}`, 2), 'too-large');
});

test('a number with as many digits as a request may hold is read', () => {
  const zeros = '0'.repeat(1_000_000);
  assert.equal(read(`${zeros}1`, 2), 100n);
  assert.equal(read(`1.${zeros}`, 2), 100n);
  assert.equal(read(`${zeros}x`, 2), 'no number');
  assert.equal(read(`1e${zeros}3`, 0), 1000n);
});

const scales = fc.integer({ min: 0, max: 10 });
const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

test('what is written with all its places is read back the same', () => {
  fc.assert(
    fc.property(integers, scales, (value, scale) => {
      assert.equal(read(formatScaled(value, scale), scale), value);
      assert.equal(read(formatScaledShort(value, scale), scale), value);
    }),
  );
});

test('zeros in front, zeros behind and a shifted exponent change nothing', () => {
  const variants = fc.record({
    value: integers,
    scale: scales,
    before: fc.integer({ min: 0, max: 50 }),
    after: fc.integer({ min: 0, max: 50 }),
    shift: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(variants, ({ value, scale, before, after, shift }) => {
      const sign = value < 0n ? '-' : '';
      const digits = (value < 0n ? -value : value).toString();
      const zeros = '0'.repeat(before);
      assert.equal(read(`${sign}${zeros}${digits}.${'0'.repeat(after)}e-${scale}`, scale), value);
      assert.equal(read(`${sign}${zeros}${digits}${'0'.repeat(shift)}e-${scale + shift}`, scale), value);
      assert.equal(read(`${sign}0.${digits.padStart(60, '0')}e${60 - scale}`, scale), value);
    }),
  );
});

test('money is written with exactly the places of its scale', () => {
  assert.equal(formatScaled(8560n, 2), '85.60');
  assert.equal(formatScaled(0n, 2), '0.00');
  assert.equal(formatScaled(5n, 2), '0.05');
  assert.equal(formatScaled(-5n, 2), '-0.05');
  assert.equal(formatScaled(-8560n, 2), '-85.60');
  assert.equal(formatScaled(150n, 0), '150');
  assert.equal(formatScaled(-150n, 0), '-150');
  assert.equal(formatScaled(20n * 2n ** 63n, 2), '1844674407370955161.60');
});

test('the short form has no needless zeros and keeps those of whole numbers', () => {
  assert.equal(formatScaledShort(8560n, 2), '85.6');
  assert.equal(formatScaledShort(15000n, 2), '150');
  assert.equal(formatScaledShort(100n, 0), '100');
  assert.equal(formatScaledShort(0n, 2), '0');
  assert.equal(formatScaledShort(-10n, 2), '-0.1');
  assert.equal(formatScaledShort(500_000_000n, 10), '0.05');
  assert.equal(formatScaledShort(10_000_000_000n, 10), '1');
});
