// The ledger: the bank's use cases over a store. Everything above it (HTTP, the command line) speaks to this.

import { type Arrears, arrearsOf, bucketEdges } from '../domain/arrears.ts';
import { balanceOf, type LoanBalance } from '../domain/balance.ts';
import type { BookSums } from '../domain/book.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { decideTerms, type LoanRequest, type TermsDecision } from '../domain/loan.ts';
import type { Rounding } from '../domain/rounding.ts';
import type { Bank, LoanRecord, Origin, RecordId, Store } from '../store/store.ts';
import { Batcher } from './batcher.ts';
import type { Clock } from './clock.ts';
import type { BatchExecutor, IssueOutcome, PaymentOutcome, RecordPayment } from './commands.ts';

// What callers of the ledger handle comes from here: they never reach past it to the store.
export type { Bank, LoanRecord, Origin, RecordId } from '../store/store.ts';
export { StoreUnavailable } from '../store/store-errors.ts';

export interface LedgerParts {
  /** Answers questions; writes go through `execute`. */
  readonly store: Store;
  readonly execute: BatchExecutor;
  readonly clock: Clock;
  readonly dateAt: (at: number) => CalendarDate;
  readonly rounding: Rounding;
}

export type BalanceAnswer =
  | { readonly kind: 'balance'; readonly loan: LoanRecord; readonly balance: LoanBalance }
  | { readonly kind: 'unknown-loan' }
  | { readonly kind: 'before-loan'; readonly loanDate: CalendarDate };

export class Ledger {
  readonly bank: Bank;
  readonly #store: Store;
  readonly #batcher: Batcher;
  readonly #clock: Clock;
  readonly #dateAt: (at: number) => CalendarDate;
  readonly #rounding: Rounding;

  constructor({ store, execute, clock, dateAt, rounding }: LedgerParts) {
    this.bank = store.bank;
    this.#store = store;
    this.#batcher = new Batcher(execute);
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

  /** Issues a loan on terms that `quote` gave. Resolves after the commit. */
  issueLoan(
    terms: Extract<TermsDecision, { ok: true }>['terms'],
    reference: string | null,
    origin: Origin,
  ): Promise<IssueOutcome> {
    return this.#batcher.submit({ kind: 'issue-loan', terms, reference, ifRecorded: 'refuse', origin });
  }

  /** Records a payment, made or missed. Resolves after the commit. */
  recordPayment(payment: Omit<RecordPayment, 'kind' | 'ifRecorded'>): Promise<PaymentOutcome> {
    return this.#batcher.submit({ kind: 'record-payment', ifRecorded: 'refuse', ...payment });
  }

  loan(id: RecordId): Promise<LoanRecord | undefined> {
    return this.#store.loanById(id);
  }

  /** One loan as of a date. */
  async balance(id: RecordId, asOf: CalendarDate): Promise<BalanceAnswer> {
    const found = await this.#store.loanAsOf(id, asOf, undefined);
    if (found === undefined) return { kind: 'unknown-loan' };
    const { loan, paymentsMade } = found;
    if (asOf < loan.terms.date) return { kind: 'before-loan', loanDate: loan.terms.date };
    return { kind: 'balance', loan, balance: balanceOf(loan.terms, paymentsMade, asOf) };
  }

  /** The whole book as of a date: value, principal, volume. */
  outstanding(asOf: CalendarDate): Promise<BookSums> {
    return this.#store.bookAsOf(asOf, undefined);
  }

  /** Ageing and portfolio at risk as of a date; bounds are ascending days, each at least 1. */
  async arrears(asOf: CalendarDate, bounds: readonly number[]): Promise<Arrears> {
    return arrearsOf(await this.#store.bookByDueDate(asOf, undefined, bucketEdges(asOf, bounds)), bounds);
  }

  /** Resolves if the store can answer. */
  ping(): Promise<void> {
    return this.#store.ping();
  }

  /** Resolves when every submitted command has been answered. */
  settled(): Promise<void> {
    return this.#batcher.settled();
  }
}
