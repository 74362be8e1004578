// The book: the changes of all loans' timelines, summed (DOMAIN.md section 7).

import type { CalendarDate } from './calendar-date.ts';
import type { Cents } from './money.ts';

/** Outstanding value, outstanding principal and volume: of the book, of a part of it, or of a change to it. */
export interface BookSums {
  readonly valueCents: Cents;
  readonly principalCents: Cents;
  /** How many loans still have something outstanding. */
  readonly volume: number;
}

export const NO_SUMS: BookSums = { valueCents: 0n, principalCents: 0n, volume: 0 };

export function addSums(a: BookSums, b: BookSums): BookSums {
  return {
    valueCents: a.valueCents + b.valueCents,
    principalCents: a.principalCents + b.principalCents,
    volume: a.volume + b.volume,
  };
}

/** a − b. */
export function subtractSums(a: BookSums, b: BookSums): BookSums {
  return {
    valueCents: a.valueCents - b.valueCents,
    principalCents: a.principalCents - b.principalCents,
    volume: a.volume - b.volume,
  };
}

export function negateSums(sums: BookSums): BookSums {
  return {
    valueCents: -sums.valueCents,
    principalCents: -sums.principalCents,
    volume: -sums.volume,
  };
}

export function isZero(sums: BookSums): boolean {
  return sums.valueCents === 0n && sums.principalCents === 0n && sums.volume === 0;
}

/** The kind of record that caused a change: finance tells issued from paid and reversed in its movements. */
export type Cause = 'issued' | 'paid' | 'reversed';

/** A change of outstanding debt: from `effectiveOn` on, under the due date under which that part then stands. */
export interface BookChange extends BookSums {
  readonly effectiveOn: CalendarDate;
  readonly dueOn: CalendarDate;
}

/** A change with the kind of record that caused it, as the book keeps it. */
export interface CausedChange extends BookChange {
  readonly cause: Cause;
}

const DAYS = 2 ** 22;
const DAY_ZERO = 2 ** 20;
const CAUSES: readonly Cause[] = ['issued', 'paid', 'reversed'];

function keyOf(cause: Cause, effectiveOn: CalendarDate, dueOn: CalendarDate): number {
  return ((effectiveOn + DAY_ZERO) * DAYS + dueOn + DAY_ZERO) * CAUSES.length + CAUSES.indexOf(cause);
}

/** Changes added up by cause, effective date and due date: what a batch of commands does to the book. */
export class BookChanges {
  readonly #byKey = new Map<number, CausedChange>();

  add(cause: Cause, changes: readonly BookChange[]): void {
    for (const change of changes) {
      const key = keyOf(cause, change.effectiveOn, change.dueOn);
      const before = this.#byKey.get(key);
      const sums = before === undefined ? change : addSums(before, change);
      this.#byKey.set(key, {
        cause,
        effectiveOn: change.effectiveOn,
        dueOn: change.dueOn,
        valueCents: sums.valueCents,
        principalCents: sums.principalCents,
        volume: sums.volume,
      });
    }
  }

  /** The changes that are not zero, in the order of their keys: every writer takes the book's rows in one order. */
  sorted(): CausedChange[] {
    return [...this.#byKey.entries()]
      .filter(([, change]) => !isZero(change))
      .sort(([a], [b]) => a - b)
      .map(([, change]) => change);
  }
}
