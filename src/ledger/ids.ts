// Ids of records: UUID version 7 (RFC 9562), so that new rows stand together on disk. Within a process they ascend,
// also within a millisecond (the RFC's method 1: a counter after the time); their last twelve bits carry the lane.

import { randomFillSync } from 'node:crypto';
import { LANES_MAX, type Lane } from '../store/lanes.ts';
import type { RecordId } from '../store/store.ts';

/** Random bytes are drawn for many ids at once: a draw costs more than the id. */
const POOL = Buffer.allocUnsafe(8 * 1024);
let drawn = POOL.length;

/** Ids that one millisecond can count. */
const COUNTER_MAX = 0xfff;
let lastAt = 0;
let counter = 0;

function randomUint32(): number {
  if (drawn + 4 > POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  drawn += 4;
  return POOL.readUInt32LE(drawn - 4);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** A fresh id in a lane, greater than every id that this process made before. */
export function newId(lane: Lane = 0, lanes = 1): RecordId {
  const now = Date.now();
  if (now > lastAt) {
    lastAt = now;
    counter = 0;
  } else if (++counter > COUNTER_MAX) {
    // More than the counter holds, or a clock set back: time runs on by itself.
    lastAt++;
    counter = 0;
  }
  const time = hex(lastAt, 12);
  const variant = 0x8 | (randomUint32() & 0x3);
  const inLane = Math.floor((LANES_MAX - 1 - lane) / lanes) + 1;
  const tail = lane + lanes * (randomUint32() % inLane);
  const random = `${hex(randomUint32(), 8)}${hex(randomUint32() & 0xffff, 4)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant.toString(16)}${random.slice(0, 3)}-${random.slice(3)}${hex(tail, 3)}`;
}
