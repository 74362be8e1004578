// Which lane a command belongs to (docs/decisions/0011): its loan's, which follows from the loan's reference or is
// carried by the ids of the loan and its payments; and that of its idempotency key.

import { hash } from 'node:crypto';
import { type Lane, laneOfId } from '../store/lanes.ts';
import type { LoanKey } from '../store/store.ts';
import type { Command } from './commands.ts';

function laneOfText(text: string, lanes: number): Lane {
  return lanes === 1 ? 0 : hash('sha256', text, 'buffer').readUInt32BE(0) % lanes;
}

/** The lane of the loan with a reference. Fixed for good: what is stored was placed by it. */
export function laneOfReference(reference: string, lanes: number): Lane {
  return laneOfText(reference, lanes);
}

/** The lane of an idempotency key. */
export function laneOfKey(owner: string, key: string, lanes: number): Lane {
  return laneOfText(JSON.stringify([owner, key]), lanes);
}

function laneOfLoan(key: LoanKey, lanes: number): Lane {
  switch (key.by) {
    case 'id':
      return laneOfId(key.id, lanes);
    case 'reference':
      return laneOfReference(key.reference, lanes);
    case 'payment':
      return laneOfId(key.paymentId, lanes);
  }
}

/** Where a command is to be executed; undefined where any lane will do. */
export interface Place {
  readonly lane: Lane | undefined;
  readonly keyLane: Lane | undefined;
}

/** The place of a command. One without a loan yet goes to the lane of its key: then its write touches one lane. */
export function placeOf(command: Command, lanes: number): Place {
  if (command.kind === 'pass-book-day') return { lane: undefined, keyLane: undefined };
  const { idempotency, origin } = command;
  const keyLane =
    idempotency === undefined ? undefined : laneOfKey(origin.recordedBy, idempotency.key, lanes);
  return { lane: loanLaneOf(command, lanes) ?? keyLane, keyLane };
}

function loanLaneOf(command: Exclude<Command, { kind: 'pass-book-day' }>, lanes: number): Lane | undefined {
  switch (command.kind) {
    case 'issue-loan':
      return command.reference === null ? undefined : laneOfReference(command.reference, lanes);
    case 'record-payment':
      return laneOfLoan(command.loan, lanes);
    case 'reverse-payment':
      return laneOfId(command.paymentId, lanes);
    case 'reverse-loan':
      return laneOfId(command.loanId, lanes);
    case 'refuse':
      return undefined;
  }
}
