// The model's money: minor units as bigint, written digit by digit, and the four ways in which a bank rounds.
// It shares nothing with src/.

import type { Ratio } from '../oracle/annuity.ts';

export type SlowRounding = 'down' | 'half-up' | 'half-even' | 'up';

/** A positive fraction as a whole number. */
export function rounded({ over, under }: Ratio, rounding: SlowRounding): bigint {
  const whole = over / under;
  const rest = over - whole * under;
  if (rest === 0n) return whole;
  if (rounding === 'down') return whole;
  if (rounding === 'up') return whole + 1n;
  if (rest + rest < under) return whole;
  if (rest + rest > under) return whole + 1n;
  if (rounding === 'half-up') return whole + 1n;
  return whole % 2n === 0n ? whole : whole + 1n;
}

/** "85.60", or with three digits "85.600", or with none "86". */
export function moneyText(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : '';
  let text = String(minor < 0n ? -minor : minor);
  if (digits === 0) return sign + text;
  while (text.length <= digits) text = `0${text}`;
  return `${sign}${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`;
}

/** "85.6", "150": as the James surface writes it. */
export function shortMoneyText(minor: bigint, digits: number): string {
  const text = moneyText(minor, digits);
  return digits === 0 ? text : text.replace(/\.?0+$/, '');
}
