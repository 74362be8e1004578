// Checks the hash chain of one loan's records (record-chain.ts), and tells where it breaks first: what follows may be
// right or wrong, nobody can tell.

import { issueHash, paymentHash, reversalHash } from '../store/record-chain.ts';
import type { LoanRecords } from '../store/store.ts';

/** Where the chain breaks; undefined where it holds. */
export function chainBreak({ loan, payments, reversals }: LoanRecords): string | undefined {
  let head = issueHash(loan);
  if (loan.hash !== head) return 'the issue is not what was recorded: its hash is another';
  const records = [
    ...payments.map((payment) => ({
      ...payment,
      expected: (previous: string) => paymentHash(previous, payment),
    })),
    ...reversals.map((reversal) => ({
      ...reversal,
      expected: (previous: string) => reversalHash(previous, reversal),
    })),
  ].sort((a, b) => a.sequence - b.sequence);
  for (const { sequence, hash, expected } of records) {
    const right = expected(head);
    if (hash !== right) {
      return `the chain breaks at record ${sequence}: it, or what was before it, is not what was recorded`;
    }
    head = right;
  }
  return loan.head === head
    ? undefined
    : 'the chain ends before the loan’s head: records are missing at its end';
}
