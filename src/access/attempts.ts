// Failed attempts to come in: after a few, an address or a credential has to wait, each time twice as long. What a
// process has seen lies in its own memory, of bounded size; several processes each grant a few.

import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

/** Failures that cost nothing: a wrong setting, a key that was just revoked. */
const FREE = 30;
const WAIT_SECONDS_MAX = 900;
/** After so long without a failure all is forgotten. */
const MEMORY_MS = 3_600_000;
const NAMES_MAX = 50_000;

interface Failures {
  readonly count: number;
  /** In the clock's milliseconds. */
  readonly blockedUntil: number;
}

export class FailedAttempts {
  readonly #failures = new LRUCache<string, Failures>({ max: NAMES_MAX, ttl: MEMORY_MS });
  readonly #nowMs: () => number;

  /** `nowMs` counts milliseconds from anywhere, and never goes back. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Whether nothing has failed: then nobody waits. */
  get none(): boolean {
    return this.#failures.size === 0;
  }

  /** How many seconds a name still has to wait; 0: none. */
  waitSeconds(name: string): number {
    const until = this.#failures.get(name)?.blockedUntil ?? 0;
    return Math.max(0, Math.ceil((until - this.#nowMs()) / 1000));
  }

  /** Counts a failure: the thirty-first costs a second, each further one twice as much. */
  failed(name: string): void {
    const count = (this.#failures.get(name)?.count ?? 0) + 1;
    const wait = count <= FREE ? 0 : Math.min(2 ** (count - FREE - 1), WAIT_SECONDS_MAX);
    this.#failures.set(name, { count, blockedUntil: this.#nowMs() + wait * 1000 });
  }
}

/** Under which an address's failures are counted: of IPv6 the network, since a host has as many addresses as it likes. */
export function addressName(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail?.split(':') ?? [])];
  return `${all.slice(0, 4).join(':')}::/64`;
}
