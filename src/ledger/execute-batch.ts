// Decides and records a batch of commands in one transaction of the store (DESIGN.md, "Deciding and storing").
// Each command is decided in turn against what the store holds and what the batch has accepted so far; a refused one
// leaves no trace and harms no neighbour.

import { BookChanges } from '../domain/book.ts';
import { type CalendarDate, type CalendarMonth, monthOf } from '../domain/calendar-date.ts';
import type { LoanTerms } from '../domain/loan.ts';
import { decidePayment, type MonthRecord } from '../domain/payment.ts';
import { originationOf } from '../domain/timeline.ts';
import type {
  LoanHistory,
  LoanKey,
  LoanRecord,
  NewPayment,
  RecordId,
  Recording,
  Store,
  WriteNeed,
  Writes,
} from '../store/store.ts';
import type { Clock } from './clock.ts';
import type {
  BatchExecutor,
  Command,
  IssueLoan,
  IssueOutcome,
  Outcome,
  PaymentOutcome,
  RecordPayment,
} from './commands.ts';

export interface ExecutorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly dateAt: (at: number) => CalendarDate;
  readonly newId: () => RecordId;
}

/** What has become of a loan in the course of a batch. */
interface Standing {
  readonly loan: LoanRecord;
  readonly terms: LoanTerms;
  paymentsMade: number;
  readonly records: MonthRecord[];
}

function keyName(key: LoanKey): string {
  return key.by === 'id' ? `#${key.id}` : `=${key.reference}`;
}

/** One need for each loan that is named, from the earliest month that any command names. */
function needsOf(commands: readonly Command[]): WriteNeed[] {
  const needs = new Map<string, { loan: LoanKey; fromMonth: CalendarMonth | undefined }>();
  const add = (loan: LoanKey, fromMonth: CalendarMonth | undefined): void => {
    const name = keyName(loan);
    const need = needs.get(name);
    if (need === undefined) needs.set(name, { loan, fromMonth });
    else if (fromMonth !== undefined) need.fromMonth = Math.min(need.fromMonth ?? fromMonth, fromMonth);
  };
  for (const command of commands) {
    if (command.kind === 'record-payment') add(command.loan, monthOf(command.date));
    else if (command.reference !== null) add({ by: 'reference', reference: command.reference }, undefined);
  }
  return [...needs.values()];
}

function sameTerms(a: LoanTerms, b: LoanTerms): boolean {
  return (
    a.amountCents === b.amountCents &&
    a.rate === b.rate &&
    a.term === b.term &&
    a.date === b.date &&
    a.installmentCents === b.installmentCents
  );
}

/** The decisions of one batch, made in order, with all that they write. */
class Batch {
  readonly #standings = new Map<string, Standing>();
  readonly #recording: Recording;
  readonly #newId: () => RecordId;
  readonly #loans: LoanRecord[] = [];
  readonly #payments: NewPayment[] = [];
  readonly #paymentsMade = new Map<RecordId, { terms: LoanTerms; paymentsMade: number }>();
  readonly #changes = new BookChanges();

  constructor(histories: readonly (LoanHistory | undefined)[], recording: Recording, newId: () => RecordId) {
    this.#recording = recording;
    this.#newId = newId;
    // One loan may be named by its id and by its reference; both lead to the same standing.
    for (const history of histories) {
      if (history === undefined) continue;
      const known = this.#standings.get(`#${history.loan.id}`);
      const records = [...history.records];
      const longer = known === undefined || records.length > known.records.length;
      if (longer) this.#stand({ ...history, records });
    }
  }

  decide(command: Command): Outcome {
    return command.kind === 'issue-loan' ? this.#issueLoan(command) : this.#recordPayment(command);
  }

  writes(): Writes {
    return {
      recording: this.#recording,
      loans: this.#loans,
      payments: this.#payments,
      paymentsMade: this.#paymentsMade,
      changes: this.#changes.sorted(),
    };
  }

  #stand(standing: Standing): void {
    this.#standings.set(`#${standing.loan.id}`, standing);
    if (standing.loan.reference !== null) this.#standings.set(`=${standing.loan.reference}`, standing);
  }

  #issueLoan({ terms, reference, ifRecorded, origin }: IssueLoan): IssueOutcome {
    const holder = reference === null ? undefined : this.#standings.get(`=${reference}`);
    if (holder !== undefined) {
      return ifRecorded === 'skip' && sameTerms(holder.terms, terms)
        ? { kind: 'already-recorded' }
        : { kind: 'reference-taken', by: holder.loan.id };
    }
    const loan: LoanRecord = {
      id: this.#newId(),
      reference,
      terms,
      recording: this.#recording,
      origin,
      paymentsMade: 0,
    };
    this.#stand({ loan, terms, paymentsMade: 0, records: [] });
    this.#loans.push(loan);
    this.#changes.add('issued', originationOf(terms));
    return { kind: 'issued', loan };
  }

  #recordPayment(command: RecordPayment): PaymentOutcome {
    const standing = this.#standings.get(keyName(command.loan));
    if (standing === undefined) return { kind: 'unknown-loan' };
    const { loan, terms } = standing;
    const { payment: kind, date } = command;
    if (command.ifRecorded === 'skip' && this.#isRecorded(standing, command)) {
      return { kind: 'already-recorded' };
    }
    const { amountCents } = command;
    const request = amountCents === undefined ? { kind, date } : { kind, date, amountCents };
    const decision = decidePayment(standing, request);
    if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };

    const payment: NewPayment = {
      id: this.#newId(),
      loanId: loan.id,
      kind,
      date,
      recording: this.#recording,
      origin: command.origin,
    };
    this.#payments.push(payment);
    standing.records.push({ kind, date, reversed: false });
    if (decision.paymentsMade !== standing.paymentsMade) {
      standing.paymentsMade = decision.paymentsMade;
      this.#paymentsMade.set(loan.id, { terms, paymentsMade: decision.paymentsMade });
    }
    this.#changes.add('paid', decision.changes);
    const { id, loanId, recording } = payment;
    return {
      kind: 'recorded',
      payment: { id, loanId, kind, date, amountCents: terms.installmentCents, recording },
    };
  }

  /** Whether an equal record is there, also a reversed one: what an import run again would book twice. */
  #isRecorded(standing: Standing, { payment, date, amountCents }: RecordPayment): boolean {
    const amountIsRight = amountCents === undefined || amountCents === standing.terms.installmentCents;
    return (
      amountIsRight && standing.records.some((record) => record.kind === payment && record.date === date)
    );
  }
}

/** The executor that writes to a store in this thread. */
export function batchExecutor({ store, clock, dateAt, newId }: ExecutorParts): BatchExecutor {
  return (commands) =>
    store.write(needsOf(commands), ({ bookDay, histories }) => {
      const at = clock();
      const batch = new Batch(histories, { at, on: Math.max(dateAt(at), bookDay) }, newId);
      const result = commands.map((command) => batch.decide(command));
      return { writes: batch.writes(), result };
    });
}
