// Payments that are booked while reads are measured: 100 a second, at an even pace, over HTTP. One in ten is backdated,
// to a month drawn from all of the book's years and a loan drawn from those that can be paid in it; the others pay any
// loan's next month. Loans are those of the book that are not paid off. A book that is too small has none left after a
// while; how many were booked is told.

import { Agent, request } from 'node:http';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import { type CalendarMonth, formatDate, monthOf, monthStart } from '../src/domain/calendar-date.ts';
import type { BookLoan } from './book-loans.ts';
import { FIRST_YEAR, LAST_YEAR } from './generated-loans.ts';
import { V1_HEADERS } from './requests.ts';

const EVERY_MS = 10;
const ONE_IN_SO_MANY_BACKDATED = 10;
/** More are not under way at once: a server that is behind gets no more. */
const UNDER_WAY_MAX = 64;
const FIRST_MONTH: CalendarMonth = FIRST_YEAR * 12;
const LAST_MONTH: CalendarMonth = LAST_YEAR * 12 + 11;
const DAY_MAX = 28;
/** Draws of a loan that can be paid in a month, or at all, before it is left. */
const DRAWS_MAX = 1000;

interface OpenLoan {
  readonly id: string;
  left: number;
  /** All months from this one on are free. */
  freeFrom: CalendarMonth;
  /** A month that was paid out of turn. */
  readonly taken: Set<CalendarMonth>;
}

export class BookedPayments {
  readonly #random = new SeededRandom(59);
  readonly #loans: OpenLoan[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: UNDER_WAY_MAX });
  #drawn = 0;

  constructor(loans: readonly BookLoan[]) {
    this.#loans = loans
      .filter(({ paymentsLeft }) => paymentsLeft > 0)
      .map(({ id, date, paymentsLeft, lastMonth }) => ({
        id,
        left: paymentsLeft,
        freeFrom: Math.max(lastMonth ?? 0, monthOf(date)) + 1,
        taken: new Set(),
      }));
  }

  /** Books until it is stopped; the stop resolves, when all are answered, with how many a second were booked. */
  start(url: string): () => Promise<number> {
    const underWay = new Set<Promise<void>>();
    let booked = 0;
    let failure: Error | undefined;
    let due = 0;
    const startedMs = performance.now();
    const timer = setInterval(() => {
      // A timer that comes late catches up.
      while (due <= performance.now() - startedMs) {
        due += EVERY_MS;
        if (underWay.size >= UNDER_WAY_MAX) continue;
        const payment = this.#next();
        if (payment === undefined) continue;
        const sent = this.#send(url, payment)
          .then(() => {
            booked++;
          })
          .catch((error: Error) => {
            failure ??= error;
          })
          .finally(() => underWay.delete(sent));
        underWay.add(sent);
      }
    }, EVERY_MS);
    return async () => {
      clearInterval(timer);
      const seconds = (performance.now() - startedMs) / 1000;
      await Promise.all(underWay);
      if (failure !== undefined) throw failure;
      return booked / seconds;
    };
  }

  #next(): { id: string; month: CalendarMonth } | undefined {
    if (this.#drawn++ % ONE_IN_SO_MANY_BACKDATED !== 0) return this.#inTurn();
    const month = this.#random.integer(FIRST_MONTH, LAST_MONTH);
    const loan = this.#draw((open) => month >= open.freeFrom && !open.taken.has(month));
    if (loan === undefined) return undefined;
    loan.left--;
    loan.taken.add(month);
    return { id: loan.id, month };
  }

  #inTurn(): { id: string; month: CalendarMonth } | undefined {
    const loan = this.#draw(() => true);
    if (loan === undefined) return undefined;
    loan.left--;
    let month = Math.max(loan.freeFrom, LAST_MONTH + 1);
    while (loan.taken.has(month)) month++;
    loan.taken.add(month);
    return { id: loan.id, month };
  }

  /** Any loan with a payment left that fits. */
  #draw(fits: (loan: OpenLoan) => boolean): OpenLoan | undefined {
    for (let draw = 0; draw < DRAWS_MAX && this.#loans.length > 0; draw++) {
      const loan = this.#random.pick(this.#loans);
      if (loan.left > 0 && fits(loan)) return loan;
    }
    return undefined;
  }

  #send(url: string, { id, month }: { id: string; month: CalendarMonth }): Promise<void> {
    const date = formatDate(monthStart(month) + this.#random.integer(0, DAY_MAX - 1));
    const body = `{"payment":"made","date":"${date}"}`;
    const headers = { ...V1_HEADERS, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(`${url}/v1/loans/${id}/payments`, { method: 'POST', headers, agent: this.#agent });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 201) resolve();
          else reject(new Error(`a payment of ${date} was answered ${response.statusCode}: ${text}`));
        });
      });
      sent.end(body);
    });
  }
}
