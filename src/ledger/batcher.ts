// Gathers commands that arrive together into one batch, so that durability costs one flush a batch and not one a
// command. While a batch is being recorded the next one gathers; each caller hears only after its own commit.

import type { Answer, BatchExecutor, Command, OutcomeOf } from './commands.ts';

/** The most commands that one transaction takes; more wait for the next. */
const BATCH_COMMANDS_MAX = 1000;

interface Waiting {
  readonly command: Command;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export class Batcher {
  readonly #execute: BatchExecutor;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(execute: BatchExecutor) {
    this.#execute = execute;
  }

  /** Records a command with whatever others are waiting; resolves after the commit. */
  submit<C extends Command>(command: C): Promise<Answer<OutcomeOf<C>>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve: resolve as (answer: Answer) => void, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is waiting or under way any more. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in this turn of the event loop shares the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_COMMANDS_MAX);
      try {
        const answers = await this.#execute(batch.map(({ command }) => command));
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = undefined;
  }
}
