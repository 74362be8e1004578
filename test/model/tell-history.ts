// Tells one history to the real service over HTTP and to the model, and compares every answer. Throws Disagreement with
// the whole history, readable, at the first difference.

import { type ClockedService, clockedService } from '../support/clocked-service.ts';
import type { TestDatabase, TestEngine } from '../support/engines.ts';
import { difference, disagreement } from './comparison.ts';
import { drawExport } from './export-questions.ts';
import { call, OWNERS } from './http-calls.ts';
import { drawList, drawQuestion, YESTERDAY } from './questions.ts';
import { drawRequest, loanOfRequest, pick, withOtherBody } from './requests.ts';
import { type SlowBank, type SlowLoan, today } from './slow-bank.ts';
import { bankDay, dateText } from './slow-calendar.ts';
import { type Heard, keptFor, type Request, tell } from './slow-decisions.ts';
import { byId } from './slow-exports.ts';
import { historyShape } from './slow-shapes.ts';
import type { Act, ExportQuestion, History, Question, RequestAct, RetryAct } from './steps.ts';

/** The service and the model do not agree; the message tells everything up to there. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

const LOAN_OF_TODAY: Act = {
  act: 'issue',
  surface: 'v1',
  amount: 10_000n,
  rate: '0.05',
  term: 1,
  daysAgo: 0,
  atMonthEnd: false,
  reference: undefined,
  keyed: false,
  owner: 0,
};
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DIGITS = { USD: 2, JPY: 0, BHD: 3 } as const;

interface Remembered {
  readonly path: string;
  readonly knownAt: number;
  readonly status: number;
  readonly text: string;
}

/** The order of `count` things in every way. */
function orders(count: number): number[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, place) => order.toSpliced(place, 0, count - 1)),
  );
}

class Telling {
  readonly #log: string[] = [];
  readonly #sentWithKey: Request[] = [];
  readonly #remembered = new Map<string, Remembered>();
  readonly #database: TestDatabase;
  readonly #history: History;
  #service: ClockedService;
  #bank: SlowBank;
  #keys = 0;
  /** The latest instant at which anything was told: what expired then may be gone for good. */
  #latest = 0;

  constructor(history: History, service: ClockedService, database: TestDatabase) {
    this.#history = history;
    this.#service = service;
    this.#database = database;
    const { timeZone, currency, rounding } = history;
    const digits = DIGITS[currency];
    this.#bank = { timeZone, currency, digits, rounding, bookDay: 0, loans: [], kept: [] };
  }

  async all(): Promise<void> {
    for (const { act, questions } of this.#history.steps) {
      await this.#act(act);
      for (const question of questions) await this.#ask(question);
    }
    await this.#askEverything();
  }

  close(): Promise<void> {
    return this.#service.close();
  }

  get #at(): number {
    return this.#service.clock.at;
  }

  async #act(act: Act): Promise<void> {
    switch (act.act) {
      case 'nothing':
        return;
      case 'pass':
        if (act.hours < 0) await this.#reachBookDay(act.minutes % 2 === 0);
        return this.#passTo(this.#at + act.hours * HOUR_MS + act.minutes * MINUTE_MS);
      case 'midnight':
        return this.#passTo(this.#nextMidnight() + act.minutes * MINUTE_MS);
      case 'restart':
        await this.#service.close();
        this.#service = await clockedService({
          database: this.#database,
          clock: this.#service.clock,
          rounding: this.#history.rounding,
        });
        this.#log.push('the service restarts on the same database');
        return;
      case 'retry':
        return this.#retry(act);
      case 'race': {
        const requests = act.acts.flatMap((one) => this.#draw(one) ?? []);
        const first = requests[0];
        if (first === undefined) return;
        return this.#send(act.twice ? [...requests, first] : requests);
      }
      default: {
        const request = this.#draw(act);
        if (request !== undefined) await this.#send([request]);
      }
    }
  }

  #draw(act: RequestAct): Request | undefined {
    const request = drawRequest(this.#bank, this.#at, act, () => `key-${++this.#keys}`);
    if (request?.key !== undefined) this.#sentWithKey.push(request);
    return request;
  }

  /** Before the clock is set back: moves the book day to today, so that where it stands then is no matter of luck. */
  #reachBookDay(byRecording: boolean): Promise<void> {
    return byRecording
      ? this.#act(LOAN_OF_TODAY)
      : this.#ask({ ask: 'outstanding', asOf: { nth: 0, days: 0 }, knownAt: YESTERDAY });
  }

  #passTo(at: number): void {
    this.#service.clock.at = at;
    this.#latest = Math.max(this.#latest, at);
  }

  /** The first instant of the bank's next day. */
  #nextMidnight(): number {
    const { timeZone } = this.#bank;
    const day = bankDay(this.#at, timeZone);
    let at = Math.ceil(this.#at / MINUTE_MS) * MINUTE_MS;
    while (bankDay(at + HOUR_MS, timeZone) === day) at += HOUR_MS;
    while (bankDay(at, timeZone) === day) at += MINUTE_MS;
    return at;
  }

  async #retry({ nth, how }: RetryAct): Promise<void> {
    const request = pick(this.#sentWithKey, nth);
    if (request === undefined) return;
    // On a clock set back an answer may have been dropped as expired already, or not yet: nothing is promised then.
    const kept = keptFor(this.#bank, request, this.#at);
    if (kept !== undefined && keptFor(this.#bank, request, this.#latest) === undefined) return;
    const other = OWNERS.find(({ name }) => name !== request.owner)?.name ?? request.owner;
    if (how === 'same') return this.#send([request]);
    if (how === 'other-owner') return this.#send([{ ...request, owner: other }]);
    return this.#send([withOtherBody(request)]);
  }

  /** Sends requests at once; some order of them must explain every answer, and the histories that they left. */
  async #send(requests: readonly Request[]): Promise<void> {
    const heard = await Promise.all(
      requests.map((request) => call(this.#service.url, { method: 'POST', ...request })),
    );
    if (requests.length > 1) this.#log.push(`${requests.length} requests at once:`);
    for (const [index, request] of requests.entries()) this.#logRequest(request, heard[index] as Heard);

    const before = this.#bank;
    const all = orders(requests.length);
    let reason: string | undefined;
    for (const order of all) {
      this.#bank = all.length === 1 ? before : structuredClone(before);
      const found = await this.#explain(order, requests, heard);
      if (found === undefined) return;
      reason ??= found;
    }
    this.#fail(requests.length === 1 ? reason : `no order of the requests explains the answers: ${reason}`);
  }

  async #explain(
    order: readonly number[],
    requests: readonly Request[],
    heard: readonly Heard[],
  ): Promise<string | undefined> {
    for (const index of order) {
      const answer = heard[index] as Heard;
      const verdict = tell(this.#bank, requests[index] as Request, this.#at, answer);
      const found = disagreement(verdict, answer);
      if (found !== undefined) return found;
    }
    const touched = new Set(
      requests.map((request) =>
        request.told.what === 'issue' ? this.#bank.loans.at(-1) : loanOfRequest(this.#bank, request),
      ),
    );
    for (const loan of touched) {
      const found = loan === undefined ? undefined : await this.#compareHistory(loan);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Compares a loan's history, and takes from it the ids that no answer told. */
  async #compareHistory(loan: SlowLoan): Promise<string | undefined> {
    const path = `/v1/loans/${loan.id}/history?limit=500`;
    const { json } = await call(this.#service.url, { method: 'GET', path });
    const data = (json as { data?: { id: string }[] } | undefined)?.data ?? [];
    for (const [index, entry] of loan.entries.entries()) {
      if (entry.id === '') entry.id = data[index]?.id ?? '';
    }
    const found = difference(historyShape(loan), data);
    return found === undefined ? undefined : `GET ${path}: ${found}\n${JSON.stringify(data)}`;
  }

  async #ask(question: Question): Promise<void> {
    if (question.ask === 'again') {
      const remembered = pick([...this.#remembered.values()], question.nth);
      if (remembered !== undefined) await this.#askAgain(remembered);
      return;
    }
    if (question.ask === 'list' || question.ask === 'payments' || question.ask === 'history') {
      return this.#askList(question);
    }
    const asked =
      question.ask === 'export'
        ? drawExport(this.#bank, this.#at, question)
        : drawQuestion(this.#bank, this.#at, question);
    if (asked === undefined) return;
    const { method, path, verdict, final } = asked;
    const answer = await call(this.#service.url, asked);
    const heard = question.ask === 'export' ? asRows(question, answer) : answer;
    const found = disagreement(verdict, heard);
    if (found !== undefined) {
      this.#fail(found, `${method} ${path} ${asked.body ?? ''}\n  → ${heard.status} ${heard.text}`);
    }
    if (final === undefined) return;
    const remembered = { path, knownAt: final, status: heard.status, text: lasting(heard.text) };
    if (!this.#remembered.has(path)) this.#remembered.set(path, remembered);
  }

  /** The answer for a known-at date that has passed never changes again. */
  async #askAgain({ path, knownAt, status, text }: Remembered): Promise<void> {
    if (knownAt >= this.#bank.bookDay) throw new Error('the model has not passed a known-at date for good');
    const heard = await call(this.#service.url, { method: 'GET', path });
    if (heard.status === status && lasting(heard.text) === text) return;
    this.#fail(
      `the answer was another before: ${status} ${text}`,
      `GET ${path}\n  → ${heard.status} ${heard.text}`,
    );
  }

  async #askList(question: Question & { ask: 'list' | 'payments' | 'history' }): Promise<void> {
    const asked = drawList(this.#bank, this.#at, question);
    if (asked === undefined) return;
    const data: unknown[] = [];
    let path = asked.path;
    for (;;) {
      const heard = await call(this.#service.url, { method: 'GET', path });
      const page = heard.json as { data?: unknown[]; next?: string | null } | undefined;
      if (heard.status !== 200 || page?.data === undefined) {
        return this.#fail(
          'a page of the list was expected',
          `GET ${path}\n  → ${heard.status} ${heard.text}`,
        );
      }
      data.push(...page.data);
      if (page.next === null || page.next === undefined) break;
      if (page.data.length === 0) return this.#fail('an empty page has a next one', `GET ${path}`);
      path = `${asked.path}&after=${encodeURIComponent(page.next)}`;
    }
    const found = difference(asked.data, question.ask === 'payments' ? byMonthAndId(data) : data);
    if (found !== undefined) {
      this.#fail(found, `GET ${asked.path}, all pages\n  → ${JSON.stringify(data)}`);
    }
  }

  async #askEverything(): Promise<void> {
    for (const loan of this.#bank.loans.keys()) {
      await this.#ask({ ask: 'balance', loan, asOf: undefined, knownAt: undefined });
      await this.#ask({ ask: 'payments', loan });
      await this.#ask({ ask: 'history', loan });
    }
    await this.#ask({
      ask: 'list',
      status: undefined,
      reference: undefined,
      dateFrom: undefined,
      dateTo: undefined,
      daysPastDueMin: undefined,
      limit: 50,
    });
    for (const table of ['loans', 'payments', 'book'] as const) await this.#ask({ ...EVERYTHING, table });
    for (const remembered of this.#remembered.values()) await this.#askAgain(remembered);
  }

  #logRequest({ owner, key, path, body }: Request, { status, text, replayed }: Heard): void {
    const time = `${dateText(today(this.#bank, this.#at))} (${new Date(this.#at).toISOString()})`;
    const who = `${owner === OWNERS[0].name ? '' : ` by ${owner}`}${key === undefined ? '' : ` under ${key}`}`;
    const again = replayed ? ' (again)' : '';
    this.#log.push(`${time}${who} POST ${path} ${body}\n  → ${status}${again} ${text}`);
  }

  #fail(reason: string | undefined, about?: string): never {
    const { timeZone, currency, rounding } = this.#history;
    const now = dateText(today(this.#bank, this.#at));
    const lines = [
      `a bank in ${timeZone}, ${currency}, rounding ${rounding}`,
      ...this.#log,
      ...(about === undefined ? [] : [`(${now}) ${about}`]),
      `✖ ${reason}`,
    ];
    throw new Disagreement(this.#named(lines.join('\n')));
  }

  /** Ids by short names, so that a person can follow. */
  #named(text: string): string {
    const names = new Map<string, string>();
    for (const [index, loan] of this.#bank.loans.entries()) {
      names.set(loan.id, `<loan ${index + 1}>`);
      for (const [place, { id, kind }] of loan.entries.entries()) {
        if (kind !== 'issued' && id !== '') names.set(id, `<record ${place + 1} of loan ${index + 1}>`);
      }
    }
    return text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? id);
  }
}

const EVERYTHING = {
  ask: 'export',
  reversed: true,
  reference: undefined,
  status: undefined,
  kind: undefined,
  dateFrom: undefined,
  dateTo: undefined,
  daysPastDueMin: undefined,
  asOf: undefined,
  knownAt: undefined,
} as const;

/** The answer of an export with its rows as they are compared: those that have an id in the order of their ids. */
function asRows({ table }: ExportQuestion, heard: Heard): Heard {
  if (heard.status !== 200) return heard;
  const rows = heard.text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { id: string });
  return { ...heard, json: table === 'book' ? rows : byId(rows) };
}

/** Without what names the very request. */
function lasting(text: string): string {
  return text.replace(/"request_id":"[^"]*"/, '');
}

function byMonthAndId(data: readonly unknown[]): unknown[] {
  const rows = data as { month: string; id: string }[];
  if (rows.some(({ month }, index) => month < (rows[index - 1]?.month ?? ''))) return [...rows];
  return rows.toSorted((a, b) => (`${a.month} ${a.id}` < `${b.month} ${b.id}` ? -1 : 1));
}

/** Half past ten in the evening: in most zones the bank's day is not that of UTC. */
function startOf({ startedOn }: History): number {
  return Date.parse(`${startedOn}T22:30:00Z`);
}

export async function tellHistory(history: History, engine: TestEngine): Promise<void> {
  await using database = await engine.freshDatabase();
  const { timeZone, currency, rounding } = history;
  const service = await clockedService({ database, at: startOf(history), timeZone, currency, rounding });
  const telling = new Telling(history, service, database);
  try {
    await telling.all();
  } finally {
    await telling.close();
  }
}
