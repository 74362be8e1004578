// Calls to a worker thread: a message there, an answer back, in any order. A thread that dies fails the calls that it
// had under way and is started again at the next one.

import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads';

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export interface CallRequest {
  readonly call: number;
  readonly message: unknown;
}

export type CallReply =
  | { readonly call: number; readonly ok: true; readonly answer: unknown }
  | { readonly call: number; readonly ok: false; readonly error: string };

/** The thread ended with calls under way; what became of them, nobody knows. */
export class ThreadEnded extends Error {}

export class ThreadCalls {
  readonly #file: URL;
  readonly #workerData: unknown;
  readonly #limits: ResourceLimits;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #isClosed = false;
  #calls = 0;

  /** `file` is the thread's module; it must hand its work to answerCalls. `limits` keep its heap small. */
  constructor(file: URL, workerData: unknown = undefined, limits: ResourceLimits = {}) {
    this.#file = file;
    this.#workerData = workerData;
    this.#limits = limits;
  }

  /** Starts the thread before its first call, so that nobody has to wait for it. */
  start(): void {
    this.#worker ??= this.#start();
  }

  /** What is in `transfer` is the thread's alone from now on. */
  call<Answer>(message: unknown, transfer: readonly Transferable[] = []): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      // A thread that was started for whoever calls last would keep the process from ending.
      if (this.#isClosed) throw new ThreadEnded('a thread has ended for good');
      this.#worker ??= this.#start();
      const call = ++this.#calls;
      this.#pending.set(call, { resolve, reject });
      this.#worker.postMessage({ call, message } satisfies CallRequest, [...transfer]);
    });
  }

  /** Ends the thread for good; call it when nothing is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const started = new Worker(this.#file, {
      workerData: this.#workerData,
      resourceLimits: this.#limits,
    });
    let failure: unknown;
    started.on('message', (reply: CallReply) => {
      const waiting = this.#pending.get(reply.call);
      this.#pending.delete(reply.call);
      if (reply.ok) waiting?.resolve(reply.answer as never);
      else waiting?.reject(new Error(reply.error));
    });
    started.on('error', (error) => {
      failure = error;
    });
    started.on('exit', () => {
      if (this.#worker === started) this.#worker = undefined;
      const error = new ThreadEnded(`a thread ended: ${failure ?? 'it was stopped'}`);
      for (const { reject } of this.#pending.values()) reject(error);
      this.#pending.clear();
    });
    return started;
  }
}
