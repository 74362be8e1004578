// How fast something lately went: what was done in the last seconds, over their number.

const WINDOW_MS = 10_000;
const SLOT_MS = 500;

interface Slot {
  readonly at: number;
  done: number;
}

export class Rate {
  #slots: Slot[] = [];
  readonly #startedAt = performance.now();

  add(done: number): void {
    const now = performance.now();
    const last = this.#slots.at(-1);
    if (last !== undefined && now - last.at < SLOT_MS) last.done += done;
    else this.#slots.push({ at: now, done });
  }

  /** Whole ones a second. */
  get perSecond(): number {
    const now = performance.now();
    this.#slots = this.#slots.filter(({ at }) => now - at < WINDOW_MS);
    const done = this.#slots.reduce((sum, slot) => sum + slot.done, 0);
    const seconds = Math.min(now - this.#startedAt, WINDOW_MS) / 1000;
    return Math.round(done / Math.max(seconds, 0.001));
  }
}
