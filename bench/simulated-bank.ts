// A bank's ten years, day by day, as commands for the ledger: loans are issued, and each month's payment comes in, most
// on its day, one in ten a few days late, one in a hundred months late; one in a hundred is reversed; some months are
// missed, and some loans are never paid off. The bank draws from a seeded generator and asks no clock: two runs make the
// same book. It keeps a few numbers a loan, not the records, so that a million loans fit into memory.

import { SeededRandom } from '../src/demo/seeded-random.ts';
import {
  addMonths,
  type CalendarDate,
  type CalendarMonth,
  dateOf,
  datePartsOf,
  formatDate,
  monthOf,
  monthStart,
} from '../src/domain/calendar-date.ts';
import { decideTerms, type LoanTerms } from '../src/domain/loan.ts';
import type { Answer, Command } from '../src/ledger/commands.ts';
import type { Origin, RecordId } from '../src/ledger/ledger.ts';
import { BASIS_POINT, FIRST_YEAR, LAST_YEAR } from './generated-loans.ts';
import { referenceOf } from './references.ts';

export const FIRST_DAY: CalendarDate = dateOf(FIRST_YEAR, 1, 1);
export const LAST_DAY: CalendarDate = dateOf(LAST_YEAR, 12, 31);
const DAYS = LAST_DAY - FIRST_DAY + 1;

/** The last day of a month on which a payment falls due here: every month has it. */
const DAY_MAX = 28;
const DAYS_AFTER_DUE_MAX = 6;

/** In a hundred. */
const DAYS_LATE_SHARE = 10;
const MONTHS_LATE_SHARE = 1;
const REVERSED_SHARE = 1;
const MISSED_SHARE = 2;
const NEVER_PAID_OFF_SHARE = 10;
const SHORT_SHARE = 85;
const MIDDLE_SHARE = 12;

const NEVER = 0xffff;

/** What the bank has done so far. */
export interface BankCounts {
  loans: number;
  payments: number;
  daysLate: number;
  monthsLate: number;
  reversals: number;
}

/** One thing that happens on a day, with what follows once it is recorded. */
interface Event {
  readonly command: Command;
  readonly recorded: (answer: Answer) => void;
}

interface LatePayment {
  readonly loan: number;
  readonly kind: 'made' | 'missed';
  readonly date: CalendarDate;
}

interface Reversal {
  readonly loan: number;
  readonly paymentId: RecordId;
}

/** What is to happen on a day that is still to come. */
interface Agenda {
  /** Loans whose next payment is made, or missed, on this day. */
  readonly due: number[];
  readonly late: LatePayment[];
  readonly reversals: Reversal[];
}

export class SimulatedBank {
  readonly counts: BankCounts = { loans: 0, payments: 0, daysLate: 0, monthsLate: 0, reversals: 0 };
  readonly #loans: number;
  readonly #random = new SeededRandom(41);
  readonly #agendas = new Map<CalendarDate, Agenda>();
  readonly #dates: Int32Array;
  readonly #terms: Uint16Array;
  /** Made payments that count or are still on their way to being recorded. */
  readonly #paid: Uint16Array;
  /** How many payments the loan ever makes, where it stops before its term. */
  readonly #stopsAfter: Uint16Array;
  /** The last month with a payment record. */
  readonly #lastMonths: Int32Array;

  constructor(loans: number) {
    this.#loans = loans;
    this.#dates = new Int32Array(loans);
    this.#terms = new Uint16Array(loans);
    this.#paid = new Uint16Array(loans);
    this.#stopsAfter = new Uint16Array(loans);
    this.#lastMonths = new Int32Array(loans);
  }

  /**
   * Everything that the bank records on a day, in a few pieces; days follow one another from FIRST_DAY to LAST_DAY.
   * `record` books commands through the ledger and answers each.
   */
  async live(day: CalendarDate, record: (commands: Command[]) => Promise<Answer[]>): Promise<void> {
    const events = this.#eventsOf(day);
    if (events.length === 0) return;
    const answers = await record(events.map(({ command }) => command));
    for (const [index, { recorded }] of events.entries()) recorded(answers[index] as Answer);
  }

  #eventsOf(day: CalendarDate): Event[] {
    // One request a day brings all of it, as an import does.
    const origin: Origin = { requestId: `import-of-${formatDate(day)}`, recordedBy: 'command-line' };
    const agenda = this.#agendas.get(day);
    this.#agendas.delete(day);
    const events: Event[] = [];
    for (const reversal of agenda?.reversals ?? []) events.push(this.#reversed(reversal, day, origin));
    for (const payment of agenda?.late ?? []) events.push(this.#received(payment, day, origin));
    for (const loan of agenda?.due ?? []) this.#fallsDue(loan, day, origin, events);
    const issuedByNow = Math.floor((this.#loans * (day - FIRST_DAY + 1)) / DAYS);
    while (this.counts.loans < issuedByNow) events.push(this.#issued(this.counts.loans++, day, origin));
    return events;
  }

  #issued(loan: number, day: CalendarDate, origin: Origin): Event {
    const terms = this.#randomTerms(day);
    this.#dates[loan] = day;
    this.#terms[loan] = terms.term;
    this.#stopsAfter[loan] = this.#chance(NEVER_PAID_OFF_SHARE)
      ? this.#random.integer(0, terms.term - 1)
      : NEVER;
    this.#lastMonths[loan] = monthOf(day);
    this.#plan(loan, monthOf(day) + 1);
    const reference = referenceOf('BOOK', loan + 1);
    return {
      command: { kind: 'issue-loan', terms, reference, ifRecorded: 'refuse', origin },
      recorded: ({ outcome }) => requireOutcome(outcome.kind, 'issued'),
    };
  }

  /** Most loans are short, so that a loan has ten payments in the mean; a few are as long as a house is paid for. */
  #randomTerms(date: CalendarDate): LoanTerms {
    const kind = this.#random.integer(1, 100);
    const [least, most] =
      kind <= SHORT_SHARE ? [3, 12] : kind <= SHORT_SHARE + MIDDLE_SHARE ? [13, 36] : [60, 360];
    const request = {
      amountCents: BigInt(this.#random.integer(50_000, 50_000_000)),
      term: this.#random.integer(least, most),
      rate: BigInt(this.#random.integer(1, 3_500)) * BASIS_POINT,
      date,
    };
    const decision = decideTerms(request, 'down');
    if (!decision.ok) throw new Error('the simulated bank made a loan that James refuses');
    return decision.terms;
  }

  /** The month's payment: it is made or missed on this day, and recorded today or later. */
  #fallsDue(loan: number, day: CalendarDate, origin: Origin, events: Event[]): void {
    const month = monthOf(day);
    const kind = this.#chance(MISSED_SHARE) ? 'missed' : 'made';
    if (kind === 'made') this.#paid[loan] = (this.#paid[loan] as number) + 1;
    this.#lastMonths[loan] = month;
    if (this.#goesOn(loan)) this.#plan(loan, month + 1);
    const payment: LatePayment = { loan, kind, date: day };
    if (this.#chance(DAYS_LATE_SHARE)) {
      this.counts.daysLate++;
      this.#agenda(day + this.#random.integer(1, 5))?.late.push(payment);
    } else if (this.#chance(MONTHS_LATE_SHARE)) {
      this.counts.monthsLate++;
      this.#agenda(addMonths(day, this.#random.integer(1, 6)))?.late.push(payment);
    } else events.push(this.#received(payment, day, origin));
  }

  #received({ loan, kind, date }: LatePayment, day: CalendarDate, origin: Origin): Event {
    this.counts.payments++;
    const key = { by: 'reference', reference: referenceOf('BOOK', loan + 1) } as const;
    const isReversed = kind === 'made' && this.#chance(REVERSED_SHARE);
    return {
      command: { kind: 'record-payment', loan: key, payment: kind, date, ifRecorded: 'refuse', origin },
      recorded: ({ outcome }) => {
        if (outcome.kind !== 'recorded')
          throw new Error(`a payment of the simulated bank was ${outcome.kind}`);
        if (!isReversed) return;
        const paymentId = outcome.payment.id;
        this.#agenda(day + this.#random.integer(1, 60))?.reversals.push({ loan, paymentId });
      },
    };
  }

  /** What is taken back is paid again in a month that is still free. */
  #reversed({ loan, paymentId }: Reversal, day: CalendarDate, origin: Origin): Event {
    this.counts.reversals++;
    const wasPaidOff = !this.#goesOn(loan);
    this.#paid[loan] = (this.#paid[loan] as number) - 1;
    if (wasPaidOff && this.#goesOn(loan)) {
      this.#plan(loan, Math.max(this.#lastMonths[loan] as number, monthOf(day)) + 1);
    }
    return {
      command: { kind: 'reverse-payment', paymentId, reason: 'returned by the bank', origin },
      recorded: ({ outcome }) => requireOutcome(outcome.kind, 'payment-reversed'),
    };
  }

  #goesOn(loan: number): boolean {
    const most = Math.min(this.#terms[loan] as number, this.#stopsAfter[loan] as number);
    return (this.#paid[loan] as number) < most;
  }

  /** A payment in a month: on the loan's day of the month or a little later. */
  #plan(loan: number, month: CalendarMonth): void {
    if (!this.#goesOn(loan)) return;
    const { day } = datePartsOf(this.#dates[loan] as number);
    const paidOn = Math.min(day + this.#random.integer(0, DAYS_AFTER_DUE_MAX), DAY_MAX);
    this.#agenda(monthStart(month) + paidOn - 1)?.due.push(loan);
  }

  /** Undefined: after the last day. */
  #agenda(day: CalendarDate): Agenda | undefined {
    if (day > LAST_DAY) return undefined;
    let agenda = this.#agendas.get(day);
    if (agenda === undefined) {
      agenda = { due: [], late: [], reversals: [] };
      this.#agendas.set(day, agenda);
    }
    return agenda;
  }

  #chance(share: number): boolean {
    return this.#random.integer(1, 100) <= share;
  }
}

function requireOutcome(kind: string, expected: string): void {
  if (kind !== expected) throw new Error(`the simulated bank expected ${expected} and heard ${kind}`);
}
