// Money as James sends it, decimal text beside its currency; shown in the browser's language without passing through a
// number, so that no cent of a large sum is lost.

type Decimal = `${number}`;

function unsigned(text: string): { negative: boolean; whole: string; fraction: string } {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[-+]/, '').split('.');
  return { negative, whole, fraction };
}

function scaled(text: string, places: number): bigint {
  const { negative, whole, fraction } = unsigned(text);
  const units = BigInt(whole + fraction.padEnd(places, '0'));
  return negative ? -units : units;
}

function placesOf(text: string): number {
  return unsigned(text).fraction.length;
}

/** a − b, exactly. */
export function minus(a: string, b: string): string {
  const places = Math.max(placesOf(a), placesOf(b));
  const units = scaled(a, places) - scaled(b, places);
  if (places === 0) return String(units);
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** −1, 0 or 1. */
export function signOf(text: string): number {
  return Math.sign(Number(text));
}

const formats = new Map<string, Intl.NumberFormat>();

function format(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = formats.get(key) ?? new Intl.NumberFormat(undefined, options);
  formats.set(key, known);
  return known;
}

/** With the sign of its currency: $1,234.50. */
export function showMoney(text: string, currency: string): string {
  return format(currency, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    text as Decimal,
  );
}

/** Without currency, for columns whose heading names it. */
export function showAmount(text: string): string {
  const places = placesOf(text);
  return format(`amount ${places}`, { minimumFractionDigits: places }).format(text as Decimal);
}

/** Always with its sign: +$12.00. */
export function showChange(text: string, currency: string): string {
  return format(`${currency} change`, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    signDisplay: 'exceptZero',
  }).format(text as Decimal);
}

export function showCount(count: number): string {
  return format('count', {}).format(count);
}

export function showCountChange(count: number): string {
  return format('count change', { signDisplay: 'exceptZero' }).format(count);
}

/** For an axis, where the rough size counts: $1.2M. */
export function showRough(value: number, currency?: string): string {
  const base = { notation: 'compact', maximumFractionDigits: 1 } as const;
  return currency === undefined
    ? format('rough', base).format(value)
    : format(`rough ${currency}`, {
        ...base,
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
      }).format(value);
}

/** A ratio as a percentage: 0.013400 → 1.34%. */
export function showPercent(ratio: string, places = 2): string {
  return format(`percent ${places}`, {
    style: 'percent',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(ratio as Decimal);
}

/** The share of a whole, for bars and texts that need no exactness; 0 where the whole is. */
export function shareOf(part: string, whole: string): number {
  const of = Number(whole);
  return of === 0 ? 0 : Number(part) / of;
}
