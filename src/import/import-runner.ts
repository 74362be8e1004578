// Carries out the imports that wait, one after the other: claims the one whose turn it is, steps its lanes to their ends,
// and says that it is done. Any number of processes do this beside one another; whoever dies is followed by another, which
// goes on where the last step left the import.
//
// It must never take its own memory for the truth: where an import stands is what the database says.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportLane, ImportStore, StoredImport } from '../store/import-store.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import type { ImportLimits } from './import-limits.ts';
import type { ImportSteps, StepAnswer } from './import-steps.ts';
import { Rate } from './rate.ts';
import { RejectsRoom } from './rejects-room.ts';

/** How often it looks whether anything waits, and tells how fast it goes. */
const LOOK_MS = 1_000;
/** How often it tidies up. */
const TIDY_MS = 10_000;
/** Rows of a step: few enough that nobody else's write waits long for it. */
const STEP_ROWS = 1_024;
const SIGNS_OF_LIFE = 3;

const BROKEN = 'something went wrong in James; the log has the details';

export interface RunnerParts {
  readonly imports: ImportStore;
  readonly steps: ImportSteps;
  readonly limits: ImportLimits;
  readonly owner: string;
  readonly clock: () => number;
  /** Told after each step. */
  readonly onStep: (step: StepAnswer & { readonly kind: 'stepped' }) => void;
  /** Told what goes wrong. */
  readonly warn: (message: string) => void;
}

/** What became of an import under way: all of it is done, it can't go on, or somebody else has it now. */
type RunEnd = 'done' | 'not mine' | { readonly failed: string };

export class ImportRunner {
  readonly #parts: RunnerParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #tidying: Promise<void> | undefined;
  #kick = () => {};

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
    this.#tidying = this.#tidy();
  }

  /** Something may wait now. */
  look(): void {
    this.#kick();
  }

  /** Ends after the step under way; whatever runs is another's from then on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#kick();
    await Promise.all([this.#running, this.#tidying]);
  }

  async #run(): Promise<void> {
    const { imports, owner, limits, clock } = this.#parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let claimed: StoredImport | undefined;
      try {
        claimed = await imports.claim(owner, limits.ownedMs, clock());
        if (claimed !== undefined) await this.#carryOut(claimed);
      } catch (error) {
        this.#warn(error);
        claimed = undefined;
      }
      if (claimed === undefined) await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS).unref();
      this.#kick = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#kick = () => {};
  }

  async #carryOut(claimed: StoredImport): Promise<void> {
    const { imports, steps, owner, clock } = this.#parts;
    const { id, dryRun, rowsRead } = claimed;
    let ended: RunEnd = 'not mine';
    try {
      // What a dry run knew of its rows was lost with the process that began it.
      if (dryRun && rowsRead > 0) await imports.restart(id);
      await steps.begin(claimed);
      ended = await this.#steps(claimed);
      const failure = typeof ended === 'string' ? undefined : ended.failed;
      if (failure !== undefined) await imports.end(id, { state: 'failed', reason: failure, at: clock() });
      if (ended === 'done') await imports.end(id, { state: 'done', reason: null, at: clock() });
    } finally {
      await steps.end().catch((error) => this.#warn(error));
      await imports.release(id, owner).catch(() => undefined);
    }
  }

  async #steps(claimed: StoredImport): Promise<RunEnd> {
    const { imports, steps } = this.#parts;
    const run = new Run(claimed, this.#parts, this.#stopping.signal);
    const left = (await imports.lanes(claimed.id)).filter(({ rows, position }) => position < rows);
    const keeping = run.keep();
    try {
      const workers = Array.from({ length: Math.min(steps.lanesAtOnce, left.length) }, async () => {
        for (let lane = left.shift(); lane !== undefined && !run.signal.aborted; lane = left.shift()) {
          await run.lane(lane);
        }
      });
      await Promise.all(workers.map((worker) => worker.catch((error) => run.broke(error))));
      return run.end();
    } finally {
      run.stop();
      await keeping;
    }
  }

  async #tidy(): Promise<void> {
    const { imports, limits, clock } = this.#parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let isMore = false;
      try {
        isMore = await imports.tidy(clock(), clock() - limits.rejectsKeptMs);
      } catch (error) {
        this.#warn(error);
      }
      const pause = isMore ? LOOK_MS / 10 : TIDY_MS;
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  #warn(error: unknown): void {
    this.#parts.warn(`imports: ${error instanceof Error ? error.message : error}`);
  }
}

/** One import, under way. */
class Run {
  readonly #claimed: StoredImport;
  readonly #parts: RunnerParts;
  readonly #ending = new AbortController();
  readonly signal: AbortSignal;
  readonly #rate = new Rate();
  readonly #rejects: RejectsRoom;
  #end: RunEnd = 'done';
  #failure: unknown;

  constructor(claimed: StoredImport, parts: RunnerParts, stopping: AbortSignal) {
    this.#claimed = claimed;
    this.#parts = parts;
    this.#rejects = new RejectsRoom(parts.limits.rejectsMax - (claimed.dryRun ? 0 : claimed.rejectsKept));
    this.signal = AbortSignal.any([stopping, this.#ending.signal]);
  }

  /** Steps a lane to its end, or until the run ends. */
  async lane({ lane, rows, position }: ImportLane): Promise<void> {
    const { steps, onStep } = this.#parts;
    for (let from = position; from < rows && !this.signal.aborted; ) {
      const rejectsRoom = await this.#rejects.take(STEP_ROWS);
      let kept = 0;
      let answer: StepAnswer;
      try {
        answer = await steps.step({ lane, from, rows: STEP_ROWS, rejectsRoom });
        if (answer.kind === 'stepped') kept = answer.rejectsKept;
      } finally {
        this.#rejects.use(kept, rejectsRoom);
      }
      if (answer.kind === 'moved') return this.#over('not mine');
      if (answer.kind === 'not-importable') return this.#over({ failed: answer.reason });
      this.#rate.add(answer.to - from);
      onStep(answer);
      from = answer.to;
    }
  }

  /** A lane could not go on. Where the database can't serve, the import waits for it; all else ends it. */
  broke(error: unknown): void {
    this.#failure ??= error;
    if (error instanceof StoreUnavailable) this.#over('not mine');
    else this.#over({ failed: BROKEN });
  }

  /** How it went. Throws what stood against it. */
  end(): RunEnd {
    if (this.#failure instanceof StoreUnavailable) throw this.#failure;
    if (this.#failure !== undefined)
      this.#parts.warn(`imports: ${(this.#failure as Error).stack ?? this.#failure}`);
    return this.signal.aborted && this.#end === 'done' ? 'not mine' : this.#end;
  }

  /** Gives signs of life, and says how fast it goes, until the run ends. */
  async keep(): Promise<void> {
    const { imports, owner, limits } = this.#parts;
    const every = Math.min(LOOK_MS, limits.ownedMs / SIGNS_OF_LIFE);
    for (;;) {
      await sleep(every, undefined, { signal: this.signal }).catch(() => undefined);
      if (this.signal.aborted) return;
      try {
        const isMine = await imports.keep(this.#claimed.id, owner, limits.ownedMs, this.#rate.perSecond);
        if (!isMine) this.#over('not mine');
      } catch {
        // The steps find out what stands against it.
      }
    }
  }

  stop(): void {
    this.#ending.abort();
  }

  #over(end: RunEnd): void {
    if (this.#end === 'done') this.#end = end;
    this.#ending.abort();
  }
}
