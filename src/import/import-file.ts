// Imports a file at once, from where it stands (`james import`): read and checked on one thread, booked on this one, lane
// by lane. Bad rows don't stop it, and it may be run again at any time: what is recorded already is skipped and counted,
// never booked twice.

import { setImmediate as turn } from 'node:timers/promises';
import type { Currency } from '../domain/money.ts';
import type { ImportExecutor, Trial } from '../ledger/execute-import.ts';
import type { Origin } from '../ledger/ledger.ts';
import type { ImportReject } from '../store/import-store.ts';
import type { Lane } from '../store/lanes.ts';
import { BlockRows, type RowsDone } from './booked-rows.ts';
import { ImportBlock } from './import-block.ts';
import type { ImportFormat } from './import-kinds.ts';
import type { ReadBlock } from './import-reader.ts';
import { Pace } from './pace.ts';
import type { ReadFile, ReadPart } from './reading.ts';
import { rejectOf } from './rejected-rows.ts';

/** Pieces of the file that are with the reading thread at once. */
const READS_AT_ONCE = 4;
/** Rows that are read and wait to be booked. */
const ROWS_WAITING_MAX = 32_768;

export interface FileCounts {
  readonly read: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly rejected: number;
}

export interface ImportFileParts {
  readonly bytes: AsyncIterable<Buffer>;
  readonly file: ReadFile;
  readonly format: ImportFormat;
  readonly execute: ImportExecutor;
  /** Whether others have written since it was last asked, whom a long transaction holds up. */
  readonly othersWrote: () => Promise<boolean>;
  /** How many lanes are booked side by side. */
  readonly writers: number;
  readonly currency: Currency;
  readonly origin: Origin;
  /** Given, nothing is booked. */
  readonly trial?: Trial;
  /** Rows that were not booked, in the order of the file within each lane; waits until they are taken. */
  readonly onRejected: (rows: readonly ImportReject[], columns: readonly string[]) => Promise<void>;
  /** Told after each commit, with the share of the rows read so far that is done. */
  readonly onProgress: (counts: FileCounts, done: number) => void;
  /** Aborted: the import stops after the transactions under way. */
  readonly signal: AbortSignal;
}

/** Reads, books and counts; resolves with the counts when the input ends or the signal aborts. Throws NotImportable. */
export async function importFile(parts: ImportFileParts): Promise<FileCounts> {
  const { signal, writers } = parts;
  const booking = new Booking(parts);
  const lanes = new Lanes(writers, (block) => booking.book(block));
  for await (const { blocks, columns = [] } of readAhead(parts)) {
    booking.columns = columns;
    for (const block of blocks) {
      booking.known += block.rows;
      lanes.add(block);
    }
    await lanes.room();
    if (signal.aborted) break;
  }
  await lanes.done();
  return booking.counts;
}

/** The parts of a file in their order, some read ahead. */
async function* readAhead({ bytes, file }: ImportFileParts): AsyncGenerator<ReadPart> {
  const reads: Promise<ReadPart>[] = [];
  const read = (part: Promise<ReadPart>) => {
    // A failure is met when its turn comes.
    part.catch(() => undefined);
    reads.push(part);
  };
  for await (const piece of bytes) {
    read(file.push(piece));
    if (reads.length === READS_AT_ONCE) yield await (reads.shift() as Promise<ReadPart>);
  }
  read(file.end());
  for (const part of reads) yield await part;
}

class Booking {
  readonly #parts: ImportFileParts;
  readonly #pace: Pace;
  #counts: FileCounts = { read: 0, accepted: 0, skipped: 0, rejected: 0 };
  columns: readonly string[] = [];
  /** Rows that have been read. */
  known = 0;

  constructor(parts: ImportFileParts) {
    this.#parts = parts;
    this.#pace = new Pace(parts.othersWrote);
  }

  get counts(): FileCounts {
    return this.#counts;
  }

  /** Books a block, some rows a transaction. */
  async book({ lane, bytes }: ReadBlock): Promise<void> {
    const { execute, origin, currency, trial, signal, onProgress } = this.#parts;
    const block = new ImportBlock(bytes);
    for (let from = 0, to = 0; from < block.rows && !signal.aborted; from = to) {
      to = Math.min(from + this.#pace.rows, block.rows);
      const begunMs = performance.now();
      const rows = new BlockRows(block, from, to, origin);
      const done = await execute<RowsDone>({
        lane,
        commands: rows.commands,
        ...(trial === undefined ? {} : { trial }),
        conclude: (outcomes) => ({ result: rows.done(outcomes, currency), step: undefined }),
      });
      if (done === 'moved') throw new Error('an import moved that nobody else knows of');
      await this.#reject(done);
      const { read, accepted, skipped, rejected } = this.#counts;
      this.#counts = {
        read: read + to - from,
        accepted: accepted + done.accepted,
        skipped: skipped + done.alreadyThere,
        rejected: rejected + done.rejected,
      };
      onProgress(this.#counts, this.#counts.read / this.known);
      await this.#pace.rest(performance.now() - begunMs);
      // SQLite's calls block this thread: what has been read meanwhile must get its turn.
      await turn();
    }
  }

  async #reject({ rejects }: RowsDone): Promise<void> {
    if (rejects.length === 0) return;
    const { format, onRejected } = this.#parts;
    const { columns } = this;
    await onRejected(
      rejects.map((row) => rejectOf(row, format, columns)),
      columns,
    );
  }
}

/** Blocks on their way: those of a lane one after the other, those of several lanes side by side. */
class Lanes {
  readonly #book: (block: ReadBlock) => Promise<void>;
  readonly #waiting = new Map<Lane, ReadBlock[]>();
  readonly #workers = new Set<Promise<void>>();
  readonly #busy = new Set<Lane>();
  readonly #writers: number;
  #rows = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(writers: number, book: (block: ReadBlock) => Promise<void>) {
    this.#writers = writers;
    this.#book = book;
  }

  add(block: ReadBlock): void {
    const blocks = this.#waiting.get(block.lane);
    if (blocks === undefined) this.#waiting.set(block.lane, [block]);
    else blocks.push(block);
    this.#rows += block.rows;
    this.#start();
  }

  /** Resolves when more may come. Throws what stood against a block. */
  async room(): Promise<void> {
    while (this.#rows > ROWS_WAITING_MAX) await this.#one();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Resolves when all is booked. */
  async done(): Promise<void> {
    while (this.#workers.size > 0) await this.#one();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #one(): Promise<void> {
    await Promise.race(this.#workers);
  }

  #start(): void {
    while (this.#workers.size < this.#writers) {
      const lane = [...this.#waiting.keys()].find((one) => !this.#busy.has(one));
      if (lane === undefined) return;
      const block = this.#next(lane);
      this.#busy.add(lane);
      const worker = this.#work(block).finally(() => {
        this.#workers.delete(worker);
        this.#busy.delete(lane);
        this.#start();
      });
      this.#workers.add(worker);
    }
  }

  #next(lane: Lane): ReadBlock {
    const blocks = this.#waiting.get(lane) as ReadBlock[];
    const block = blocks.shift() as ReadBlock;
    // A lane that goes to the end of the map lets the others go first.
    this.#waiting.delete(lane);
    if (blocks.length > 0) this.#waiting.set(lane, blocks);
    return block;
  }

  async #work(block: ReadBlock): Promise<void> {
    try {
      if (this.#failure === undefined) await this.#book(block);
    } catch (error) {
      this.#failure ??= { error };
    }
    this.#rows -= block.rows;
  }
}
