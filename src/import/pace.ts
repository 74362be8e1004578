// How `james import` shares a database with those who write to it at the same time. Where there is one writer at a time,
// each of its transactions holds them up: among others it books few rows at once, and leaves the database alone for as long as
// it has held it, so that whoever waits gets in. With nobody there it takes large bites, which are faster.

import { setTimeout as sleep } from 'node:timers/promises';

/** Rows that one transaction books while nobody else writes, and while others do. */
const ROWS_ALONE = 2_048;
const ROWS_AMONG_OTHERS = 128;
/** Who has written within this time will do so again. */
const COMPANY_MS = 5_000;
/**
 * How long it stays away at least and at most. SQLite lets a writer try again in ever larger steps: 10 ms after a short
 * transaction are past the next of them.
 */
const AWAY_MS_MIN = 10;
const AWAY_MS_MAX = 100;

export class Pace {
  readonly #othersWrote: () => Promise<boolean>;
  #aloneFromMs = 0;

  /** `othersWrote` tells whether others have written since it was last asked, whom a long transaction holds up. */
  constructor(othersWrote: () => Promise<boolean>) {
    this.#othersWrote = othersWrote;
  }

  /** How many rows the next transaction may book. */
  get rows(): number {
    return this.#isAlone ? ROWS_ALONE : ROWS_AMONG_OTHERS;
  }

  /** Resolves when the next transaction may begin, after one that took so many milliseconds. */
  async rest(tookMs: number): Promise<void> {
    if (await this.#othersWrote()) this.#aloneFromMs = performance.now() + COMPANY_MS;
    if (!this.#isAlone) await sleep(Math.min(Math.max(tookMs, AWAY_MS_MIN), AWAY_MS_MAX));
  }

  get #isAlone(): boolean {
    return performance.now() >= this.#aloneFromMs;
  }
}
