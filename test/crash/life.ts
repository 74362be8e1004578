// The life of one database through kill after kill: load, SIGKILL, start again, retries, the reckoning, questions, james
// verify. Throws at the first thing that is wrong.

import { setTimeout as sleep } from 'node:timers/promises';
import type { SlowBank } from '../model/slow-bank.ts';
import type { TestDatabase } from '../support/engines.ts';
import { runJames, type Service } from '../support/service.ts';
import { ask } from './asking.ts';
import { kill, leftSessions, type Site, startJames, type Way, wayText } from './bank-site.ts';
import { gusts, questions } from './gusts.ts';
import { isLost, startLoad } from './load.ts';
import type { Plan } from './plans.ts';
import { type Reckoned, reckon } from './reckoning.ts';
import { retry } from './retries.ts';
import type { Sent } from './sending.ts';

const QUESTIONS = 40;

/** What a kill has come to. */
export interface Survived extends Reckoned {
  readonly nth: number;
  readonly way: Way;
  readonly answers: number;
  /** Sent after it, and how many of them brought an answer of before. */
  readonly retries: number;
  readonly replayed: number;
  /** Of the bank, after it. */
  readonly loans: number;
  readonly records: number;
}

export function survivedText({
  nth,
  way,
  answers,
  lost,
  lostRecorded,
  retries,
  replayed,
  loans,
  records,
}: Survived): string {
  const underWay = `${lost} under way, ${lostRecorded} of them recorded`;
  const again = `${retries} retries, ${replayed} of them answered as before`;
  return `kill ${nth} (${wayText(way)}): ${answers} answers, ${underWay}; ${again}; ${loans} loans with ${records} records agree`;
}

/** A lost answer is right only from the kill on; a service that can't tell what became of a request is, too. */
function withoutFaults(sent: readonly Sent[], { server }: Way, killedAtMs: number): readonly Sent[] {
  return sent.map((one) => {
    if (!isLost(one)) return one;
    const { request, heard, heardAtMs } = one;
    const mayBeLost = heardAtMs >= killedAtMs && (heard === undefined || server !== 'stays');
    if (mayBeLost) return { ...one, heard: undefined };
    throw new Error(`POST ${request.path} was not answered before the kill: ${heard?.text}`);
  });
}

function assertFaultless(service: Service): void {
  if (service.output().includes('"level":50')) throw new Error('James had a fault that nobody gave it');
}

export class Life {
  readonly #site: Site;
  readonly #database: TestDatabase;
  readonly #bank: SlowBank = {
    timeZone: 'UTC',
    currency: 'USD',
    digits: 2,
    rounding: 'down',
    bookDay: 0,
    loans: [],
    kept: [],
  };
  #service: Service | undefined;
  #keys = 0;

  constructor(site: Site, database: TestDatabase) {
    this.#site = site;
    this.#database = database;
  }

  /** `next`: how James is started after it. */
  async survive(nth: number, way: Way, next: Way, drawn: Plan): Promise<Survived> {
    const dying = this.#service ?? (await this.#start(way));
    const sent = await this.#killUnderLoad(nth, dying, way, drawn);
    const ended = await leftSessions(this.#database);
    const { url } = await this.#start(next);
    const retried = await retry(url, sent, drawn.seed);
    await ended();
    const reckoned = await reckon(this.#bank, url, [...sent, ...retried]);
    await ask(this.#bank, url, questions(drawn.seed, QUESTIONS));
    await this.#verify();
    const { loans } = this.#bank;
    return {
      ...reckoned,
      ...{ nth, way, answers: sent.length - reckoned.lost },
      ...{ retries: retried.length, replayed: retried.filter(({ heard }) => heard?.replayed).length },
      ...{ loans: loans.length, records: loans.flatMap(({ entries }) => entries).length },
    };
  }

  /** Stops James in good order, as whoever has survived can be. */
  async end(): Promise<void> {
    const service = this.#service as Service;
    const exit = await service.stop();
    if (exit.code !== 0) throw new Error(`James ended with ${JSON.stringify(exit)}`);
    assertFaultless(service);
  }

  /** Leaves no process behind, whatever has gone wrong. */
  async abandon(): Promise<void> {
    await this.#service?.kill();
  }

  output(): string {
    return this.#service?.output() ?? '';
  }

  async #start(way: Way): Promise<Service> {
    this.#service = await startJames(this.#database, way);
    return this.#service;
  }

  async #killUnderLoad(nth: number, service: Service, way: Way, drawn: Plan): Promise<readonly Sent[]> {
    const { seed, clients, answers, delayMs, firstIsFirst } = drawn;
    const newKey = () => `key-${++this.#keys}`;
    const load = startLoad({
      ...{ url: service.url, bank: this.#bank, gusts: gusts(seed, nth), clients, newKey },
    });
    await load.answered(answers);
    await sleep(delayMs);
    const killedAtMs = performance.now();
    const answered = () => {
      load.stop();
      return load.over();
    };
    await kill({ server: this.#site.server, service, way, firstIsFirst, answered });
    const sent = withoutFaults(await load.over(), way, killedAtMs);
    if (way.server === 'stays') assertFaultless(service);
    return sent;
  }

  async #verify(): Promise<void> {
    const { code, output } = await runJames(['verify'], { env: { DATABASE_URL: this.#database.url } });
    if (code !== 0 || !output.includes('no difference')) {
      throw new Error(`james verify ended with code ${code}:\n${output}`);
    }
  }
}
