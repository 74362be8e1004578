// What requests must have been answered whose answers were lost but which are on record: the model is told them in the
// order of the records and says so. Where it would have refused one, the answer is one that the model disagrees with.

import type { Exchange, HistoryEntry } from '../model/one-order.ts';
import type { SlowBank, SlowLoan } from '../model/slow-bank.ts';
import { type Heard, tell, type Verdict } from '../model/slow-decisions.ts';
import { isLostAnswer } from './settling.ts';

/** The answer of an accepted request, as the model has it. */
export function answerBy(verdict: Verdict, lost: Heard): Heard {
  if ('status' in verdict && 'body' in verdict)
    return { ...lost, status: verdict.status, json: verdict.body };
  if ('text' in verdict) return { ...lost, status: verdict.status, text: verdict.text };
  return { ...lost, status: 201 };
}

/** Fills in the lost answers about one loan; the bank and the loan stay as they are. */
export function withLostAnswers(
  bank: SlowBank,
  loan: SlowLoan,
  exchanges: readonly Exchange[],
  history: readonly HistoryEntry[],
): readonly Exchange[] {
  if (!exchanges.some(isLostAnswer)) return exchanges;
  const byRequest = new Map(exchanges.map((one) => [one.heard.requestId, one]));
  const scratch: SlowBank = structuredClone({ ...bank, loans: [loan], kept: [] });
  const { entries } = scratch.loans[0] as SlowLoan;
  let last: Exchange | undefined;
  for (const { request_id: requestId, recorded_at: recordedAt } of history.slice(entries.length)) {
    const exchange = byRequest.get(requestId);
    if (exchange === undefined) break;
    // A replacement is two records.
    if (exchange === last) continue;
    last = exchange;
    const { request, heard } = exchange;
    const verdict = tell(scratch, { ...request, key: undefined }, Date.parse(recordedAt), heard);
    if (isLostAnswer(exchange)) byRequest.set(requestId, { ...exchange, heard: answerBy(verdict, heard) });
    for (const [index, entry] of entries.entries()) {
      if (entry.id === '') entry.id = history[index]?.id ?? '';
    }
  }
  return [...byRequest.values()];
}
