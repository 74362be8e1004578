// The demo as a server offers it: whether it may be run, the one run that is under way or was the last, and how far it is.
// The run itself happens elsewhere; here is what is known of it, also of a run in another process of the same server.

import type { Clock } from '../ledger/clock.ts';
import type { DemoRequest, DemoRun } from './demo-run.ts';
import type { LifeCounts } from './live-through.ts';

/** How a run ended. */
export type DemoEnd =
  | { readonly kind: 'done'; readonly overtakenOn: number | null }
  | { readonly kind: 'book-not-empty' }
  | { readonly kind: 'stopped' };

/** A run under way. */
export interface DemoWork {
  /** Rejects where the run broke. */
  readonly ended: Promise<DemoEnd>;
  /** Ends it after the day under way. */
  stop(): void;
}

export interface DemoRunsParts {
  readonly isAllowed: boolean;
  /** Whether the book has no loan at all. */
  readonly isBookEmpty: () => Promise<boolean>;
  readonly start: (request: DemoRequest, by: string, onCounts: (counts: LifeCounts) => void) => DemoWork;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
}

export type DemoRefusal = 'not-allowed' | 'running' | 'book-not-empty';

export type DemoStarting =
  | { readonly kind: 'started'; readonly run: DemoRun }
  | { readonly kind: 'refused'; readonly refusal: DemoRefusal };

export class DemoRuns {
  readonly isAllowed: boolean;
  readonly #parts: DemoRunsParts;
  #run: DemoRun | undefined;
  #work: DemoWork | undefined;
  #listener: (run: DemoRun) => void = () => undefined;

  constructor(parts: DemoRunsParts) {
    this.isAllowed = parts.isAllowed;
    this.#parts = parts;
  }

  /** The run under way or the last one, as far as this process knows. */
  get run(): DemoRun | undefined {
    return this.#run;
  }

  /** Calls with every change of a run in this process. */
  tell(listener: (run: DemoRun) => void): void {
    this.#listener = listener;
  }

  /** Takes note of a run in another process. */
  heard(run: DemoRun): void {
    if (this.#work === undefined) this.#run = run;
  }

  /** Why no run can begin now; undefined: one can. */
  async refusal(): Promise<DemoRefusal | undefined> {
    if (!this.isAllowed) return 'not-allowed';
    if (this.#run?.state === 'running') return 'running';
    return (await this.#parts.isBookEmpty()) ? undefined : 'book-not-empty';
  }

  /** Begins a run on an empty book; `by` is the key that the records will name. */
  async start(request: DemoRequest, by: string): Promise<DemoStarting> {
    const refusal = await this.refusal();
    if (refusal !== undefined) return { kind: 'refused', refusal };
    // Another request may have come first while the book was looked at.
    if (this.#work !== undefined) return { kind: 'refused', refusal: 'running' };
    const run: DemoRun = {
      ...request,
      state: 'running',
      day: null,
      records: 0,
      recordsInAll: null,
      overtakenOn: null,
      startedAt: this.#parts.clock(),
      endedAt: null,
      fault: null,
    };
    this.#work = this.#parts.start(request, by, (counts) => this.#change(counts));
    this.#change(run);
    void this.#follow(this.#work);
    return { kind: 'started', run };
  }

  /** Ends the run under way, if there is one, after its day. */
  async stop(): Promise<void> {
    this.#work?.stop();
    await this.#work?.ended.catch(() => undefined);
  }

  async #follow(work: DemoWork): Promise<void> {
    try {
      const end = await work.ended;
      if (end.kind === 'done') this.#end({ state: 'done', overtakenOn: end.overtakenOn });
      else this.#end({ state: 'failed', fault: FAULTS[end.kind] });
    } catch (error) {
      this.#parts.warn(`the demo ended early: ${error instanceof Error ? error.stack : error}`);
      this.#end({
        state: 'failed',
        fault: 'It ended early; the log says why. The book holds what was recorded by then.',
      });
    }
  }

  #end(end: Partial<DemoRun>): void {
    this.#work = undefined;
    this.#change({ ...end, endedAt: this.#parts.clock() });
  }

  #change(change: Partial<DemoRun>): void {
    this.#run = { ...(this.#run as DemoRun), ...change };
    this.#listener(this.#run);
  }
}

const FAULTS = {
  'book-not-empty': 'Loans that this run has not issued are in the book.',
  stopped: 'The server was stopped. The book holds what was recorded by then.',
} as const;

/** For a server that runs no demo, whatever its book holds. */
export const NO_DEMO = new DemoRuns({
  isAllowed: false,
  isBookEmpty: async () => false,
  start: () => {
    throw new Error('a demo begins that is not allowed');
  },
  clock: () => 0,
  warn: () => undefined,
});
