// The ledger: the bank's use cases over a store. Everything above it (HTTP, the command line) speaks to this.

import { type Arrears, arrearsOf, bucketEdges } from '../domain/arrears.ts';
import { balanceOf, type LoanBalance, REVERSED_BALANCE } from '../domain/balance.ts';
import { addSums, type BookSums } from '../domain/book.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { decideTerms, type LoanRequest, type LoanTerms, type TermsDecision } from '../domain/loan.ts';
import type { Rounding } from '../domain/rounding.ts';
import type {
  Bank,
  BookMovements,
  LoanFilter,
  LoanPage,
  LoanRecord,
  LoanRecords,
  Origin,
  PaymentRecord,
  RecordId,
  Store,
} from '../store/store.ts';
import type { BatchObserver } from './batch-observer.ts';
import { Batcher } from './batcher.ts';
import type { BookQuestions } from './book-mirror.ts';
import type { Clock } from './clock.ts';
import type {
  Answer,
  EarlyRefusal,
  IdempotencyKey,
  IssueOutcome,
  KeyUsed,
  LaneExecutor,
  OutcomeOf,
  RecordPayment,
  ReverseLoan,
  ReversePayment,
} from './commands.ts';

// What callers of the ledger handle comes from here: they never reach past it to the store.
export type {
  Bank,
  LoanFilter,
  LoanRecord,
  LoanRecords,
  Origin,
  PaymentRecord,
  RecordId,
  ReversalRecord,
} from '../store/store.ts';
export { StoreUnavailable } from '../store/store-errors.ts';

export interface LedgerParts {
  /** Answers questions; writes go through `execute`. */
  readonly store: Store;
  /** Answers questions about the whole book where it can do so faster than the store. */
  readonly book?: BookQuestions;
  readonly execute: LaneExecutor;
  readonly clock: Clock;
  readonly dateAt: (at: number) => CalendarDate;
  readonly rounding: Rounding;
  readonly observer?: BatchObserver;
}

/** What every write comes with. */
interface Commanded {
  readonly origin: Origin;
  readonly idempotency?: IdempotencyKey;
}

export type BalanceAnswer =
  | { readonly kind: 'balance'; readonly terms: LoanTerms; readonly balance: LoanBalance }
  | { readonly kind: 'unknown-loan' }
  | { readonly kind: 'before-loan'; readonly loanDate: CalendarDate };

/** The movements of a period, with what stands at its end. */
export interface Movements extends BookMovements {
  readonly closing: BookSums;
}

export class Ledger {
  readonly bank: Bank;
  readonly #store: Store;
  readonly #book: BookQuestions;
  readonly #batcher: Batcher;
  readonly #clock: Clock;
  readonly #dateAt: (at: number) => CalendarDate;
  readonly #rounding: Rounding;
  /** The book day is at least this; it only moves forward, so an old value is never wrong. */
  #bookDayAtLeast: CalendarDate = Number.NEGATIVE_INFINITY;

  constructor({ store, book = store, execute, clock, dateAt, rounding, observer }: LedgerParts) {
    this.bank = store.bank;
    this.#store = store;
    this.#book = book;
    this.#batcher = new Batcher(execute, store, observer);
    this.#clock = clock;
    this.#dateAt = dateAt;
    this.#rounding = rounding;
  }

  /** Today in the bank's time zone: the default as-of date. */
  today(): CalendarDate {
    return this.#dateAt(this.#clock());
  }

  /** The terms under which the bank would issue a loan now, or why it would not. Nothing is recorded. */
  quote(request: LoanRequest): TermsDecision {
    return decideTerms(request, this.#rounding);
  }

  /** Issues a loan, or refuses its terms. Resolves after the commit. */
  async issueLoan(
    request: LoanRequest,
    reference: string | null,
    commanded: Commanded,
  ): Promise<Answer<IssueOutcome | KeyUsed>> {
    const decision = this.quote(request);
    if (decision.ok) {
      const { terms } = decision;
      return this.#batcher.submit({
        kind: 'issue-loan',
        terms,
        reference,
        ifRecorded: 'refuse',
        ...commanded,
      });
    }
    return this.refuse({ kind: 'terms-refused', faults: decision.faults }, commanded);
  }

  /** Refuses what need not be asked any further; under an idempotency key the refusal is kept like any other. */
  async refuse<Refusal extends EarlyRefusal>(
    refusal: Refusal,
    commanded: Commanded,
  ): Promise<Answer<Refusal | KeyUsed>> {
    if (commanded.idempotency?.keeps !== 'refusals') return { outcome: refusal, replayOf: null };
    const answer = await this.#batcher.submit({ kind: 'refuse', refusal, ...commanded });
    return answer as Answer<Refusal | KeyUsed>;
  }

  /** Records a payment, made or missed. Resolves after the commit. */
  recordPayment(
    payment: Omit<RecordPayment, 'kind' | 'ifRecorded'>,
  ): Promise<Answer<OutcomeOf<RecordPayment>>> {
    return this.#batcher.submit({ kind: 'record-payment', ifRecorded: 'refuse', ...payment });
  }

  /** Takes a payment record back. Resolves after the commit. */
  reversePayment(reversal: Omit<ReversePayment, 'kind'>): Promise<Answer<OutcomeOf<ReversePayment>>> {
    return this.#batcher.submit({ kind: 'reverse-payment', ...reversal });
  }

  /** Takes a loan back that was issued by mistake. Resolves after the commit. */
  reverseLoan(reversal: Omit<ReverseLoan, 'kind'>): Promise<Answer<OutcomeOf<ReverseLoan>>> {
    return this.#batcher.submit({ kind: 'reverse-loan', ...reversal });
  }

  loan(id: RecordId): Promise<LoanRecord | undefined> {
    return this.#store.loanById(id);
  }

  /**
   * The latest date that a question may name as known at: today or, where another process's clock is ahead, the book
   * day. Only what is known at this date can still change.
   */
  async knownToday(): Promise<CalendarDate> {
    return Math.max(this.today(), await this.#store.bookDay());
  }

  /** A payment record, with its loan. */
  payment(id: RecordId): Promise<{ loan: LoanRecord; payment: PaymentRecord } | undefined> {
    return this.#store.paymentById(id);
  }

  /** Everything that was ever recorded of a loan. */
  records(id: RecordId): Promise<LoanRecords | undefined> {
    return this.#store.loanRecords(id);
  }

  /** A page of loans; undefined where `after` is no cursor of such a list. */
  loans(filter: LoanFilter, after: string | null, limit: number): Promise<LoanPage | undefined> {
    return this.#store.loans(filter, after, limit);
  }

  /** One loan as of a date, as known on a date. */
  async balance(id: RecordId, asOf: CalendarDate, knownAt?: CalendarDate): Promise<BalanceAnswer> {
    await this.fix(knownAt);
    const found = await this.#store.loanAsOf(id, asOf, knownAt);
    if (found === undefined) return { kind: 'unknown-loan' };
    const { terms, paymentsMade, reversed } = found;
    if (asOf < terms.date) return { kind: 'before-loan', loanDate: terms.date };
    const balance = reversed ? REVERSED_BALANCE : balanceOf(terms, paymentsMade, asOf);
    return { kind: 'balance', terms, balance };
  }

  /** The whole book as of a date, as known on a date: value, principal, volume. */
  async outstanding(asOf: CalendarDate, knownAt?: CalendarDate): Promise<BookSums> {
    await this.fix(knownAt);
    return this.#book.bookAsOf(asOf, knownAt);
  }

  /** The whole book as of each date (ascending). */
  async outstandingSeries(dates: readonly CalendarDate[], knownAt?: CalendarDate): Promise<BookSums[]> {
    await this.fix(knownAt);
    return this.#book.bookSeries(dates, knownAt);
  }

  /** Ageing and portfolio at risk as of a date; bounds are ascending days, each at least 1. */
  async arrears(asOf: CalendarDate, bounds: readonly number[], knownAt?: CalendarDate): Promise<Arrears> {
    await this.fix(knownAt);
    return arrearsOf(await this.#book.bookByDueDate(asOf, knownAt, bucketEdges(asOf, bounds)), bounds);
  }

  /** Ageing and portfolio at risk as of each date (ascending). */
  async arrearsSeries(
    dates: readonly CalendarDate[],
    bounds: readonly number[],
    knownAt?: CalendarDate,
  ): Promise<Arrears[]> {
    await this.fix(knownAt);
    const points = await this.#book.bookByDueDateSeries(dates, knownAt, bounds);
    return points.map((sums) => arrearsOf(sums, bounds));
  }

  /** What moved the book in a period: opening + issued + paid + reversed = closing (what is paid is negative). */
  async movements(from: CalendarDate, to: CalendarDate, knownAt?: CalendarDate): Promise<Movements> {
    await this.fix(knownAt);
    const moved = await this.#store.bookMovements(from, to, knownAt);
    const { opening, issued, paid, reversed } = moved;
    return { ...moved, closing: [issued, paid, reversed].reduce(addSums, opening) };
  }

  /** Resolves if the store can take questions and writes. */
  ready(): Promise<void> {
    return this.#store.ready();
  }

  /** Rows of the book by table: how large it is, whatever the number of loans. */
  bookRows(): Promise<Readonly<Record<string, number>>> {
    return this.#store.bookRows();
  }

  /** How many commands wait to be recorded. */
  get commandsWaiting(): number {
    return this.#batcher.waiting;
  }

  /** Resolves when every submitted command has been answered. */
  settled(): Promise<void> {
    return this.#batcher.settled();
  }

  /**
   * Makes sure that the answer for a known-at date that has passed never changes again: nothing may be recorded on
   * that date any more. Waits for the writers still under way, in whatever process (DOMAIN.md section 6).
   */
  async fix(knownAt: CalendarDate | undefined): Promise<void> {
    if (knownAt === undefined || knownAt < this.#bookDayAtLeast) return;
    const date = knownAt + 1;
    await this.#batcher.submit({ kind: 'pass-book-day', date });
    this.#bookDayAtLeast = Math.max(this.#bookDayAtLeast, date);
  }
}
