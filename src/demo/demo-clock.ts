// The clock of a made-up bank's ledger: set to each day in turn. No server has one; whoever runs the demo brings it in.

import { type CalendarDate, formatDate } from '../domain/calendar-date.ts';
import type { Clock } from '../ledger/clock.ts';

const OPENS_HOUR = 9;
const OPEN_MS = 8 * 3_600_000;

export class DemoClock {
  readonly #timeZone: string;
  readonly #real: Clock;
  #at = Number.NEGATIVE_INFINITY;
  #isReal = false;

  constructor(timeZone: string, real: Clock) {
    this.#timeZone = timeZone;
    this.#real = real;
  }

  readonly now: Clock = () => (this.#isReal ? this.#real() : this.#at);

  /** Whether the days are those of the plan, and not real time. */
  get isSet(): boolean {
    return !this.#isReal;
  }

  /** To some time of a day's opening hours, never ahead of real time. `part`: 0 in the morning to 1 in the evening. */
  set(date: CalendarDate, part: number): void {
    const opens = Temporal.PlainDate.from(formatDate(date)).toZonedDateTime({
      timeZone: this.#timeZone,
      plainTime: { hour: OPENS_HOUR },
    });
    this.#at = Math.min(opens.epochMilliseconds + Math.floor(part * OPEN_MS), this.#real());
  }

  /** From now on the real time: what follows was learned of only now. */
  letGo(): void {
    this.#isReal = true;
  }
}
