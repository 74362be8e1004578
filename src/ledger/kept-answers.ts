// Answers under idempotency keys: which outcomes are kept, for how long, and how they are written down.
// Kept are successes and refusals by rule: what would be decided otherwise on another try is never fixed for 30 days.

import type { IdempotencyKey, Outcome } from './commands.ts';

/** Answers are given again for 30 days. */
export const ANSWER_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

const CONFLICTS: ReadonlySet<string> = new Set(['duplicate', 'paid-off', 'loan-reversed']);

/** Whether an outcome stands for good under a key. */
export function isKept(outcome: Outcome, { keeps }: IdempotencyKey): boolean {
  switch (outcome.kind) {
    case 'issued':
    case 'recorded':
    case 'payment-reversed':
    case 'loan-reversed':
      return true;
    case 'payment-refused':
      return keeps === 'refusals' || CONFLICTS.has(outcome.refusal.reason);
    case 'reference-taken':
    case 'terms-refused':
    case 'reversal-refused':
      return keeps === 'refusals';
    // Nothing was decided: there is no such loan or payment (yet), or the answer is of another request.
    case 'unknown-loan':
    case 'unknown-payment':
    case 'already-recorded':
    case 'key-used':
    case 'passed':
      return false;
  }
}

interface WrittenBigint {
  readonly bigint: string;
}

function isWrittenBigint(value: unknown): value is WrittenBigint {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 1 && 'bigint' in value;
}

/** An outcome as a text; money, which JSON has no number for, as {"bigint":"8560"}. */
export function writeOutcome(outcome: Outcome): string {
  return JSON.stringify(outcome, (_key, value) =>
    typeof value === 'bigint' ? ({ bigint: value.toString() } satisfies WrittenBigint) : value,
  );
}

/** The outcome that a text stands for. */
export function readOutcome(text: string): Outcome {
  return JSON.parse(text, (_key, value) =>
    isWrittenBigint(value) ? BigInt(value.bigint) : value,
  ) as Outcome;
}
