// Commands as a test writes them: the worked loan of DOMAIN.md and payments on it, with all that is not told filled in;
// and answers as a test reads them.

import { type CalendarDate, dateOf } from '../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../src/domain/loan.ts';
import type {
  Answer,
  BatchExecutor,
  Command,
  IdempotencyKey,
  IssueLoan,
  Outcome,
  PassBookDay,
  RecordPayment,
  ReverseLoan,
  ReversePayment,
} from '../../src/ledger/commands.ts';
import type { LoanKey, LoanRecord, PaymentRecord, Store } from '../../src/store/store.ts';

/** 1000 at 5 % over 12 from 2017-08-05. */
export const WORKED_LOAN: LoanTerms = {
  amountCents: 100_000n,
  rate: 500_000_000n,
  term: 12,
  date: dateOf(2017, 8, 5),
  installmentCents: 8_560n,
};

export const ORIGIN = { requestId: 'request', recordedBy: 'key' };

export function issue(reference: string | null = null, changes: Partial<IssueLoan> = {}): IssueLoan {
  return {
    kind: 'issue-loan',
    terms: WORKED_LOAN,
    reference,
    ifRecorded: 'refuse',
    origin: ORIGIN,
    ...changes,
  };
}

export function byReference(reference: string): LoanKey {
  return { by: 'reference', reference };
}

export function byId(id: string): LoanKey {
  return { by: 'id', id };
}

/** A made payment, unless `changes` says otherwise. */
export function pay(loan: LoanKey, date: CalendarDate, changes: Partial<RecordPayment> = {}): RecordPayment {
  return {
    kind: 'record-payment',
    loan,
    payment: 'made',
    date,
    ifRecorded: 'refuse',
    origin: ORIGIN,
    ...changes,
  };
}

export function reverse(paymentId: string, changes: Partial<ReversePayment> = {}): ReversePayment {
  return { kind: 'reverse-payment', paymentId, reason: null, origin: ORIGIN, ...changes };
}

export function reverseLoan(loanId: string, changes: Partial<ReverseLoan> = {}): ReverseLoan {
  return { kind: 'reverse-loan', loanId, reason: null, origin: ORIGIN, ...changes };
}

export function passBookDay(date: CalendarDate): PassBookDay {
  return { kind: 'pass-book-day', date };
}

/** An idempotency key, of the request "body" unless told otherwise. */
export function keyed(
  key: string,
  changes: Partial<IdempotencyKey> = {},
): { readonly idempotency: IdempotencyKey } {
  return { idempotency: { key, fingerprint: 'body', keeps: 'refusals', ...changes } };
}

/** What one command came to when it was decided just now. */
export async function outcomeOf(execute: BatchExecutor, command: Command): Promise<Outcome> {
  const [answer] = (await execute([command])) as [Answer];
  if (answer.replayOf !== null) throw new Error(`the answer is that of ${answer.replayOf}`);
  return answer.outcome;
}

/** Issues one loan and gives its record. */
export async function issued(execute: BatchExecutor, command = issue()): Promise<LoanRecord> {
  const outcome = await outcomeOf(execute, command);
  if (outcome.kind !== 'issued') throw new Error(`the loan was not issued: ${outcome.kind}`);
  return outcome.loan;
}

/** Records one payment and gives its record. */
export async function recorded(execute: BatchExecutor, command: RecordPayment): Promise<PaymentRecord> {
  const outcome = await outcomeOf(execute, command);
  if (outcome.kind !== 'recorded') throw new Error(`the payment was not recorded: ${words([{ outcome }])}`);
  return outcome.payment;
}

/** The loan of a reference. */
export async function loanOf(store: Store, reference: string): Promise<LoanRecord | undefined> {
  return (await store.loans({ reference }, null, 1))?.loans[0];
}

function word(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'payment-refused':
      return `refused ${outcome.refusal.reason}`;
    case 'reversal-refused':
      return `reversal refused ${outcome.refusal.reason}`;
    default:
      return outcome.kind;
  }
}

/** What became of each command, in a word or two: "issued", "refused duplicate", and with "again" where replayed. */
export function words(answers: readonly (Pick<Answer, 'outcome'> & Partial<Answer>)[]): string[] {
  return answers.map(({ outcome, replayOf }) => `${word(outcome)}${replayOf == null ? '' : ' again'}`);
}
