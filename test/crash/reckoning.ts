// The reckoning after a kill: what the service says is on record, against what was sent and answered. Every record must
// be explained by a request, every acknowledged request by its records; then the model knows as much as the service.

import { difference, disagreement } from '../model/comparison.ts';
import { call } from '../model/http-calls.ts';
import { type Exchange, explainLoan, type HistoryEntry, isAccepted } from '../model/one-order.ts';
import { drawList } from '../model/questions.ts';
import { loanWithId, type SlowBank, type SlowLoan } from '../model/slow-bank.ts';
import { tell } from '../model/slow-decisions.ts';
import { loanShape } from '../model/slow-shapes.ts';
import { answerBy, withLostAnswers } from './lost-answers.ts';
import type { Sent } from './sending.ts';
import { isLostAnswer, settle } from './settling.ts';

interface ListedLoan {
  readonly id: string;
}

/** All that is on record. */
interface OnRecord {
  readonly loans: readonly ListedLoan[];
  readonly histories: ReadonlyMap<string, readonly HistoryEntry[]>;
}

async function allPages<Item>(url: string, address: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let path = `${address}?limit=500`;
  for (;;) {
    const { status, text, json } = await call(url, { method: 'GET', path });
    if (status !== 200) throw new Error(`GET ${path} → ${status} ${text}`);
    const { data, next } = json as { data: readonly Item[]; next: string | null };
    items.push(...data);
    if (next === null) return items;
    path = `${address}?limit=500&after=${encodeURIComponent(next)}`;
  }
}

async function readAll(url: string): Promise<OnRecord> {
  const loans = await allPages<ListedLoan>(url, '/v1/loans');
  const histories = new Map<string, readonly HistoryEntry[]>();
  for (const { id } of loans) {
    if (histories.has(id)) throw new Error(`the loan ${id} is listed twice`);
    histories.set(id, await allPages(url, `/v1/loans/${id}/history`));
  }
  return { loans, histories };
}

/** The loan that each request on record is about: never more than one. */
function loansByRequest({ histories }: OnRecord): ReadonlyMap<string, string> {
  const loanIds = new Map<string, string>();
  for (const [loanId, history] of histories) {
    for (const { request_id: requestId } of history) {
      const other = loanIds.get(requestId) ?? loanId;
      if (other !== loanId) throw new Error(`${requestId} is recorded twice: loans ${other} and ${loanId}`);
      loanIds.set(requestId, loanId);
    }
  }
  return loanIds;
}

function shown({ request, heard }: Exchange): string {
  return `POST ${request.path} ${request.body} → ${heard.status} ${heard.text} (request ${heard.requestId})`;
}

/** Tells the model a request that no record of a loan before decides about. */
function tellAt(bank: SlowBank, exchange: Exchange, at: number): void {
  const { request, heard } = exchange;
  const verdict = tell(bank, { ...request, key: undefined }, at, heard);
  const found = disagreement(verdict, isLostAnswer(exchange) ? answerBy(verdict, heard) : heard);
  if (found !== undefined) throw new Error(`${found}: ${shown(exchange)}`);
}

/** New loans, in any order: only references are contested, and of those only one can be accepted. */
function reckonIssues(bank: SlowBank, exchanges: readonly Exchange[], onRecord: OnRecord): void {
  const known = new Set(bank.loans.map(({ id }) => id));
  const unexplained = new Set([...onRecord.histories.keys()].filter((id) => !known.has(id)));
  const loanIds = loansByRequest(onRecord);
  const isRefused = (one: Exchange) => !isAccepted(one) && !isLostAnswer(one);

  for (const exchange of exchanges) {
    if (isRefused(exchange)) continue;
    const { heard } = exchange;
    const id = loanIds.get(heard.requestId);
    if (id === undefined || !unexplained.delete(id)) {
      throw new Error(`acknowledged and not recorded: ${shown(exchange)}`);
    }
    const lost = { ...exchange, heard: { ...heard, json: { id, loan_id: id } } };
    const [issued] = onRecord.histories.get(id) as readonly [HistoryEntry];
    tellAt(bank, isLostAnswer(exchange) ? lost : exchange, Date.parse(issued.recorded_at));
    if (loanWithId(bank, id) === undefined) throw new Error(`recorded as the loan ${id}: ${shown(exchange)}`);
  }
  for (const exchange of exchanges.filter(isRefused)) tellAt(bank, exchange, Date.now());
  for (const id of unexplained) {
    const history = JSON.stringify(onRecord.histories.get(id));
    throw new Error(`the loan ${id} is recorded, but nobody asked for it: ${history}`);
  }
}

function explain(
  bank: SlowBank,
  loan: SlowLoan,
  exchanges: readonly Exchange[],
  { histories }: OnRecord,
): void {
  const history = histories.get(loan.id);
  if (history === undefined) throw new Error(`the loan ${loan.id} is gone`);
  const found = explainLoan(bank, loan, withLostAnswers(bank, loan, exchanges, history), history);
  if (found !== undefined) throw new Error(`${found}\nthe history: ${JSON.stringify(history)}`);
}

/** The loan's payments, as the model has them; in which order those of one month stand is nowhere promised. */
async function comparePayments(bank: SlowBank, url: string, loan: SlowLoan): Promise<void> {
  const asked = drawList(bank, Date.now(), { ask: 'payments', loan: bank.loans.indexOf(loan) });
  const payments = await allPages<{ month: string; id: string }>(url, `/v1/loans/${loan.id}/payments`);
  const place = ({ month, id }: { month: string; id: string }) => `${month} ${id}`;
  const listed = payments.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  const found = difference(asked?.data, listed);
  if (found !== undefined) throw new Error(`the payments of the loan ${loan.id}: ${found}`);
}

export interface Reckoned {
  /** Requests without an answer, and how many of them are on record. */
  readonly lost: number;
  readonly lostRecorded: number;
}

/** Takes what was sent since the last time into the model; throws at the first thing that nothing explains. */
export async function reckon(bank: SlowBank, url: string, sent: readonly Sent[]): Promise<Reckoned> {
  const onRecord = await readAll(url);
  const recorded = loansByRequest(onRecord);
  const settled = settle(sent, (requestId) => recorded.has(requestId));
  const ofKind = Map.groupBy(settled, ({ exchange }) => exchange.request.told.what === 'issue');
  reckonIssues(
    bank,
    (ofKind.get(true) ?? []).map(({ exchange }) => exchange),
    onRecord,
  );

  const ofLoan = Map.groupBy(ofKind.get(false) ?? [], ({ loanId }) => loanId);
  // About what does not exist: any moment will do.
  for (const { exchange } of ofLoan.get(undefined) ?? []) tellAt(bank, exchange, Date.now());
  const { bookDay } = bank;
  for (const loan of bank.loans) {
    // The loans are told one after the other, but happened side by side, maybe around midnight.
    bank.bookDay = bookDay;
    const exchanges = (ofLoan.get(loan.id) ?? []).map(({ exchange }) => exchange);
    explain(bank, loan, exchanges, onRecord);
    if (exchanges.length > 0) await comparePayments(bank, url, loan);
  }
  for (const listed of onRecord.loans) {
    const found = difference(loanShape(bank, loanWithId(bank, listed.id) as SlowLoan), listed);
    if (found !== undefined) throw new Error(`${found}: ${JSON.stringify(listed)}`);
  }
  const lost = sent.filter(({ heard }) => heard === undefined);
  const lostRecorded = lost.filter(({ requestId }) => recorded.has(requestId)).length;
  return { lost: lost.length, lostRecorded };
}
