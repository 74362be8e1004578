// What a ledger must do with commands, told plainly: every record in a list, every answer counted from all of them.
// Slow and obvious, for comparison with the executor on a real database. It knows no batch and no timeline.

import { principalAfter } from '../../src/domain/annuity.ts';
import { addSums, type BookSums, NO_SUMS } from '../../src/domain/book.ts';
import { type CalendarDate, monthOf } from '../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../src/domain/loan.ts';
import type { PaymentKind } from '../../src/domain/payment.ts';
import { dueDate } from '../../src/domain/schedule.ts';
import type {
  Command,
  IdempotencyKey,
  IssueLoan,
  RecordPayment,
  ReverseLoan,
  ReversePayment,
} from '../../src/ledger/commands.ts';
import type { LoanKey } from '../../src/store/store.ts';
import { words } from './ledger-commands.ts';

interface Recorded {
  readonly recordedOn: CalendarDate;
  reversedOn: CalendarDate | undefined;
  /** The test tells it, once the real ledger has said it. */
  id: string | undefined;
}

export interface PlainPayment extends Recorded {
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
}

export interface PlainLoan extends Recorded {
  readonly reference: string | null;
  readonly terms: LoanTerms;
  readonly payments: PlainPayment[];
}

const EVER = Number.POSITIVE_INFINITY;

/** Whether a record counts, as known on a date. */
function counts({ recordedOn, reversedOn }: Recorded, knownAt: CalendarDate): boolean {
  return recordedOn <= knownAt && (reversedOn === undefined || reversedOn > knownAt);
}

function isSame(a: LoanTerms, b: LoanTerms): boolean {
  const members = ['amountCents', 'rate', 'term', 'date', 'installmentCents'] as const;
  return members.every((member) => a[member] === b[member]);
}

/** Whether a word is kept as the answer under a key. */
function isKept(word: string, { keeps }: IdempotencyKey): boolean {
  if (['issued', 'recorded', 'payment-reversed', 'loan-reversed'].includes(word)) return true;
  if (['refused duplicate', 'refused paid-off', 'refused loan-reversed'].includes(word)) return true;
  const isRefusal = word.includes('refused') || word === 'reference-taken';
  return keeps === 'refusals' && isRefusal;
}

export class PlainLedger {
  readonly loans: PlainLoan[] = [];
  bookDay = Number.NEGATIVE_INFINITY;
  readonly #kept = new Map<string, { readonly fingerprint: string; readonly word: string }>();

  /** Takes a command on a date; says what becomes of it in the words of ledger-commands.ts. */
  tell(command: Command, today: CalendarDate): string {
    this.bookDay = Math.max(this.bookDay, today);
    if (command.kind === 'pass-book-day') {
      // What this batch records is recorded today all the same.
      return 'passed';
    }
    const { idempotency, origin } = command;
    if (idempotency === undefined) return this.#decide(command);
    const name = JSON.stringify([origin.recordedBy, idempotency.key]);
    const { fingerprint } = idempotency;
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept.fingerprint === fingerprint ? `${kept.word} again` : 'key-used';
    const word = this.#decide(command);
    if (isKept(word, idempotency)) this.#kept.set(name, { fingerprint, word });
    return word;
  }

  /** After a batch: the book day that commands of it have asked for. */
  pass(commands: readonly Command[]): void {
    for (const command of commands) {
      if (command.kind === 'pass-book-day') this.bookDay = Math.max(this.bookDay, command.date);
    }
  }

  #decide(command: Exclude<Command, { kind: 'pass-book-day' }>): string {
    switch (command.kind) {
      case 'issue-loan':
        return this.#issue(command);
      case 'refuse':
        return words([{ outcome: command.refusal }])[0] as string;
      case 'record-payment':
        return this.#pay(command);
      case 'reverse-payment':
        return this.#reversePayment(command);
      case 'reverse-loan':
        return this.#reverseLoan(command);
    }
  }

  #issue({ reference, terms, ifRecorded }: IssueLoan): string {
    const holder = this.loans.find((loan) => reference !== null && loan.reference === reference);
    if (holder !== undefined) {
      return ifRecorded === 'skip' && isSame(holder.terms, terms) ? 'already-recorded' : 'reference-taken';
    }
    const recordedOn = this.bookDay;
    this.loans.push({ reference, terms, recordedOn, reversedOn: undefined, payments: [], id: undefined });
    return 'issued';
  }

  #find(key: LoanKey): PlainLoan | undefined {
    return this.loans.find(({ id, reference, payments }) => {
      if (key.by === 'id') return id === key.id;
      if (key.by === 'reference') return reference === key.reference;
      return payments.some((payment) => payment.id === key.paymentId);
    });
  }

  #pay({ loan: key, payment: kind, date, amountCents, replaces, ifRecorded }: RecordPayment): string {
    const loan = this.#find(key);
    if (loan === undefined) return 'unknown-loan';
    const { terms, payments } = loan;
    const isRightAmount = amountCents === undefined || amountCents === terms.installmentCents;
    const isThere = payments.some((payment) => payment.kind === kind && payment.date === date);
    if (ifRecorded === 'skip' && isThere && isRightAmount) return 'already-recorded';
    const replaced = payments.find(({ id }) => id !== undefined && id === replaces);
    if (replaces !== undefined && replaced === undefined) return 'unknown-payment';
    if (replaced?.reversedOn !== undefined) return 'reversal refused already-reversed';
    if (loan.reversedOn !== undefined) return 'refused loan-reversed';
    if (date < terms.date) return 'refused before-loan';
    if (!isRightAmount) return 'refused wrong-amount';
    const live = payments.filter((payment) => payment.reversedOn === undefined && payment !== replaced);
    if (live.some((payment) => monthOf(payment.date) === monthOf(date))) return 'refused duplicate';
    const made = live.filter((payment) => payment.kind === 'made').length;
    if (kind === 'made' && made === terms.term) return 'refused paid-off';
    if (replaced !== undefined) replaced.reversedOn = this.bookDay;
    payments.push({ kind, date, recordedOn: this.bookDay, reversedOn: undefined, id: undefined });
    return 'recorded';
  }

  #reversePayment({ paymentId }: ReversePayment): string {
    const payment = this.loans.flatMap(({ payments }) => payments).find(({ id }) => id === paymentId);
    if (payment === undefined) return 'unknown-payment';
    if (payment.reversedOn !== undefined) return 'reversal refused already-reversed';
    payment.reversedOn = this.bookDay;
    return 'payment-reversed';
  }

  #reverseLoan({ loanId }: ReverseLoan): string {
    const loan = this.#find({ by: 'id', id: loanId });
    if (loan === undefined) return 'unknown-loan';
    if (loan.reversedOn !== undefined) return 'reversal refused already-reversed';
    if (loan.payments.some(({ reversedOn }) => reversedOn === undefined)) {
      return 'reversal refused has-payments';
    }
    loan.reversedOn = this.bookDay;
    return 'loan-reversed';
  }

  /** M(asOf) of a loan, as known on a date. */
  paymentsMade(loan: PlainLoan, asOf: CalendarDate, knownAt = EVER): number {
    return loan.payments.filter(
      (payment) => payment.kind === 'made' && payment.date <= asOf && counts(payment, knownAt),
    ).length;
  }

  /** The loans outstanding as of a date that fall due next within a range. */
  outstanding(
    asOf: CalendarDate,
    knownAt = EVER,
    dueFrom = Number.NEGATIVE_INFINITY,
    dueBefore = EVER,
  ): BookSums {
    let sums = NO_SUMS;
    for (const loan of this.loans) {
      const { terms } = loan;
      if (terms.date > asOf || !counts(loan, knownAt)) continue;
      const made = this.paymentsMade(loan, asOf, knownAt);
      if (made === terms.term) continue;
      const dueOn = dueDate(terms, made + 1);
      if (dueOn < dueFrom || dueOn >= dueBefore) continue;
      sums = addSums(sums, {
        valueCents: terms.installmentCents * BigInt(terms.term - made),
        principalCents: principalAfter(terms.amountCents, terms.rate, terms.term, made),
        volume: 1,
      });
    }
    return sums;
  }

  /** What the loans issued in a period began with; reversed ones too, whose reversal is a movement of its own. */
  issued(from: CalendarDate, to: CalendarDate, knownAt = EVER): BookSums {
    return this.loans
      .filter(({ terms, recordedOn }) => terms.date >= from && terms.date <= to && recordedOn <= knownAt)
      .map(({ terms }) => ({
        valueCents: terms.installmentCents * BigInt(terms.term),
        principalCents: terms.amountCents,
        volume: 1,
      }))
      .reduce(addSums, NO_SUMS);
  }

  /** The loans outstanding, cut at descending due dates as the store cuts it. */
  byDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): BookSums[] {
    return [...edges, Number.NEGATIVE_INFINITY].map((edge, index) =>
      this.outstanding(asOf, knownAt, edge, edges[index - 1]),
    );
  }
}
