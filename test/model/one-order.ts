// Whether some one order of requests that were under way at the same time, on whatever processes, explains every answer
// that came and every record that was left: linearizability, loan by loan. The order of what was accepted is the loan's
// own history; a refusal must be right at some moment while its request was under way.

import { difference, disagreement } from './comparison.ts';
import type { SlowBank, SlowLoan } from './slow-bank.ts';
import { type Heard, type Request, tell } from './slow-decisions.ts';
import { historyShape } from './slow-shapes.ts';

/** A request with its answer, and when it was under way (milliseconds of performance.now). */
export interface Exchange {
  readonly request: Request;
  readonly heard: Heard;
  readonly sentAtMs: number;
  readonly heardAtMs: number;
}

/** An entry of GET /v1/loans/:id/history, as far as it is read here. */
export interface HistoryEntry {
  readonly id: string;
  readonly request_id: string;
  readonly recorded_at: string;
}

export function isAccepted({ heard }: Exchange): boolean {
  return heard.status === 200 || heard.status === 201;
}

function shown({ request, heard }: Exchange): string {
  return `POST ${request.path} ${request.body} → ${heard.status} ${heard.text} (request ${heard.requestId})`;
}

/** What the model would have answered, without the key: what a key adds has been looked at before. */
function differs(bank: SlowBank, { request, heard }: Exchange, at: number): string | undefined {
  return disagreement(tell(bank, { ...request, key: undefined }, at, heard), heard);
}

/** A bank with this loan alone: no rule about a loan's records looks at another. */
function bankOf(bank: SlowBank, loan: SlowLoan): SlowBank {
  return structuredClone({ ...bank, loans: [loan], kept: [] });
}

/**
 * Tells the model what was sent about one loan, in the order of the loan's history, and takes what it wrote down into
 * `loan`. Returns what no order explains.
 */
export function explainLoan(
  bank: SlowBank,
  loan: SlowLoan,
  exchanges: readonly Exchange[],
  history: readonly HistoryEntry[],
): string | undefined {
  const accepted = new Map(exchanges.filter(isAccepted).map((one) => [one.heard.requestId, one]));
  const fresh = history.slice(loan.entries.length);
  const order: { exchange: Exchange; at: number }[] = [];
  for (const { request_id: requestId, recorded_at: recordedAt } of fresh) {
    const exchange = accepted.get(requestId);
    if (exchange === undefined) return `${requestId} is recorded, but no request was accepted under this id`;
    // A replacement is two records.
    if (order.at(-1)?.exchange !== exchange) order.push({ exchange, at: Date.parse(recordedAt) });
  }
  if (order.length !== accepted.size) {
    const lost = [...accepted.values()].find((one) => order.every(({ exchange }) => exchange !== one));
    return lost === undefined
      ? 'a request is recorded twice'
      : `acknowledged and not recorded: ${shown(lost)}`;
  }

  const states = [bankOf(bank, loan)];
  for (const [place, { exchange, at }] of order.entries()) {
    const overtaken = order.slice(0, place).find((one) => one.exchange.sentAtMs > exchange.heardAtMs);
    if (overtaken !== undefined) {
      return `answered before the other was sent, but recorded after it: ${shown(exchange)} and ${shown(overtaken.exchange)}`;
    }
    const state = structuredClone(states[place] as SlowBank);
    const found = differs(state, exchange, at);
    if (found !== undefined) return `${found}: ${shown(exchange)}`;
    for (const [index, entry] of (state.loans[0] as SlowLoan).entries.entries()) {
      if (entry.id === '') entry.id = history[index]?.id ?? '';
    }
    states.push(state);
  }
  for (const exchange of exchanges) {
    if (isAccepted(exchange)) continue;
    const from = order.findLastIndex((one) => one.exchange.heardAtMs < exchange.sentAtMs) + 1;
    const until = order.findIndex((one) => one.exchange.sentAtMs > exchange.heardAtMs);
    const possible = states.slice(from, until === -1 ? undefined : until + 1);
    const at = order.at(-1)?.at ?? 0;
    const found = possible.map((state) => differs(structuredClone(state), exchange, at));
    if (found.every((difference) => difference !== undefined)) return `${found[0]}: ${shown(exchange)}`;
  }

  const last = states.at(-1)?.loans[0] as SlowLoan;
  loan.entries.splice(0, loan.entries.length, ...last.entries);
  bank.bookDay = Math.max(bank.bookDay, states.at(-1)?.bookDay ?? 0);
  return difference(historyShape(loan), history);
}

/** Refusals of the request alone are not kept; what was decided of the loan's state is. */
function isKept({ heard }: Exchange): boolean {
  return [200, 201, 409, 422].includes(heard.status);
}

/**
 * Of equal requests under one key at most one is answered with what is kept, and others with that one's answer; before
 * it, some may have been answered with what is never kept. Returns those that were decided.
 */
export function decidedOnce(equal: readonly Exchange[]): readonly Exchange[] | string {
  const decided = equal.filter(({ heard }) => !heard.replayed);
  const kept = decided.filter(isKept);
  const first = kept[0] ?? decided[0];
  if (first === undefined) return `every answer is one of before: ${equal.map(shown).join('; ')}`;
  if (kept.length > 1) return `decided more than once: ${kept.map(shown).join('; ')}`;
  const another = equal.find(
    ({ heard }) => heard.replayed && (heard.status !== first.heard.status || heard.text !== first.heard.text),
  );
  return another === undefined
    ? decided
    : `another answer than the first: ${shown(another)}; ${shown(first)}`;
}
