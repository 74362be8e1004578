// Commands as a test writes them: the worked loan of DOMAIN.md and payments on it, with all that is not told filled in.

import { type CalendarDate, dateOf } from '../../src/domain/calendar-date.ts';
import type { LoanTerms } from '../../src/domain/loan.ts';
import type {
  BatchExecutor,
  IssueLoan,
  IssueOutcome,
  Outcome,
  RecordPayment,
} from '../../src/ledger/commands.ts';
import type { LoanKey, LoanRecord } from '../../src/store/store.ts';

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

/** Issues one loan and gives its record. */
export async function issued(execute: BatchExecutor, command = issue()): Promise<LoanRecord> {
  const [outcome] = (await execute([command])) as [IssueOutcome];
  if (outcome.kind !== 'issued') throw new Error(`the loan was not issued: ${outcome.kind}`);
  return outcome.loan;
}

/** What became of each command, in a word or two: "issued", "recorded", "refused duplicate". */
export function words(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) =>
    outcome.kind === 'refused' ? `refused ${outcome.refusal.reason}` : outcome.kind,
  );
}
