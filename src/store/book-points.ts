// The book's rows as a mirror of it takes them (ledger/book-mirror.ts): numbers in one array, because there can be
// hundreds of thousands, and they cross from one thread to another.

/** Numbers of one point; see POINT. */
export const POINT_LENGTH = 8;

/**
 * Where each number of a point stands. Money is high × 10^9 + low minor units, both whole and low below 10^9 in size:
 * sums of the book can pass 2^53.
 */
export const POINT = {
  recordedOn: 0,
  effectiveOn: 1,
  dueOn: 2,
  valueHigh: 3,
  valueLow: 4,
  principalHigh: 5,
  principalLow: 6,
  volume: 7,
} as const;

/** Gathers points in an array that grows. */
export class BookPoints {
  #numbers = new Float64Array(1024 * POINT_LENGTH);
  #length = 0;

  get count(): number {
    return this.#length / POINT_LENGTH;
  }

  /** Adds a point: its numbers in the order of POINT. */
  add(numbers: readonly number[]): void {
    if (this.#length === this.#numbers.length) {
      const grown = new Float64Array(this.#numbers.length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers.set(numbers, this.#length);
    this.#length += POINT_LENGTH;
  }

  /** All points, one after the other. */
  array(): Float64Array {
    return this.#numbers.slice(0, this.#length);
  }
}
