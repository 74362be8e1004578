// The decisions of one batch, made in turn against what the store holds and what the batch has accepted so far; a
// refused command leaves no trace and harms no neighbour.

import { BookChanges } from '../domain/book.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';
import type { LoanTerms } from '../domain/loan.ts';
import { decidePayment, type HistorySlice, type MonthRecord } from '../domain/payment.ts';
import { decideLoanReversal, decidePaymentReversal } from '../domain/reversal.ts';
import { originationOf } from '../domain/timeline.ts';
import { issueHash, paymentHash, reversalHash } from '../store/record-chain.ts';
import type {
  HistoryNeed,
  KeptAnswer,
  LoanKey,
  LoanRecord,
  LoanState,
  Origin,
  PaymentRecord,
  RecordHash,
  RecordId,
  Recording,
  ReversalRecord,
  WriteState,
  Writes,
} from '../store/store.ts';
import type {
  Answer,
  Command,
  IssueLoan,
  IssueOutcome,
  LoanReversalOutcome,
  Outcome,
  PaymentOutcome,
  PaymentReversalOutcome,
  RecordPayment,
  ReverseLoan,
  ReversePayment,
} from './commands.ts';
import { ANSWER_LIFETIME_MS, isKept, readOutcome, writeOutcome } from './kept-answers.ts';

/** A loan in the course of a batch: its record, its state by now, and the slice that decisions read. */
interface Standing {
  readonly loan: LoanRecord;
  state: LoanState;
  slice: HistorySlice;
}

/** One name for each loan that a key can name. */
export function keyName(key: LoanKey): string {
  switch (key.by) {
    case 'id':
      return `id ${key.id}`;
    case 'reference':
      return `reference ${key.reference}`;
    case 'payment':
      return `payment ${key.paymentId}`;
  }
}

function answerName(owner: string, key: string): string {
  return `${owner} ${key}`;
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

export class Batch {
  readonly #standings = new Map<string, Standing>();
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #recording: Recording;
  readonly #newId: () => RecordId;
  #bookDay: CalendarDate;
  readonly #loans: LoanRecord[] = [];
  readonly #payments: PaymentRecord[] = [];
  readonly #reversals: ReversalRecord[] = [];
  readonly #states = new Map<RecordId, { terms: LoanTerms; state: LoanState }>();
  readonly #changes = new BookChanges();
  readonly #newAnswers: KeptAnswer[] = [];

  /** `needs` are those for which the state's histories were loaded, in the same order. */
  constructor(needs: readonly HistoryNeed[], state: WriteState, recording: Recording, newId: () => RecordId) {
    this.#recording = recording;
    this.#newId = newId;
    this.#bookDay = Math.max(state.bookDay, recording.on);
    this.#loadStandings(needs, state);
    for (const answer of state.answers) {
      if (answer === undefined || answer.recordedAt < recording.at - ANSWER_LIFETIME_MS) continue;
      this.#answers.set(answerName(answer.owner, answer.key), answer);
    }
  }

  /** Decides one command, or gives the answer again that its key has had. */
  answer(command: Command): Answer {
    if (command.kind === 'pass-book-day') {
      this.#bookDay = Math.max(this.#bookDay, command.date);
      return { outcome: { kind: 'passed' }, replayOf: null };
    }
    const { idempotency, origin } = command;
    if (idempotency === undefined) return { outcome: this.#decide(command), replayOf: null };

    const name = answerName(origin.recordedBy, idempotency.key);
    const kept = this.#answers.get(name);
    if (kept !== undefined) {
      return kept.fingerprint === idempotency.fingerprint
        ? { outcome: readOutcome(kept.outcome), replayOf: kept.requestId }
        : { outcome: { kind: 'key-used' }, replayOf: null };
    }
    const outcome = this.#decide(command);
    if (isKept(outcome, idempotency)) {
      const answer: KeptAnswer = {
        owner: origin.recordedBy,
        key: idempotency.key,
        fingerprint: idempotency.fingerprint,
        outcome: writeOutcome(outcome),
        requestId: origin.requestId,
        recordedAt: this.#recording.at,
      };
      this.#answers.set(name, answer);
      this.#newAnswers.push(answer);
    }
    return { outcome, replayOf: null };
  }

  /** Everything that was accepted. */
  writes(): Writes {
    return {
      recording: this.#recording,
      bookDay: this.#bookDay,
      loans: this.#loans,
      payments: this.#payments,
      reversals: this.#reversals,
      states: this.#states,
      changes: this.#changes.sorted(),
      answers: this.#newAnswers,
      answersExpireBefore: this.#recording.at - ANSWER_LIFETIME_MS,
    };
  }

  /** One loan may be named by several keys, each with a slice of its own length; all lead to one standing. */
  #loadStandings(needs: readonly HistoryNeed[], { histories }: WriteState): void {
    for (const history of histories) {
      if (history === undefined) continue;
      const known = this.#standings.get(keyName({ by: 'id', id: history.loan.id }));
      if (known !== undefined && known.slice.records.length >= history.records.length) continue;
      this.#stand({ loan: history.loan, state: history.loan, slice: history });
    }
    for (const [index, need] of needs.entries()) {
      const loan = histories[index]?.loan;
      const standing = loan && this.#standings.get(keyName({ by: 'id', id: loan.id }));
      if (standing !== undefined) this.#standings.set(keyName(need.loan), standing);
    }
  }

  #stand(standing: Standing): void {
    const { id, reference } = standing.loan;
    this.#standings.set(keyName({ by: 'id', id }), standing);
    if (reference !== null) this.#standings.set(keyName({ by: 'reference', reference }), standing);
  }

  #decide(command: Exclude<Command, { kind: 'pass-book-day' }>): Outcome {
    switch (command.kind) {
      case 'issue-loan':
        return this.#issueLoan(command);
      case 'refuse':
        return command.refusal;
      case 'record-payment':
        return this.#recordPayment(command);
      case 'reverse-payment':
        return this.#reversePayment(command);
      case 'reverse-loan':
        return this.#reverseLoan(command);
    }
  }

  #issueLoan({ terms, reference, ifRecorded, origin }: IssueLoan): IssueOutcome {
    const holder =
      reference === null ? undefined : this.#standings.get(keyName({ by: 'reference', reference }));
    if (holder !== undefined) {
      return ifRecorded === 'skip' && sameTerms(holder.loan.terms, terms)
        ? { kind: 'already-recorded' }
        : { kind: 'reference-taken', by: holder.loan.id };
    }
    const issue = { id: this.#newId(), reference, terms, recording: this.#recording, origin };
    const hash = issueHash(issue);
    const state: LoanState = { paymentsMade: 0, recordCount: 1, reversed: null, head: hash };
    const loan: LoanRecord = { ...issue, hash, ...state };
    this.#stand({ loan, state, slice: { terms, paymentsMade: 0, reversed: false, records: [] } });
    this.#loans.push(loan);
    this.#changes.add('issued', originationOf(terms));
    return { kind: 'issued', loan };
  }

  #recordPayment(command: RecordPayment): PaymentOutcome {
    const standing = this.#standings.get(keyName(command.loan));
    if (standing === undefined) return { kind: 'unknown-loan' };
    if (command.ifRecorded === 'skip' && isRecorded(standing, command)) return { kind: 'already-recorded' };

    // What is replaced is taken back first, on trial: if the new record is refused, so is the reversal.
    let slice = standing.slice;
    let replaced: MonthRecord | undefined;
    let freed: ReturnType<typeof decidePaymentReversal> | undefined;
    if (command.replaces !== undefined) {
      replaced = slice.records.find(({ id }) => id === command.replaces);
      if (replaced === undefined) return { kind: 'unknown-payment' };
      freed = decidePaymentReversal(slice, replaced);
      if (!freed.ok) return { kind: 'reversal-refused', refusal: freed.refusal };
      slice = freed.after;
    }
    const { payment: kind, date, amountCents, origin } = command;
    const decision = decidePayment(
      slice,
      amountCents === undefined ? { kind, date } : { kind, date, amountCents },
    );
    if (!decision.ok) return { kind: 'payment-refused', refusal: decision.refusal };

    if (replaced !== undefined && freed?.ok) {
      this.#reverse(standing, replaced.id, null, origin);
      this.#changes.add('reversed', freed.changes);
    }
    const record = {
      id: this.#newId(),
      loanId: standing.loan.id,
      sequence: standing.state.recordCount + 1,
      kind,
      date,
      recording: this.#recording,
      origin,
    };
    const hash = paymentHash(standing.state.head, record);
    append(standing, hash);
    const payment: PaymentRecord = { ...record, hash, reversed: null };
    this.#payments.push(payment);
    this.#changes.add('paid', decision.changes);
    const records = [...slice.records, { id: payment.id, kind, date, reversed: false }];
    const { paymentsMade } = decision;
    this.#advance(standing, { ...slice, paymentsMade, records }, { paymentsMade, reversed: null });
    return { kind: 'recorded', payment, amountCents: standing.loan.terms.installmentCents };
  }

  #reversePayment({ paymentId, reason, origin }: ReversePayment): PaymentReversalOutcome {
    const standing = this.#standings.get(keyName({ by: 'payment', paymentId }));
    const record = standing?.slice.records.find(({ id }) => id === paymentId);
    if (standing === undefined || record === undefined) return { kind: 'unknown-payment' };
    const decision = decidePaymentReversal(standing.slice, record);
    if (!decision.ok) return { kind: 'reversal-refused', refusal: decision.refusal };

    const reversal = this.#reverse(standing, paymentId, reason, origin);
    this.#changes.add('reversed', decision.changes);
    const { paymentsMade } = decision.after;
    this.#advance(standing, decision.after, { paymentsMade, reversed: null });
    return { kind: 'payment-reversed', reversal };
  }

  #reverseLoan({ loanId, reason, origin }: ReverseLoan): LoanReversalOutcome {
    const standing = this.#standings.get(keyName({ by: 'id', id: loanId }));
    if (standing === undefined) return { kind: 'unknown-loan' };
    const decision = decideLoanReversal(standing.slice);
    if (!decision.ok) return { kind: 'reversal-refused', refusal: decision.refusal };

    const reversal = this.#reverse(standing, null, reason, origin);
    this.#changes.add('reversed', decision.changes);
    const reversed = this.#recording;
    this.#advance(standing, { ...standing.slice, reversed: true }, { paymentsMade: 0, reversed });
    return { kind: 'loan-reversed', reversal };
  }

  /** Writes down that a payment, or for null the loan, is taken back. */
  #reverse(
    standing: Standing,
    paymentId: RecordId | null,
    reason: string | null,
    origin: Origin,
  ): ReversalRecord {
    const record = {
      id: this.#newId(),
      loanId: standing.loan.id,
      sequence: standing.state.recordCount + 1,
      paymentId,
      reason,
      recording: this.#recording,
      origin,
    };
    const hash = reversalHash(standing.state.head, record);
    append(standing, hash);
    const reversal: ReversalRecord = { ...record, hash };
    this.#reversals.push(reversal);
    return reversal;
  }

  /** Moves a loan on to what it is after the record just written. */
  #advance(
    standing: Standing,
    slice: HistorySlice,
    after: Pick<LoanState, 'paymentsMade' | 'reversed'>,
  ): void {
    standing.slice = slice;
    standing.state = { ...standing.state, ...after };
    this.#states.set(standing.loan.id, { terms: standing.loan.terms, state: standing.state });
  }
}

/** Counts a record at the end of a loan's history; its hash is the loan's head from now on. */
function append(standing: Standing, hash: RecordHash): void {
  standing.state = { ...standing.state, recordCount: standing.state.recordCount + 1, head: hash };
}

/** Whether an equal record is there, also a reversed one: what an import run again would book twice. */
function isRecorded({ loan, slice }: Standing, { payment, date, amountCents }: RecordPayment): boolean {
  const amountIsRight = amountCents === undefined || amountCents === loan.terms.installmentCents;
  return amountIsRight && slice.records.some((record) => record.kind === payment && record.date === date);
}
