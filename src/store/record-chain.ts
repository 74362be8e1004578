// The hash chain of a loan's records: each record's hash covers its own content and the hash of the record before, from
// the issue on. Whoever changes, adds or takes away a record afterwards breaks the chain from there on, unless all later
// hashes are made anew; and then the loan's head, of which a daily head is kept outside, is another.
//
// What is hashed is promised for good: a database's records are checked by it, however old they are.

import { createHash, hash } from 'node:crypto';
import type { LoanTerms } from '../domain/loan.ts';
import type { PaymentKind } from '../domain/payment.ts';
import type { Origin, RecordHash, RecordId, Recording } from './store.ts';

interface Recorded {
  readonly recording: Recording;
  readonly origin: Origin;
}

export interface ChainedIssue extends Recorded {
  readonly id: RecordId;
  readonly reference: string | null;
  readonly terms: LoanTerms;
}

export interface ChainedPayment extends Recorded {
  readonly id: RecordId;
  readonly loanId: RecordId;
  readonly sequence: number;
  readonly kind: PaymentKind;
  readonly date: number;
}

export interface ChainedReversal extends Recorded {
  readonly id: RecordId;
  readonly loanId: RecordId;
  readonly sequence: number;
  readonly paymentId: RecordId | null;
  readonly reason: string | null;
}

/** A JSON list begins with what it is, and ends with when and by whom it was recorded. */
function linked(
  previous: RecordHash | null,
  content: readonly unknown[],
  { recording, origin }: Recorded,
): RecordHash {
  const record = [...content, recording.at, recording.on, origin.requestId, origin.recordedBy];
  return hash('sha256', JSON.stringify([previous, ...record]), 'hex');
}

/** The first link: the issue of a loan. */
export function issueHash(issue: ChainedIssue): RecordHash {
  const { id, reference, terms } = issue;
  const money = [terms.amountCents, terms.rate, terms.installmentCents].map(String);
  return linked(null, ['issued', id, reference, ...money, terms.term, terms.date], issue);
}

export function paymentHash(previous: RecordHash, payment: ChainedPayment): RecordHash {
  const { id, loanId, sequence, kind, date } = payment;
  return linked(previous, [kind, loanId, sequence, id, date], payment);
}

export function reversalHash(previous: RecordHash, reversal: ChainedReversal): RecordHash {
  const { id, loanId, sequence, paymentId, reason } = reversal;
  return linked(previous, ['reversed', loanId, sequence, id, paymentId, reason], reversal);
}

/** The head of many loans: of each its id and the hash of its last record, in the order of their ids. */
export class HeadOfAll {
  readonly #hash = createHash('sha256');
  #loans = 0;

  add(loanId: RecordId, head: RecordHash): void {
    this.#hash.update(`${loanId} ${head}\n`);
    this.#loans++;
  }

  get loans(): number {
    return this.#loans;
  }

  /** Call it once, at the end. */
  hash(): RecordHash {
    return this.#hash.digest('hex');
  }
}
