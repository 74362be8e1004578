// How many rejected rows of an import may still be kept, shared by its lanes: never more than the settings say, and none is
// left out while there is room.

export class RejectsRoom {
  #left: number;
  /** Taken by steps under way, which may not use it. */
  #taken = 0;
  #wake: (() => void)[] = [];

  constructor(left: number) {
    this.#left = left;
  }

  /** Takes room for so many, or for what is left; waits where others may still leave some. */
  async take(rows: number): Promise<number> {
    while (this.#taken > 0 && this.#left > 0 && this.#left - this.#taken < rows) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    const room = Math.max(0, Math.min(rows, this.#left - this.#taken));
    this.#taken += room;
    return room;
  }

  /** So many rows were kept, of what had been taken for them. */
  use(rows: number, taken: number): void {
    this.#left -= rows;
    this.#taken -= taken;
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
