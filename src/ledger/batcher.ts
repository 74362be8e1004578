// Gathers commands that arrive together into one batch, so that durability costs one flush a batch and not one a
// command. While a lane's batch is being recorded its next one gathers; each caller hears only after its own commit.
// Lanes don't wait for one another.

import type { Lane } from '../store/lanes.ts';
import type { BatchObserver } from './batch-observer.ts';
import type { Answer, Command, LaneBatch, LaneExecutor, OutcomeOf } from './commands.ts';
import { placeOf } from './lanes.ts';

/** The most commands that one transaction takes; more wait for the next. */
const BATCH_COMMANDS_MAX = 2000;

interface Waiting {
  readonly command: Command;
  readonly keyLane: Lane | undefined;
  /** What the observer made of it. */
  readonly mark: unknown;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Whose turn it is: a lane's commands, those that any lane may take, or those that move the book day. */
type QueueName = Lane | 'any lane' | 'book day';

interface Queue {
  readonly name: QueueName;
  waiting: Waiting[];
  running: Promise<void> | undefined;
}

/** How the store takes writes. */
export interface WriterLimits {
  readonly lanes: number;
  /** How many batches are under way at once. */
  readonly writers: number;
}

export class Batcher {
  readonly #execute: LaneExecutor;
  readonly #lanes: number;
  readonly #observer: BatchObserver | undefined;
  readonly #queues = new Map<QueueName, Queue>();
  readonly #waitingForWriter: (() => void)[] = [];
  #freeWriters: number;
  #waiting = 0;
  #nextLane = 0;

  constructor(execute: LaneExecutor, { lanes, writers }: WriterLimits, observer?: BatchObserver) {
    this.#execute = execute;
    this.#observer = observer;
    this.#lanes = lanes;
    this.#freeWriters = writers;
    // Not every process should begin with the same lane.
    this.#nextLane = Math.floor(Math.random() * lanes);
  }

  /** How many commands wait for their batch. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Records a command with whatever others are waiting; resolves after the commit. */
  submit<C extends Command>(command: C): Promise<Answer<OutcomeOf<C>>> {
    return new Promise((resolve, reject) => {
      const { lane, keyLane } = placeOf(command, this.#lanes);
      const name =
        this.#lanes === 1 ? 0 : command.kind === 'pass-book-day' ? 'book day' : (lane ?? 'any lane');
      const queue = this.#queue(name);
      const mark = this.#observer?.submitted(command);
      queue.waiting.push({ command, keyLane, mark, resolve: resolve as (answer: Answer) => void, reject });
      this.#waiting++;
      queue.running ??= this.#run(queue);
    });
  }

  /** Records commands, those of one lane in their order; resolves when all are committed. */
  async submitAll(commands: readonly Command[]): Promise<Answer[]> {
    const answers = await Promise.allSettled(commands.map((command) => this.submit(command)));
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
  }

  /** Resolves when nothing is waiting or under way any more. */
  async settled(): Promise<void> {
    for (;;) {
      const running = [...this.#queues.values()].flatMap((queue) => queue.running ?? []);
      if (running.length === 0) return;
      await Promise.all(running);
    }
  }

  #queue(name: QueueName): Queue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = { name, waiting: [], running: undefined };
      this.#queues.set(name, queue);
    }
    return queue;
  }

  async #run(queue: Queue): Promise<void> {
    // What arrives in this turn of the event loop shares the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.waiting.length > 0) {
      await this.#writer();
      const { batch, taken } = this.#take(queue);
      this.#waiting -= taken.length;
      const ended = this.#observer?.executing(taken.map(({ mark }) => mark));
      try {
        const answers = await this.#execute(batch);
        ended?.();
        for (const [index, { resolve }] of taken.entries()) resolve(answers[index] as Answer);
      } catch (error) {
        ended?.(error);
        for (const { reject } of taken) reject(error);
      } finally {
        this.#release();
      }
    }
    queue.running = undefined;
  }

  /** The next batch of a queue: in order, but only as much as shares one lane of idempotency keys. */
  #take(queue: Queue): { batch: LaneBatch; taken: Waiting[] } {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    let keyLane: Lane | undefined;
    for (const waiting of queue.waiting) {
      const fits = waiting.keyLane === undefined || waiting.keyLane === (keyLane ?? waiting.keyLane);
      if (taken.length < BATCH_COMMANDS_MAX && fits) {
        taken.push(waiting);
        keyLane ??= waiting.keyLane;
      } else left.push(waiting);
    }
    queue.waiting = left;
    const lane = typeof queue.name === 'number' ? queue.name : this.#nextLane++ % this.#lanes;
    return {
      batch: { lane, keyLane: keyLane ?? lane, commands: taken.map(({ command }) => command) },
      taken,
    };
  }

  async #writer(): Promise<void> {
    if (this.#freeWriters > 0) this.#freeWriters--;
    else await new Promise<void>((resolve) => this.#waitingForWriter.push(resolve));
  }

  #release(): void {
    const next = this.#waitingForWriter.shift();
    if (next === undefined) this.#freeWriters++;
    else next();
  }
}
