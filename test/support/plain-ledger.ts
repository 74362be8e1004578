// What a ledger must do with commands, told plainly: every record in a list, every answer counted from all of them.
// Slow and obvious, for comparison with the executor on a real database. It knows no batch and no timeline.

import { principalAfter } from '../../src/domain/annuity.ts';
import { addSums, type BookSums, NO_SUMS } from '../../src/domain/book.ts';
import { type CalendarDate, monthOf } from '../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../src/domain/loan.ts';
import type { PaymentKind } from '../../src/domain/payment.ts';
import { dueDate } from '../../src/domain/schedule.ts';
import type { Command, IssueLoan, RecordPayment } from '../../src/ledger/commands.ts';

interface PlainPayment {
  readonly kind: PaymentKind;
  readonly date: CalendarDate;
  readonly recordedOn: CalendarDate;
}

export interface PlainLoan {
  readonly reference: string | null;
  readonly terms: LoanTerms;
  readonly recordedOn: CalendarDate;
  readonly payments: PlainPayment[];
  /** The test tells it, once the real ledger has said it. */
  id: string | undefined;
}

function isSame(a: LoanTerms, b: LoanTerms): boolean {
  const members = ['amountCents', 'rate', 'term', 'date', 'installmentCents'] as const;
  return members.every((member) => a[member] === b[member]);
}

export class PlainLedger {
  readonly loans: PlainLoan[] = [];
  bookDay = Number.NEGATIVE_INFINITY;

  /** Takes a command on a date; says what becomes of it in the words of ledger-commands.ts. */
  tell(command: Command, today: CalendarDate): string {
    this.bookDay = Math.max(this.bookDay, today);
    return command.kind === 'issue-loan' ? this.#issue(command) : this.#pay(command);
  }

  #issue({ reference, terms, ifRecorded }: IssueLoan): string {
    const holder = this.loans.find((loan) => reference !== null && loan.reference === reference);
    if (holder !== undefined) {
      return ifRecorded === 'skip' && isSame(holder.terms, terms) ? 'already-recorded' : 'reference-taken';
    }
    this.loans.push({ reference, terms, recordedOn: this.bookDay, payments: [], id: undefined });
    return 'issued';
  }

  #pay({ loan: key, payment: kind, date, amountCents, ifRecorded }: RecordPayment): string {
    const loan = this.loans.find(({ id, reference }) =>
      key.by === 'id' ? id === key.id : reference === key.reference,
    );
    if (loan === undefined) return 'unknown-loan';
    const { terms, payments } = loan;
    const isRightAmount = amountCents === undefined || amountCents === terms.installmentCents;
    const isThere = payments.some((payment) => payment.kind === kind && payment.date === date);
    if (ifRecorded === 'skip' && isThere && isRightAmount) return 'already-recorded';
    if (date < terms.date) return 'refused before-loan';
    if (!isRightAmount) return 'refused wrong-amount';
    if (payments.some((payment) => monthOf(payment.date) === monthOf(date))) return 'refused duplicate';
    const made = payments.filter((payment) => payment.kind === 'made').length;
    if (kind === 'made' && made === terms.term) return 'refused paid-off';
    payments.push({ kind, date, recordedOn: this.bookDay });
    return 'recorded';
  }

  /** M(asOf) of a loan, as known on a date. */
  paymentsMade(loan: PlainLoan, asOf: CalendarDate, knownAt = Number.POSITIVE_INFINITY): number {
    return loan.payments.filter(
      ({ kind, date, recordedOn }) => kind === 'made' && date <= asOf && recordedOn <= knownAt,
    ).length;
  }

  /** The loans outstanding as of a date that fall due next within a range. */
  outstanding(
    asOf: CalendarDate,
    knownAt = Number.POSITIVE_INFINITY,
    dueFrom = Number.NEGATIVE_INFINITY,
    dueBefore = Number.POSITIVE_INFINITY,
  ): BookSums {
    let sums = NO_SUMS;
    for (const loan of this.loans) {
      const { terms } = loan;
      if (terms.date > asOf || loan.recordedOn > knownAt) continue;
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

  /** The same, cut at descending due dates as the store cuts it. */
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
