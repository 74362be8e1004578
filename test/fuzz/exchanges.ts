// Sends what is drawn to the service, several at once, and looks at every answer, at the log, and whether the process is
// still there. Throws Found at the first thing that is wrong.

import { faultOf, faultOfAny, type Rules } from './answer-rules.ts';
import type { BesiegedService } from './besieged-service.ts';
import type { PlayDraft } from './byte-plays.ts';
import { type Act, KeptConnection, play } from './connection.ts';
import type { Moment } from './drafts.ts';
import { type Finding, Found } from './finding.ts';
import { KnownThings } from './known-things.ts';
import type { RequestDraft } from './request-drafts.ts';
import type { Tally } from './tally.ts';
import type { WireAnswer } from './wire-answers.ts';
import { bytesOf, isPlainHttp, type WireRequest } from './wire-request.ts';

/** Of a request larger than what the kernel buffers the server may close the connection before its answer is read. */
const SURELY_READ_BYTES = 60_000;

function counted(answers: readonly WireAnswer[]): string {
  if (answers.length > 1) return 'several answers';
  return answers[0] === undefined ? 'closed' : String(answers[0].status);
}

export class Exchanges implements Disposable {
  readonly #service: BesiegedService;
  readonly #rules: Rules;
  readonly #tally: Tally;
  readonly #connections: KeptConnection[] = [];
  #known = new KnownThings();

  constructor(service: BesiegedService, checked: Rules['checked'], tally: Tally) {
    this.#service = service;
    this.#tally = tally;
    this.#rules = { checked, secrets: () => [...service.secrets, ...this.#known.keys.items] };
  }

  /** Forgets what answers have taught. */
  forget(): void {
    this.#known = new KnownThings();
  }

  async requests(drafts: readonly RequestDraft[]): Promise<void> {
    const requests = drafts.map((draft) => draft(this.#moment()));
    const findings = await Promise.all(
      requests.map((request, index) => this.#request(request, this.#connection(index))),
    );
    await this.#demandNothing(findings, () => requests.map((request) => [{ write: bytesOf(request) }]));
  }

  async plays(drafts: readonly PlayDraft[]): Promise<void> {
    const plays = drafts.map((draft) => draft(this.#moment()));
    const findings = await Promise.all(plays.map((acts) => this.#play(acts, 'GET', '(bytes)')));
    await this.#demandNothing(findings, () => plays);
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close();
  }

  #moment(): Moment {
    return { known: this.#known, facts: {}, apiKeys: this.#service.apiKeys };
  }

  #connection(index: number): KeptConnection {
    const kept = this.#connections[index] ?? new KeptConnection(this.#service.url);
    this.#connections[index] = kept;
    return kept;
  }

  async #request(request: WireRequest, connection: KeptConnection): Promise<Finding | undefined> {
    const bytes = bytesOf(request);
    const sent = [[{ write: bytes }]];
    if (!isPlainHttp(request)) return this.#play([{ write: bytes }], request.method, '(hardly HTTP)');
    let answer: WireAnswer | undefined;
    try {
      answer = await connection.exchange(bytes, request.method);
    } catch (error) {
      connection.close();
      return { what: (error as Error).message, sent };
    }
    this.#tally.count(request.operation.name, answer === undefined ? 'closed' : String(answer.status));
    if (answer === undefined) {
      return bytes.length > SURELY_READ_BYTES
        ? undefined
        : { what: 'the connection is closed without an answer', sent };
    }
    const what = faultOf(request, answer, this.#rules);
    if (what !== undefined) return { what, sent, answer };
    this.#learn(request, answer);
    return undefined;
  }

  #learn(
    { operation, method, headers }: WireRequest,
    { status, text, cookies, headers: told }: WireAnswer,
  ): void {
    if (status === 401) for (const [, value] of headers) this.#known.refused(value);
    if (status >= 300 || method !== operation.method) return;
    if (/^application\/json(;|$)/.test(told.get('content-type') ?? ''))
      this.#known.learn(operation, JSON.parse(text), cookies);
  }

  async #play(acts: readonly Act[], method: string, name: string): Promise<Finding | undefined> {
    try {
      const answers = await play(this.#service.url, acts, method);
      this.#tally.count(name, counted(answers));
      for (const answer of answers) {
        const what = faultOfAny(answer, this.#rules);
        if (what !== undefined) return { what, sent: [acts], answer };
      }
      return undefined;
    } catch (error) {
      return { what: (error as Error).message, sent: [acts] };
    }
  }

  /** Throws what was found: by an answer, in the log, or in that the process is no more. */
  async #demandNothing(
    findings: readonly (Finding | undefined)[],
    sent: () => Finding['sent'],
  ): Promise<void> {
    const found = findings.find((finding) => finding !== undefined);
    const log = this.#service.logFault();
    if (found === undefined && log === undefined) return;
    const isAlive = await this.#service.isAlive();
    const what = [
      found?.what,
      log,
      isAlive ? undefined : `it is no more; its last words:\n${this.#service.lastWords()}`,
    ];
    const all = { what: what.filter((one) => one !== undefined).join('\n'), answer: found?.answer };
    throw new Found({ ...all, sent: found === undefined || !isAlive ? sent() : found.sent });
  }
}
