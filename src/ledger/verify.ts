// Verification: plays every loan's records again and compares what they make with what is stored. In a stream, so
// that memory stays bounded however many loans there are.

import { nextDueAfter } from '../domain/balance.ts';
import { formatDate, formatMonth, monthOf } from '../domain/calendar-date.ts';
import { replayLoan } from '../domain/replay.ts';
import type { Audited, AuditedLoan, Auditor, BookDifference } from '../store/audit.ts';
import type { RecordId } from '../store/store.ts';
import { chainBreak } from './verify-chain.ts';

export type { Auditor, BookDifference } from '../store/audit.ts';

export interface Verification {
  readonly loans: number;
  /** How many differences were reported. */
  readonly differences: number;
}

export interface VerifyParts {
  readonly auditor: Auditor;
  /** Restores the book and the loans' stored states from the records. */
  readonly rebuild: boolean;
  readonly onLoanDifference: (loanId: RecordId, difference: string) => void;
  readonly onBookDifference: (difference: BookDifference) => void;
  readonly onDatabaseFault: (fault: string) => void;
  /** Told now and then how many loans have been verified, of how many. */
  readonly onProgress: (loans: number, of: number) => void;
}

const PROGRESS_EVERY = 500;

function dateText(date: number | null): string {
  return date === null ? 'none' : formatDate(date);
}

/** Compares one loan with its records; returns what it should be. */
function auditLoan(audited: AuditedLoan, differ: (difference: string) => void): Audited {
  const { loan, payments, reversals, nextDueOn, places } = audited;
  const replay = replayLoan(
    loan.terms,
    loan.recording.on,
    payments.map(({ id, sequence, kind, date, recording }) => ({
      id,
      sequence,
      kind,
      date,
      recordedOn: recording.on,
    })),
    reversals.map(({ sequence, paymentId, recording }) => ({
      sequence,
      paymentId,
      recordedOn: recording.on,
    })),
  );
  for (const fault of replay.faults) differ(fault);
  const broken = chainBreak(audited);
  if (broken !== undefined) differ(broken);

  const { paymentsMade, recordCount, reversed } = replay;
  const right = reversed ? null : nextDueAfter(loan.terms, paymentsMade);
  if (loan.paymentsMade !== paymentsMade) {
    differ(`payments made: stored ${loan.paymentsMade}, recorded ${paymentsMade}`);
  }
  if (loan.recordCount !== recordCount) {
    differ(`records: stored ${loan.recordCount}, there are ${recordCount}`);
  }
  if (nextDueOn !== right) differ(`next due on: stored ${dateText(nextDueOn)}, right ${dateText(right)}`);
  if ((loan.reversed !== null) !== reversed) {
    differ(`the loan is stored as ${reversed ? 'live' : 'reversed'}, by its records it is not`);
  }

  const placeOf = new Map(places.map((place) => [place.paymentId, place]));
  const reversalOf = new Map(reversals.map((reversal) => [reversal.paymentId, reversal]));
  const loanReversal = reversalOf.get(null);
  const rightReversed = reversed ? (loanReversal?.recording ?? null) : null;
  const { reversed: mark } = loan;
  if (mark !== null && (mark.at !== rightReversed?.at || mark.on !== rightReversed.on)) {
    differ('the loan is marked as reversed at another time than its reversal says');
  }
  for (const { id, date, reversed: mark } of payments) {
    const taken = replay.reversedPayments.has(id);
    const place = placeOf.get(id);
    if ((mark !== null) !== taken) {
      differ(`payment ${id} is stored as ${taken ? 'live' : 'reversed'}, by the records it is not`);
    } else if (mark !== null) {
      const { at, on } = reversalOf.get(id)?.recording ?? { at: Number.NaN, on: Number.NaN };
      if (at !== mark.at || on !== mark.on) {
        differ(`payment ${id} is marked as reversed at another time than its reversal says`);
      }
    }
    if (place === undefined || place.month !== monthOf(date)) {
      const month = place === undefined ? 'no month' : formatMonth(place.month);
      differ(`payment ${id} of ${formatDate(date)} is filed under ${month}`);
    }
    if (place !== undefined && (place.place === 0) === taken) {
      differ(`payment ${id} is filed as ${taken ? 'live' : 'reversed'}, by the records it is not`);
    }
  }
  return {
    changes: replay.changes,
    state: { paymentsMade, nextDueOn: right, recordCount, reversed: rightReversed },
  };
}

/** Verifies everything; resolves when all differences have been reported. */
export async function verify(parts: VerifyParts): Promise<Verification> {
  let loans = 0;
  let of = 0;
  let differences = 0;
  await parts.auditor.audit({
    rebuild: parts.rebuild,
    onLoans: (count) => {
      of = count;
    },
    visit: (audited) => {
      loans++;
      if (loans % PROGRESS_EVERY === 0) parts.onProgress(loans, of);
      return auditLoan(audited, (difference) => {
        differences++;
        parts.onLoanDifference(audited.loan.id, difference);
      });
    },
    onBookDifference: (difference) => {
      differences++;
      parts.onBookDifference(difference);
    },
    onDatabaseFault: (fault) => {
      differences++;
      parts.onDatabaseFault(fault);
    },
  });
  return { loans, differences };
}
