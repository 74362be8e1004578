// How many requests a second a key may send: its own limit, or that of the settings. Counted in this process; the
// settings' limits are shared out among the workers of a server.

import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from './key-ring.ts';

export interface RateSettings {
  /** Requests a second; null: no limit. */
  readonly readsPerSecond: number | null;
  readonly writesPerSecond: number | null;
  /** Among how many processes of this server a limit is shared out. */
  readonly workers: number;
}

export class Rates {
  readonly #settings: RateSettings;
  readonly #limiters = new Map<number, RateLimiterMemory>();

  constructor(settings: RateSettings) {
    this.#settings = settings;
  }

  /** Counts a request; how many seconds its caller has to wait before it may be served, 0: none. */
  async waitSeconds(caller: Caller, isWrite: boolean): Promise<number> {
    const own = isWrite ? caller.writesPerSecond : caller.readsPerSecond;
    const limit = own ?? (isWrite ? this.#settings.writesPerSecond : this.#settings.readsPerSecond);
    if (limit === null) return 0;
    const points = Math.max(1, Math.ceil(limit / this.#settings.workers));
    let limiter = this.#limiters.get(points);
    if (limiter === undefined) {
      limiter = new RateLimiterMemory({ points, duration: 1 });
      this.#limiters.set(points, limiter);
    }
    try {
      await limiter.consume(`${isWrite ? 'writes' : 'reads'} ${caller.name}`);
      return 0;
    } catch (refused) {
      return Math.max(1, Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000));
    }
  }
}
