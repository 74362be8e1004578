// One borrower of the made-up bank: each month decides what is paid and what the bank comes to know of it, and when.
// Never pays more than the term, whatever order the records come in.

import { addMonths, type CalendarDate, monthEnd, monthOf, monthStart } from '../domain/calendar-date.ts';
import type { BankEvent, Payment } from './bank-events.ts';
import type { BankPlan } from './bank-plan.ts';
import { isCrisis } from './economy.ts';
import type { SeededRandom } from './seeded-random.ts';
import { workingDayFrom } from './working-days.ts';

/** How a kind of borrower pays; shares of months. */
interface Manner {
  readonly share: number;
  /** Pays three to twelve days after the due date. */
  readonly daysLate: number;
  /** Misses the due date so long that it is recorded, and pays in the same month all the same. */
  readonly caughtUp: number;
  readonly missed: number;
  /** Stops paying for good. */
  readonly defaults: number;
}

const MANNERS: readonly [Manner, ...Manner[]] = [
  { share: 0.86, daysLate: 0.02, caughtUp: 0.002, missed: 0.0003, defaults: 0.000_15 },
  { share: 0.12, daysLate: 0.25, caughtUp: 0.03, missed: 0.004, defaults: 0.001 },
  { share: 0.02, daysLate: 0.3, caughtUp: 0.05, missed: 0.02, defaults: 0.012 },
];
/** Hard times make these so much likelier. */
const CRISIS_FACTOR = 5;

/** After so many months without a payment the bank gives up writing that down; the debt stays. */
const MISSES_RECORDED_MAX = 12;
const MISS_NOTICED_DAYS = 7;

/** Of the payments that are taken back: the date was wrong; the rest came back from the payer's bank. */
const WRONG_DATE_SHARE = 0.85;

/** When the bank learns of an event. */
export interface Noted {
  readonly on: CalendarDate;
  readonly event: BankEvent;
}

function mannerOf(random: SeededRandom): Manner {
  let left = random.fraction();
  for (const manner of MANNERS) {
    left -= manner.share;
    if (left < 0) return manner;
  }
  return MANNERS[0];
}

export class Borrower {
  readonly #plan: BankPlan;
  readonly #random: SeededRandom;
  readonly #reference: string;
  readonly #loanDate: CalendarDate;
  readonly #term: number;
  readonly #manner: Manner;
  #months = 0;
  #made = 0;
  #hasStopped = false;
  #missesInARow = 0;

  constructor(plan: BankPlan, random: SeededRandom, reference: string, loanDate: CalendarDate, term: number) {
    this.#plan = plan;
    this.#random = random;
    this.#reference = reference;
    this.#loanDate = loanDate;
    this.#term = term;
    this.#manner = mannerOf(random);
  }

  /** The day of the next month's decision; undefined: nothing is heard of this loan any more. */
  get nextDue(): CalendarDate | undefined {
    if (this.#made >= this.#term || this.#missesInARow >= MISSES_RECORDED_MAX) return undefined;
    return addMonths(this.#loanDate, this.#months + 1);
  }

  /** Lives through the month of `nextDue`. */
  month(): Noted[] {
    this.#months++;
    const due = addMonths(this.#loanDate, this.#months);
    const harder = isCrisis(this.#plan, due) ? CRISIS_FACTOR : 1;
    this.#hasStopped ||= this.#random.chance(this.#manner.defaults * harder);
    if (this.#hasStopped || this.#random.chance(this.#manner.missed * harder)) return this.#misses(due);
    this.#missesInARow = 0;
    this.#made++;
    if (this.#random.chance(this.#manner.caughtUp * harder)) {
      const caughtUp = this.#catchesUp(due);
      if (caughtUp !== undefined) return caughtUp;
    }
    return this.#pays(due);
  }

  #payment(payment: Payment['payment'], date: CalendarDate, fate: Payment['fate']): Payment {
    return { kind: 'payment', reference: this.#reference, payment, date, fate };
  }

  /** A day so much later, but in the same month: a month holds one record. */
  #within(date: CalendarDate, daysLater: number): CalendarDate {
    return Math.min(date + daysLater, monthEnd(monthOf(date)));
  }

  #misses(due: CalendarDate): Noted[] {
    this.#missesInARow++;
    const on = workingDayFrom(monthEnd(monthOf(due)));
    return [{ on, event: this.#payment('missed', due, 'stands') }];
  }

  /** Undefined where the month is too short for that. */
  #catchesUp(due: CalendarDate): Noted[] | undefined {
    const noticed = workingDayFrom(due + MISS_NOTICED_DAYS);
    const paid = noticed + this.#random.integer(1, 6);
    if (monthOf(paid) !== monthOf(due)) return undefined;
    return [
      { on: noticed, event: this.#payment('missed', due, 'goes') },
      { on: workingDayFrom(paid), event: this.#payment('made', paid, 'replaces') },
    ];
  }

  #pays(due: CalendarDate): Noted[] {
    const isLate = this.#random.chance(this.#manner.daysLate);
    const lag = isLate ? this.#random.integer(3, 12) : this.#random.integer(0, 1);
    const date = this.#within(due, workingDayFrom(due + lag) - due);
    const { daysLate, monthsLate, reversed } = this.#plan.shares;
    const luck = this.#random.fraction();
    if (luck < monthsLate) {
      const on = workingDayFrom(date + this.#random.integer(30, 120));
      return [{ on, event: this.#payment('made', date, 'stands') }];
    }
    const delay = luck < monthsLate + daysLate ? this.#random.integer(1, 5) : 0;
    const on = workingDayFrom(date + delay);
    if (this.#random.chance(reversed)) return this.#paysInVain(date, on);
    return [{ on, event: this.#payment('made', date, 'stands') }];
  }

  /** Recorded, taken back, and recorded as it was; or not at all, where the money went back. */
  #paysInVain(date: CalendarDate, on: CalendarDate): Noted[] {
    const back = workingDayFrom(on + this.#random.integer(2, 8));
    const isWrongDate = this.#random.chance(WRONG_DATE_SHARE);
    const reversal = (reason: string): Noted => ({
      on: back,
      event: { kind: 'payment-reversal', reference: this.#reference, date, reason },
    });
    const first: Noted = { on, event: this.#payment('made', date, 'goes') };
    // The last payments always arrive: one that only seemed to would leave no room for the one after it.
    if (isWrongDate || this.#made + 2 >= this.#term) {
      const right = date > monthStart(monthOf(date)) ? date - 1 : date;
      const again: Noted = { on: back, event: this.#payment('made', right, 'stands') };
      return [first, reversal('the value date was wrong'), again];
    }
    this.#made--;
    const again: Noted = { on: back, event: this.#payment('missed', date, 'stands') };
    return [first, reversal('the direct debit was returned'), again];
  }
}
