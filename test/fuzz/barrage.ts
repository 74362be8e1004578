// A barrage on one service: requests and bytes in rounds, each drawn from a seed. What is found is made as small as it is
// cheap to.

import type { TestEngine } from '../support/engines.ts';
import { answerCheck } from '../support/openapi-answers.ts';
import { fc } from '../support/properties.ts';
import { BesiegedService } from './besieged-service.ts';
import { anyPlay } from './byte-plays.ts';
import { Exchanges } from './exchanges.ts';
import { type Finding, Found, shownFinding } from './finding.ts';
import { MemoryWatch } from './memory-watch.ts';
import { type Operation, operationsOf } from './operations.ts';
import { anyRequest, validRequest } from './request-drafts.ts';
import { serviceFaults } from './service-faults.ts';
import { SlowClients } from './slow-clients.ts';
import { Tally } from './tally.ts';

/** So many are on their way at a time, at most. */
const AT_ONCE = 16;
const VOLLEYS_A_ROUND = 50;
const PLAYS_A_ROUND = 10;
/** How often each operation is asked validly at first, so that there is something to ask about. */
const FIRST_REQUESTS = 3;
/** How many smaller ones are tried at most where something is found. */
const SMALLER_MAX = 200;

export class Barrage implements AsyncDisposable {
  readonly tally = new Tally();
  readonly memory: MemoryWatch;
  readonly operations: readonly Operation[];
  readonly #service: BesiegedService;
  readonly #exchanges: Exchanges;
  readonly #slow: SlowClients;
  readonly #anyRequest: ReturnType<typeof anyRequest>;

  static async on(engine: TestEngine): Promise<Barrage> {
    const service = await BesiegedService.start(engine);
    try {
      return new Barrage(service, await answerCheck(service.url));
    } catch (error) {
      await service[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(service: BesiegedService, checked: Awaited<ReturnType<typeof answerCheck>>) {
    this.#service = service;
    this.operations = operationsOf(checked.document);
    this.#anyRequest = fc.oneof(...this.operations.map(anyRequest));
    this.#exchanges = new Exchanges(service, checked, this.tally);
    this.memory = new MemoryWatch(service.url);
    this.#slow = new SlowClients(service.url);
  }

  /** Everything that is drawn from one seed: what was found, in words and bytes, or undefined. */
  async round(seed: number): Promise<string | undefined> {
    this.#exchanges.forget();
    const several = { minLength: 1, maxLength: AT_ONCE, size: 'max' } as const;
    const volleys = fc.array(this.#anyRequest, several);
    const plays = fc.array(anyPlay(this.#anyRequest), several);
    const found =
      (await this.#first(seed)) ??
      (await this.#until(seed, VOLLEYS_A_ROUND, volleys, (drafts) => this.#exchanges.requests(drafts))) ??
      (await this.#until(seed, PLAYS_A_ROUND, plays, (drafts) => this.#exchanges.plays(drafts)));
    if (found !== undefined) return shownFinding(found);
    await this.memory.look(this.tally.requests);
    return undefined;
  }

  /** Whether the service is as good as before, after all that: what is wrong, or undefined. */
  async aftermath(): Promise<string | undefined> {
    this.#slow[Symbol.dispose]();
    return (
      this.memory.fault ?? (await serviceFaults(this.#service.url)) ?? (await this.#service.stopAndVerify())
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#slow[Symbol.dispose]();
    this.#exchanges[Symbol.dispose]();
    await this.#service[Symbol.asyncDispose]();
  }

  /** Each operation in turn, in the order of the document, so that what one makes the next can ask about. */
  async #first(seed: number): Promise<Finding | undefined> {
    for (const operation of this.operations) {
      const drafts = fc.sample(validRequest(operation), { seed, numRuns: FIRST_REQUESTS });
      try {
        await this.#exchanges.requests(drafts);
      } catch (error) {
        if (error instanceof Found) return error.finding;
        throw error;
      }
    }
    return undefined;
  }

  /** Draws and acts, again and again; gives the smallest that is found wrong. */
  async #until<Drawn>(
    seed: number,
    times: number,
    arbitrary: fc.Arbitrary<Drawn>,
    act: (drawn: Drawn) => Promise<void>,
  ): Promise<Finding | undefined> {
    let found: Finding | undefined;
    let smaller = 0;
    const property = fc.asyncProperty(arbitrary, async (drawn) => {
      if (found !== undefined && (++smaller > SMALLER_MAX || !(await this.#service.isAlive()))) return;
      try {
        await act(drawn);
      } catch (error) {
        if (error instanceof Found) found = error.finding;
        throw error;
      }
    });
    const result = await fc.check(property, { seed, numRuns: times });
    if (result.failed && found === undefined) throw result.errorInstance;
    return found;
  }
}
