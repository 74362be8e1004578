// A storm: rounds of random requests, many of them equal, thrown at several processes on one database all at once. After
// each round one order must explain it (one-order.ts); in the end every process answers every question as the model does.

import { disagreement } from './comparison.ts';
import { call } from './http-calls.ts';
import { decidedOnce, type Exchange, explainLoan, type HistoryEntry, isAccepted } from './one-order.ts';
import { drawQuestion } from './questions.ts';
import { drawRequest, loanOfRequest } from './requests.ts';
import type { SlowBank, SlowLoan } from './slow-bank.ts';
import { type Request, tell } from './slow-decisions.ts';
import type { RequestAct, SingleQuestion } from './steps.ts';

/** A request, and how many times it is sent at once. */
export interface Gust {
  readonly act: RequestAct;
  readonly times: number;
}

export class Storm {
  readonly #urls: readonly string[];
  readonly #bank: SlowBank = {
    timeZone: 'UTC',
    currency: 'USD',
    digits: 2,
    rounding: 'down',
    bookDay: 0,
    loans: [],
    kept: [],
  };
  #sent = 0;

  /** `urls`: the processes, all on one database that was empty. */
  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  get loans(): number {
    return this.#bank.loans.length;
  }

  get records(): number {
    return this.#bank.loans.flatMap(({ entries }) => entries).length;
  }

  /** Throws one round; the requests are drawn from what is known before it. */
  async round(gusts: readonly Gust[]): Promise<void> {
    const thrown = gusts.flatMap(({ act, times }) => {
      const request = drawRequest(this.#bank, Date.now(), act, () => `key-${++this.#sent}`);
      return request === undefined ? [] : [Array.from({ length: times }, () => this.#exchange(request))];
    });
    const groups = await Promise.all(thrown.map((equal) => Promise.all(equal)));
    const decided = groups.flatMap((equal) => {
      if (equal[0]?.request.key === undefined) return equal;
      const once = decidedOnce(equal);
      if (typeof once === 'string') throw new Error(once);
      return once;
    });
    await this.#issue(decided.filter(({ request }) => request.told.what === 'issue'));

    const others = decided.filter(({ request }) => request.told.what !== 'issue');
    const ofLoan = Map.groupBy(others, ({ request }) => loanOfRequest(this.#bank, request));
    for (const [loan, exchanges] of ofLoan) await this.#explain(loan, exchanges);
  }

  /** Asks every process the same, one question after the other. */
  async ask(questions: readonly SingleQuestion[]): Promise<void> {
    for (const question of questions) {
      for (const url of this.#urls) {
        const asked = drawQuestion(this.#bank, Date.now(), question);
        if (asked === undefined) continue;
        const heard = await call(url, asked);
        const found = disagreement(asked.verdict, heard);
        if (found !== undefined)
          throw new Error(`${found}: ${asked.method} ${asked.path} → ${heard.status} ${heard.text}`);
      }
    }
  }

  async #exchange(request: Request): Promise<Exchange> {
    const url = this.#urls[this.#sent++ % this.#urls.length] as string;
    const sentAtMs = performance.now();
    const heard = await call(url, { method: 'POST', ...request });
    return { request, heard, sentAtMs, heardAtMs: performance.now() };
  }

  /** New loans, in any order: only references are contested, and of those only one can be accepted. */
  async #issue(exchanges: readonly Exchange[]): Promise<void> {
    for (const exchange of [
      ...exchanges.filter(isAccepted),
      ...exchanges.filter((one) => !isAccepted(one)),
    ]) {
      const { id, loan_id: jamesId = id } = exchange.heard.json as { id?: string; loan_id?: string };
      const issued =
        isAccepted(exchange) && jamesId !== undefined ? (await this.#history(jamesId))[0] : undefined;
      this.#tell(exchange, issued === undefined ? Date.now() : Date.parse(issued.recorded_at));
    }
  }

  async #explain(loan: SlowLoan | undefined, exchanges: readonly Exchange[]): Promise<void> {
    if (loan === undefined) {
      // About what does not exist: any moment will do.
      for (const exchange of exchanges) this.#tell(exchange, Date.now());
      return;
    }
    const history = await this.#history(loan.id);
    const found = explainLoan(this.#bank, loan, exchanges, history);
    if (found !== undefined) throw new Error(`${found}\nthe history: ${JSON.stringify(history)}`);
  }

  #tell({ request, heard }: Exchange, at: number): void {
    const found = disagreement(tell(this.#bank, { ...request, key: undefined }, at, heard), heard);
    if (found === undefined) return;
    throw new Error(`${found}: POST ${request.path} ${request.body} → ${heard.status} ${heard.text}`);
  }

  /** From any process, by turns. */
  async #history(loanId: string): Promise<readonly HistoryEntry[]> {
    const url = this.#urls[this.#sent++ % this.#urls.length] as string;
    const path = `/v1/loans/${loanId}/history?limit=500`;
    const { json } = await call(url, { method: 'GET', path });
    return (json as { data: readonly HistoryEntry[] }).data;
  }
}
