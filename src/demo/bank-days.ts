// The life of a made-up bank, day by day: loans that are issued, and what its borrowers pay of them. From the plan alone:
// no clock, no database. It holds the borrowers of loans that still run, and no more of the past or the future than that,
// so a bank of a million loans goes through it too.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { BankDay, BankEvent } from './bank-events.ts';
import type { BankPlan } from './bank-plan.ts';
import { Borrower } from './borrower.ts';
import { lendingWeights } from './economy.ts';
import { loanRequest } from './products.ts';
import { SeededRandom } from './seeded-random.ts';
import { isWorkingDay, workingDayFrom } from './working-days.ts';

/** Loans are numbered in the order of their issue. */
const FIRST_NUMBER = 1_000_001;

/** The reference of the first loan of every such bank. */
export const FIRST_REFERENCE = String(FIRST_NUMBER);

/** Lists by day, each taken once. */
class Days<Item> {
  readonly #lists = new Map<CalendarDate, Item[]>();

  add(date: CalendarDate, item: Item): void {
    const list = this.#lists.get(date);
    if (list === undefined) this.#lists.set(date, [item]);
    else list.push(item);
  }

  take(date: CalendarDate): readonly Item[] {
    const list = this.#lists.get(date) ?? [];
    this.#lists.delete(date);
    return list;
  }
}

/** How many loans are issued on each working day: as the economy wants it, with some chance in it. */
function issuedByDay(plan: BankPlan, random: SeededRandom): Map<CalendarDate, number> {
  const days = lendingWeights(plan);
  const inAll = days.reduce((sum, { weight }) => sum + weight, 0);
  const issued = new Map<CalendarDate, number>();
  let day = 0;
  let passed = days[0]?.weight ?? 0;
  for (let loan = 0; loan < plan.loans; loan++) {
    const place = ((loan + random.fraction()) / plan.loans) * inAll;
    while (place > passed && day < days.length - 1) passed += days[++day]?.weight ?? 0;
    const date = days[day]?.date;
    if (date !== undefined) issued.set(date, (issued.get(date) ?? 0) + 1);
  }
  return issued;
}

/** All days of the bank on which something is recorded, in order. */
export function* bankDays(plan: BankPlan): Generator<BankDay, void, undefined> {
  const random = new SeededRandom(plan.seed);
  const issued = issuedByDay(plan, random);
  const due = new Days<Borrower>();
  const noted = new Days<BankEvent>();
  let number = FIRST_NUMBER;

  const issue = (date: CalendarDate): BankEvent => {
    const reference = String(number++);
    const request = loanRequest(date, plan.minorDigits, random);
    const isMistake = random.chance(plan.shares.loansReversed);
    if (isMistake) {
      const reason = 'issued twice';
      noted.add(workingDayFrom(date + random.integer(1, 3)), { kind: 'loan-reversal', reference, reason });
    } else comesBack(new Borrower(plan, random, reference, date, request.term));
    return { kind: 'issue', reference, request, isMistake };
  };
  const comesBack = (borrower: Borrower): void => {
    const { nextDue } = borrower;
    if (nextDue !== undefined && nextDue <= plan.until) due.add(nextDue, borrower);
  };

  for (let date = plan.from; date <= plan.until; date++) {
    for (const borrower of due.take(date)) {
      for (const { on, event } of borrower.month()) if (on <= plan.until) noted.add(on, event);
      comesBack(borrower);
    }
    if (!isWorkingDay(date)) continue;
    const events = Array.from({ length: issued.get(date) ?? 0 }, () => issue(date));
    for (const event of noted.take(date)) events.push(event);
    if (events.length > 0) yield { date, events };
  }
}
