// The installment and the texts of amounts as DOMAIN.md section 3 defines them, worked out a second
// time in plain rational arithmetic. Slow and obvious on purpose; it must never import src/.

/** floor of [ r + r / ((1 + r)^term − 1) ] × amount, with r = rate / 12 and rate = numerator / denominator. */
export function expectedInstallmentCents(
  amountCents: bigint,
  rate: { readonly numerator: bigint; readonly denominator: bigint },
  term: number,
): bigint {
  const above = rate.numerator;
  const below = 12n * rate.denominator;
  const grownAbove = (below + above) ** BigInt(term);
  const grownBelow = below ** BigInt(term);
  // r + r / (g − 1), where g = grownAbove / grownBelow, brought to one fraction.
  const factorAbove = above * (grownAbove - grownBelow) + above * grownBelow;
  const factorBelow = below * (grownAbove - grownBelow);
  return (amountCents * factorAbove) / factorBelow;
}

/** How the James surface prints money: no trailing zeros, whole amounts without a point. */
export function moneyText(cents: bigint): string {
  const whole = cents / 100n;
  const fraction = String(cents % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

/** A decimal written out: 5, 2 places → 0.05. */
export function decimalText(units: bigint, places: number): string {
  if (places === 0) return String(units);
  const digits = String(units).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
