// For the migration that brought the hash chain: the hashes of the records that a database had before. Engines say how
// rows are read and written; what is hashed is promised in record-chain.ts.

import { issueHash, paymentHash, reversalHash } from './record-chain.ts';

/** Rows as the engines' tables had them then; ids in their canonical form. */
interface OldRecord {
  readonly recorded_at: number;
  readonly recorded_on: number;
  readonly request_id: string;
  readonly recorded_by: string;
}

export interface OldLoan extends OldRecord {
  readonly id: string;
  readonly reference: string | null;
  readonly amount: number;
  readonly rate: number;
  readonly term: number;
  readonly date: number;
  readonly installment: number;
}

export interface OldPayment extends OldRecord {
  readonly id: string;
  readonly sequence: number;
  readonly made: boolean;
  readonly date: number;
}

export interface OldReversal extends OldRecord {
  readonly id: string;
  readonly sequence: number;
  readonly payment_id: string | null;
  readonly reason: string | null;
}

export interface Hashes {
  readonly issue: string;
  readonly head: string;
  /** By the sequence of a record after the issue. */
  readonly records: readonly {
    readonly sequence: number;
    readonly isPayment: boolean;
    readonly hash: string;
  }[];
}

function recorded({
  recorded_at: at,
  recorded_on: on,
  request_id: requestId,
  recorded_by: recordedBy,
}: OldRecord) {
  return { recording: { at, on }, origin: { requestId, recordedBy } };
}

/** The hashes of one loan's records. */
export function hashesOf(
  loan: OldLoan,
  payments: readonly OldPayment[],
  reversals: readonly OldReversal[],
): Hashes {
  const { id, reference, term, date } = loan;
  const [amountCents, rate, installmentCents] = [loan.amount, loan.rate, loan.installment].map(BigInt) as [
    bigint,
    bigint,
    bigint,
  ];
  const issue = issueHash({
    id,
    reference,
    terms: { amountCents, rate, term, date, installmentCents },
    ...recorded(loan),
  });
  const after = [
    ...payments.map((payment) => ({
      sequence: payment.sequence,
      isPayment: true,
      link: (previous: string) =>
        paymentHash(previous, {
          id: payment.id,
          loanId: id,
          sequence: payment.sequence,
          kind: payment.made ? 'made' : 'missed',
          date: payment.date,
          ...recorded(payment),
        }),
    })),
    ...reversals.map((reversal) => ({
      sequence: reversal.sequence,
      isPayment: false,
      link: (previous: string) =>
        reversalHash(previous, {
          id: reversal.id,
          loanId: id,
          sequence: reversal.sequence,
          paymentId: reversal.payment_id,
          reason: reversal.reason,
          ...recorded(reversal),
        }),
    })),
  ].sort((a, b) => a.sequence - b.sequence);
  let head = issue;
  const records = after.map(({ sequence, isPayment, link }) => {
    head = link(head);
    return { sequence, isPayment, hash: head };
  });
  return { issue, head, records };
}
