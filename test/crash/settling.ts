// What became of requests of which some got no answer: each had its effect once or not at all, and equal requests under
// one idempotency key had it once together. Looks only at answers and at which request ids are on record.

import { decidedOnce, type Exchange } from '../model/one-order.ts';
import type { Heard } from '../model/slow-decisions.ts';
import type { Sent } from './sending.ts';

/** The answer that got lost; what it must have been is found out from the record (lost-answers.ts). */
const LOST: Omit<Heard, 'requestId'> = {
  status: 0,
  text: '(lost)',
  json: undefined,
  location: undefined,
  replayed: false,
};

export function isLostAnswer({ heard }: Exchange): boolean {
  return heard.status === LOST.status;
}

/** An exchange about a loan, or about none that existed when it was sent. */
export interface Settled {
  readonly loanId: string | undefined;
  readonly exchange: Exchange;
}

function exchangeOf(sent: Sent): Exchange {
  const { request, requestId, sentAtMs, heard = { ...LOST, requestId } } = sent;
  // What was lost may have happened at any later time.
  const heardAtMs = sent.heard === undefined ? Number.POSITIVE_INFINITY : sent.heardAtMs;
  return { request, heard, sentAtMs, heardAtMs };
}

/**
 * Equal requests of which only repeated answers came: one of those without an answer was decided, with that answer. It
 * is the one on record, or where it was refused any of them.
 */
function withFirstAnswer(
  replayed: readonly Exchange[],
  lost: readonly Sent[],
  recorded: Sent | undefined,
): Exchange | string {
  const { heard } = replayed[0] as Exchange;
  const isRefused = heard.status >= 400;
  const first = recorded ?? (isRefused ? lost[0] : undefined);
  if (first === undefined) return `answered as before with ${heard.text}, but nothing is recorded`;
  if (isRefused && recorded !== undefined) return `refused with ${heard.text}, but recorded`;
  return {
    ...exchangeOf(first),
    heard: { ...heard, replayed: false, requestId: first.requestId },
    heardAtMs: Math.min(...replayed.map(({ heardAtMs }) => heardAtMs)),
  };
}

/** Answers that are given again under a key; others say nothing for the next time. */
function isKept({ heard: { status, replayed } }: Exchange): boolean {
  return replayed || [200, 201, 409, 422].includes(status);
}

/** The exchanges that were decided, or what is wrong. */
function settleEqual(
  equal: readonly Sent[],
  isRecorded: (requestId: string) => boolean,
): readonly Exchange[] | string {
  const lost = equal.filter(({ heard }) => heard === undefined);
  const recorded = lost.filter(({ requestId }) => isRecorded(requestId));
  if (recorded.length > 1) return 'recorded more than once';
  const answered = equal.filter(({ heard }) => heard !== undefined).map(exchangeOf);
  const kept = answered.filter(isKept);
  const decided = settleKept(kept, lost, recorded[0]);
  return typeof decided === 'string' ? decided : [...decided, ...answered.filter((one) => !isKept(one))];
}

/** Of those whose answers are kept, and those whose answers were lost, one at most was decided. */
function settleKept(
  kept: readonly Exchange[],
  lost: readonly Sent[],
  recorded: Sent | undefined,
): readonly Exchange[] | string {
  if (kept.length === 0) return recorded === undefined ? [] : [exchangeOf(recorded)];
  if (kept.every(({ heard }) => heard.replayed)) {
    const first = withFirstAnswer(kept, lost, recorded);
    return typeof first === 'string' ? first : decidedOnce([first, ...kept]);
  }
  return recorded === undefined
    ? decidedOnce(kept)
    : 'recorded, although it was decided under another request id';
}

/** Whatever was decided of what was sent; throws where equal requests under one key were not decided once. */
export function settle(
  sent: readonly Sent[],
  isRecorded: (requestId: string) => boolean,
): readonly Settled[] {
  const groups = Map.groupBy(sent, ({ request: { owner, key }, requestId }) =>
    key === undefined ? requestId : `${owner} ${key}`,
  );
  return [...groups.values()].flatMap((equal) => {
    const { loanId, request } = equal[0] as Sent;
    const settled = settleEqual(equal, isRecorded);
    if (typeof settled !== 'string') return settled.map((exchange) => ({ loanId, exchange }));
    const all = equal
      .map(({ requestId, heard }) => `${requestId} → ${heard?.status ?? 'no answer'}`)
      .join(', ');
    throw new Error(`${settled}: POST ${request.path} ${request.body} under ${request.key}, sent as ${all}`);
  });
}
