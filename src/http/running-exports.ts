// The exports that a process is sending. Each holds a snapshot of the database, which costs others something while it is
// open: so there are only so many at once, none goes on for longer than it may, and one whose reader takes nothing is
// given up. An export that does not come to its end is seen by its reader: the connection breaks, and no last chunk comes.

import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ExportChunk } from '../export/export-bytes.ts';
import type { ExportQuestion } from '../export/export-question.ts';

/** complete: all of it was sent; failed: here; abandoned: its reader went away, or took nothing for too long. */
export type ExportOutcome = 'complete' | 'failed' | 'abandoned';

export interface EndedExport {
  readonly question: ExportQuestion;
  readonly outcome: ExportOutcome;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Why it did not come to its end, where that was found here. */
  readonly error: Error | undefined;
}

export interface ExportLimits {
  readonly atOnce: number;
  /** How long an export may take in all. */
  readonly lifeMs: number;
  /** How long its reader may take for one chunk. */
  readonly stallMs: number;
}

export const EXPORT_LIMITS: ExportLimits = { atOnce: 4, lifeMs: 60 * 60_000, stallMs: 60_000 };

export interface RunningExportsParts {
  /** The bytes of an export; pulled one chunk at a time. */
  readonly chunks: (question: ExportQuestion) => AsyncGenerator<ExportChunk>;
  readonly limits?: Partial<ExportLimits>;
  readonly onEnd?: (ended: EndedExport) => void;
}

class ReaderStalled extends Error {
  override readonly name = 'ReaderStalled';
}

export class RunningExports {
  readonly #chunks: RunningExportsParts['chunks'];
  readonly #limits: ExportLimits;
  readonly #onEnd: (ended: EndedExport) => void;
  /** Ends one, with the reason. */
  readonly #running = new Set<(reason: Error) => void>();
  #closing = false;

  constructor({ chunks, limits, onEnd = () => undefined }: RunningExportsParts) {
    this.#chunks = chunks;
    this.#limits = { ...EXPORT_LIMITS, ...limits };
    this.#onEnd = onEnd;
  }

  /** How many are being sent. */
  get now(): number {
    return this.#running.size;
  }

  /** Ends all of them: the server stops. */
  endAll(): void {
    this.#closing = true;
    for (const end of this.#running) end(new Error('the server stops'));
  }

  /**
   * The body of an answer, or undefined where too many are under way. Resolves once the first bytes are there: what
   * keeps an export from beginning (StoreUnavailable) is thrown, and can still be answered.
   */
  async start(
    question: ExportQuestion,
    response: ServerResponse,
    onEnd: (ended: EndedExport) => void,
  ): Promise<Readable | undefined> {
    if (this.#running.size >= this.#limits.atOnce || this.#closing) return undefined;
    // Whoever is gone already gets nothing, and nothing is begun.
    if (response.closed) return Readable.from([]);
    const startedMs = performance.now();
    const chunks = this.#chunks(question);
    const sent = { rows: 0, bytes: 0 };
    let error: Error | undefined;
    let body: Readable | undefined;
    const end = (reason: Error): void => {
      error ??= reason;
      response.destroy();
    };
    const life = setTimeout(() => end(new Error('the export took too long')), this.#limits.lifeMs);
    const forget = (): void => {
      clearTimeout(life);
      this.#running.delete(end);
    };
    const closed = (): void => {
      forget();
      body?.destroy();
      // Also where nobody has begun to read; what goes wrong then is of no use to anybody.
      chunks.return(undefined).catch(() => undefined);
      const outcome = response.writableFinished ? 'complete' : outcomeOf(error);
      const seconds = (performance.now() - startedMs) / 1000;
      const ended: EndedExport = { question, outcome, ...sent, seconds, error };
      this.#onEnd(ended);
      onEnd(ended);
    };
    this.#running.add(end);
    response.once('close', closed);
    try {
      const first = await chunks.next();
      body = Readable.from(this.#bytes(chunks, first, sent, end), { objectMode: false, highWaterMark: 1 });
      body.once('error', (failure) => {
        error ??= failure;
      });
      if (response.closed) body.destroy();
      return body;
    } catch (failure) {
      response.off('close', closed);
      forget();
      throw failure;
    }
  }

  async *#bytes(
    chunks: AsyncGenerator<ExportChunk>,
    first: IteratorResult<ExportChunk>,
    sent: { rows: number; bytes: number },
    end: (reason: Error) => void,
  ): AsyncGenerator<Uint8Array> {
    const stall = new ReaderStalled('the reader took nothing for too long');
    for (let { done, value } = first; !done; { done, value } = await chunks.next()) {
      sent.rows = value.rows;
      sent.bytes += value.bytes.length;
      // An empty chunk would end a stream of bytes.
      if (value.bytes.length === 0) continue;
      const stalled = setTimeout(() => end(stall), this.#limits.stallMs);
      try {
        yield value.bytes;
      } finally {
        clearTimeout(stalled);
      }
    }
  }
}

function outcomeOf(error: Error | undefined): ExportOutcome {
  return error === undefined || error instanceof ReaderStalled || isPrematureClose(error)
    ? 'abandoned'
    : 'failed';
}

/** What a stream says whose other end went away. */
function isPrematureClose(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
