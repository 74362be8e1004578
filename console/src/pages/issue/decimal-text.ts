// Decimal numbers as people type them, without ever becoming binary ones.

const DECIMAL = /^(\d*)(?:\.(\d*))?$/;

/** Plain decimal text; undefined where it is no number. */
export function decimalOf(typed: string): string | undefined {
  const match = DECIMAL.exec(typed.trim());
  const [, whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') return undefined;
  return fraction === '' ? whole || '0' : `${whole || '0'}.${fraction}`;
}

const PERCENT_PLACES = 2;

/** Percent as the ratio that James takes: 5.25 → 0.0525. */
export function shiftedPoint(typed: string): string | undefined {
  const percent = decimalOf(typed);
  if (percent === undefined) return undefined;
  const [whole = '0', fraction = ''] = percent.split('.');
  const digits = whole.padStart(PERCENT_PLACES + 1, '0');
  const places = `${digits.slice(-PERCENT_PLACES)}${fraction}`.replace(/0+$/, '');
  const left = digits.slice(0, -PERCENT_PLACES).replace(/^0+(?=\d)/, '');
  return places === '' ? left : `${left}.${places}`;
}
