// Sums of the book over "all dates up to here, and all due dates before there" in a few microseconds, while changes come
// in: what makes the book's answers independent of how many days and loans there are.
//
// Each change is a point (x, y). Days are cut into blocks; a binary indexed tree over pairs of blocks (Fenwick, "A new
// data structure for cumulative frequency tables", 1994, in two dimensions) sums whole blocks, and the points of the two
// blocks at the edges are looked at one by one. Only blocks that have points take room.
//
// A sum can pass 2^63, and a double is exact to 2^53: so each is kept as high × 10^9 + low, both whole.

import type { BookSums } from './book.ts';

/** A block is 8 days: larger ones make more points to look at, smaller ones a larger tree. */
const BLOCK_BITS = 3;
const PARTS = 5;
const BASE = 1_000_000_000;
const BIG_BASE = 1_000_000_000n;

/** More pairs of blocks would take more memory than the rows themselves: then the points are too scattered. */
const CELLS_MAX = 4_000_000;

function blockOf(coordinate: number): number {
  return coordinate >> BLOCK_BITS;
}

/** The points of one block, by their numbers. */
class Strip {
  count = 0;
  numbers = new Int32Array(8);

  add(point: number): void {
    if (this.count === this.numbers.length) {
      const grown = new Int32Array(this.numbers.length * 2);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.count++] = point;
  }
}

/**
 * All points by number, and the number of each pair of coordinates: an open hash table, because a Map of half a million
 * numbers takes several times the room of the points themselves.
 */
class Points {
  count = 0;
  x = new Int32Array(1024);
  y = new Int32Array(1024);
  /** PARTS for each. */
  sums = new Float64Array(1024 * PARTS);
  /** Numbers + 1 by hash; 0 where nothing stands. Twice as long as the points at least. */
  #slots = new Int32Array(2048);

  /** The number of a point; −1 − its number to be, where it is not there yet: then `append` it. */
  find(x: number, y: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(x, y) & mask; ; slot = (slot + 1) & mask) {
      const point = (this.#slots[slot] as number) - 1;
      if (point === -1) return -1 - this.count;
      if (this.x[point] === x && this.y[point] === y) return point;
    }
  }

  /** Adds a point that is not there, with sums of zero; returns its number. */
  append(x: number, y: number): number {
    if (this.count === this.x.length) this.#grow();
    const point = this.count++;
    this.x[point] = x;
    this.y[point] = y;
    this.#enter(point);
    return point;
  }

  #enter(point: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.x[point] as number, this.y[point] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = point + 1;
  }

  #grow(): void {
    const room = this.x.length * 2;
    this.x = copied(this.x, new Int32Array(room));
    this.y = copied(this.y, new Int32Array(room));
    this.sums = copied(this.sums, new Float64Array(room * PARTS));
    this.#slots = new Int32Array(room * 2);
    for (let point = 0; point < this.count; point++) this.#enter(point);
  }
}

function copied<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

/** Neighbouring days must not stand in one row of slots: multiplied by odd numbers, mixed down. */
function hashOf(x: number, y: number): number {
  const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}

/** One axis, cut into blocks: those that have points, in order. */
class Axis {
  readonly strips = new Map<number, Strip>();
  blocks: number[] = [];

  /** The strip of a block; undefined where it has no point yet. */
  strip(block: number): Strip | undefined {
    return this.strips.get(block);
  }

  newStrip(block: number): Strip {
    const strip = new Strip();
    this.strips.set(block, strip);
    const last = this.blocks.at(-1);
    this.blocks.push(block);
    if (last !== undefined && block < last) this.blocks.sort((a, b) => a - b);
    return strip;
  }

  /** How many blocks lie before one. */
  before(block: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.blocks[middle] as number) < block) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Sums of what has been added, over x ≤ a and y < b. */
export class DominanceSums {
  readonly #points = new Points();
  readonly #byX = new Axis();
  readonly #byY = new Axis();
  #tree = new Float64Array(PARTS);
  /** Blocks that the tree has room for on each axis. */
  #roomX = 0;
  #roomY = 0;
  #isStale = false;

  /** How many different points there are. */
  get size(): number {
    return this.#points.count;
  }

  /** Whether the points lie in so many blocks that this is no way to sum them. */
  get isScattered(): boolean {
    return this.#byX.blocks.length * this.#byY.blocks.length > CELLS_MAX;
  }

  /** Adds sums at a point. */
  add(x: number, y: number, { valueCents, principalCents, volume }: BookSums): void {
    this.addParts(
      x,
      y,
      Number(valueCents / BIG_BASE),
      Number(valueCents % BIG_BASE),
      Number(principalCents / BIG_BASE),
      Number(principalCents % BIG_BASE),
      volume,
    );
  }

  /** The same with each sum of money as high × 10^9 + low, both whole and low below 10^9 in size. */
  addParts(
    x: number,
    y: number,
    valueHigh: number,
    valueLow: number,
    principalHigh: number,
    principalLow: number,
    volume: number,
  ): void {
    const blockX = blockOf(x);
    const blockY = blockOf(y);
    let point = this.#points.find(x, y);
    if (point < 0) {
      point = this.#points.append(x, y);
      this.#strip(this.#byX, blockX).add(point);
      this.#strip(this.#byY, blockY).add(point);
    }
    const { sums } = this.#points;
    addAt(sums, point * PARTS, valueHigh, valueLow, principalHigh, principalLow, volume);
    if (!this.#isStale) {
      this.#addToTree(blockX, blockY, valueHigh, valueLow, principalHigh, principalLow, volume);
    }
  }

  /** The strip of a block, made where there is none: a block more moves the places of those behind it. */
  #strip(axis: Axis, block: number): Strip {
    const strip = axis.strip(block);
    if (strip !== undefined) return strip;
    this.#isStale = true;
    return axis.newStrip(block);
  }

  /** The sums over x ≤ `upTo` and y < each edge; an edge of Infinity takes all. */
  below(upTo: number, edges: readonly number[]): BookSums[] {
    if (this.#isStale) this.#build();
    const block = blockOf(upTo);
    const fullX = this.#byX.before(block);
    const strip = this.#byX.strip(block);
    return edges.map((edge) => {
      const acc = ACCUMULATOR;
      acc.fill(0);
      const isOpen = edge === Number.POSITIVE_INFINITY;
      const fullY = isOpen ? this.#byY.blocks.length : this.#byY.before(blockOf(edge));
      this.#sumTree(fullX, fullY, acc);
      if (strip !== undefined) this.#sumStrip(strip, upTo, edge, acc);
      const other = isOpen ? undefined : this.#byY.strip(blockOf(edge));
      // What lies in the last block of x has been looked at.
      if (other !== undefined) this.#sumStrip(other, block * 2 ** BLOCK_BITS - 1, edge, acc);
      return toSums(acc);
    });
  }

  #sumStrip({ numbers, count }: Strip, upTo: number, edge: number, acc: Float64Array): void {
    const { x, y, sums } = this.#points;
    for (let index = 0; index < count; index++) {
      const point = numbers[index] as number;
      if ((x[point] as number) <= upTo && (y[point] as number) < edge) gather(acc, sums, point * PARTS);
    }
  }

  #sumTree(fullX: number, fullY: number, acc: Float64Array): void {
    for (let i = fullX; i > 0; i &= i - 1) {
      for (let j = fullY; j > 0; j &= j - 1) gather(acc, this.#tree, (i * (this.#roomY + 1) + j) * PARTS);
    }
  }

  #addToTree(
    blockX: number,
    blockY: number,
    valueHigh: number,
    valueLow: number,
    principalHigh: number,
    principalLow: number,
    volume: number,
  ): void {
    const placeX = this.#byX.before(blockX) + 1;
    const placeY = this.#byY.before(blockY) + 1;
    for (let i = placeX; i <= this.#roomX; i += i & -i) {
      for (let j = placeY; j <= this.#roomY; j += j & -j) {
        const at = (i * (this.#roomY + 1) + j) * PARTS;
        addAt(this.#tree, at, valueHigh, valueLow, principalHigh, principalLow, volume);
      }
    }
  }

  /** Builds the tree anew from all points: first each cell alone, then each adds itself to the next that covers it. */
  #build(): void {
    const rooms = [this.#byX.blocks.length, this.#byY.blocks.length] as const;
    [this.#roomX, this.#roomY] = rooms;
    const width = this.#roomY + 1;
    const tree = new Float64Array((this.#roomX + 1) * width * PARTS);
    const { y, sums } = this.#points;
    for (const [placeX, block] of this.#byX.blocks.entries()) {
      const { numbers, count } = this.#byX.strip(block) as Strip;
      for (let index = 0; index < count; index++) {
        const point = numbers[index] as number;
        const placeY = this.#byY.before(blockOf(y[point] as number));
        addFrom(tree, ((placeX + 1) * width + placeY + 1) * PARTS, sums, point * PARTS);
      }
    }
    for (let i = 1; i <= this.#roomX; i++) {
      for (let j = 1; j <= this.#roomY; j++) {
        const next = j + (j & -j);
        if (next <= this.#roomY) addFrom(tree, (i * width + next) * PARTS, tree, (i * width + j) * PARTS);
      }
    }
    for (let i = 1; i <= this.#roomX; i++) {
      const next = i + (i & -i);
      if (next > this.#roomX) continue;
      for (let j = 1; j <= this.#roomY; j++) {
        addFrom(tree, (next * width + j) * PARTS, tree, (i * width + j) * PARTS);
      }
    }
    this.#tree = tree;
    this.#isStale = false;
  }
}

function addFrom(sums: Float64Array, at: number, from: Float64Array, place: number): void {
  addAt(
    sums,
    at,
    from[place] as number,
    from[place + 1] as number,
    from[place + 2] as number,
    from[place + 3] as number,
    from[place + 4] as number,
  );
}

/** One at a time is enough: nothing here waits. */
const ACCUMULATOR = new Float64Array(PARTS);

function gather(acc: Float64Array, from: Float64Array, at: number): void {
  acc[0] = (acc[0] as number) + (from[at] as number);
  acc[1] = (acc[1] as number) + (from[at + 1] as number);
  acc[2] = (acc[2] as number) + (from[at + 2] as number);
  acc[3] = (acc[3] as number) + (from[at + 3] as number);
  acc[4] = (acc[4] as number) + (from[at + 4] as number);
}

/** Adds to a kept sum; what its low part gathers is carried on, so that it stays far below 2^53 for ever. */
function addAt(
  sums: Float64Array,
  at: number,
  valueHigh: number,
  valueLow: number,
  principalHigh: number,
  principalLow: number,
  volume: number,
): void {
  const value = (sums[at + 1] as number) + valueLow;
  const principal = (sums[at + 3] as number) + principalLow;
  const carriedValue = Math.trunc(value / BASE);
  const carriedPrincipal = Math.trunc(principal / BASE);
  sums[at] = (sums[at] as number) + valueHigh + carriedValue;
  sums[at + 1] = value - carriedValue * BASE;
  sums[at + 2] = (sums[at + 2] as number) + principalHigh + carriedPrincipal;
  sums[at + 3] = principal - carriedPrincipal * BASE;
  sums[at + 4] = (sums[at + 4] as number) + volume;
}

function toSums(acc: Float64Array): BookSums {
  return {
    valueCents: BigInt(acc[0] as number) * BIG_BASE + BigInt(acc[1] as number),
    principalCents: BigInt(acc[2] as number) * BIG_BASE + BigInt(acc[3] as number),
    volume: acc[4] as number,
  };
}
