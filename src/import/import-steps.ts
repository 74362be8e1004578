// Books an import that waits in the database, step by step: each takes some rows of a lane from where the import stands,
// and one transaction books them and moves the import on.

import { zstdDecompressSync } from 'node:zlib';
import type { Currency } from '../domain/money.ts';
import type { ImportExecutor } from '../ledger/execute-import.ts';
import type { ImportStore, StoredImport } from '../store/import-store.ts';
import type { Lane } from '../store/lanes.ts';
import { BlockRows, type RowCounts } from './booked-rows.ts';
import { ImportBlock } from './import-block.ts';
import { rejectOf } from './rejected-rows.ts';
import { NotImportable } from './source-records.ts';
import { TrialBook } from './trial-book.ts';

export interface StepCall {
  readonly lane: Lane;
  /** Where the lane stands, and how many rows to take at most: fewer where a chunk ends. */
  readonly from: number;
  readonly rows: number;
  /** How many rejected rows may still be kept. */
  readonly rejectsRoom: number;
}

export type StepAnswer =
  | (RowCounts & { readonly kind: 'stepped'; readonly to: number; readonly rejectsKept: number })
  /** It does not stand there: it was cancelled, or another process goes on with it. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'not-importable'; readonly reason: string };

/** One import at a time; its lanes may be stepped side by side. */
export interface ImportSteps {
  /** How many lanes are worth being stepped at once. */
  readonly lanesAtOnce: number;
  begin(running: StoredImport): Promise<void>;
  step(call: StepCall): Promise<StepAnswer>;
  end(): Promise<void>;
}

export interface StepParts {
  readonly imports: ImportStore;
  readonly execute: ImportExecutor;
  readonly currency: Currency;
}

interface OpenChunk {
  readonly firstRow: number;
  readonly block: ImportBlock;
}

/** The steps of the import that is under way, in the thread that writes. */
export class BookingSteps {
  readonly #parts: StepParts;
  #running: StoredImport | undefined;
  #trial: TrialBook | undefined;
  /** The chunk that each lane is in. */
  readonly #chunks = new Map<Lane, OpenChunk>();

  constructor(parts: StepParts) {
    this.#parts = parts;
  }

  begin(running: StoredImport): void {
    this.end();
    this.#running = running;
    if (running.dryRun) this.#trial = new TrialBook();
  }

  end(): void {
    this.#chunks.clear();
    this.#trial?.close();
    this.#trial = undefined;
    this.#running = undefined;
  }

  async step(call: StepCall): Promise<StepAnswer> {
    const running = this.#running;
    if (running === undefined) throw new Error('an import is stepped that has not begun');
    try {
      const chunk = await this.#chunk(running.id, call);
      return chunk === undefined ? { kind: 'moved' } : await this.#book(running, chunk, call);
    } catch (error) {
      if (error instanceof NotImportable) return { kind: 'not-importable', reason: error.message };
      throw error;
    }
  }

  async #chunk(id: string, { lane, from }: StepCall): Promise<OpenChunk | undefined> {
    const known = this.#chunks.get(lane);
    if (known !== undefined && from >= known.firstRow && from < known.firstRow + known.block.rows)
      return known;
    this.#chunks.delete(lane);
    const stored = await this.#parts.imports.chunk(id, lane, from);
    if (stored === undefined || from >= stored.firstRow + stored.rows) return undefined;
    const chunk = {
      firstRow: stored.firstRow,
      block: new ImportBlock(zstdDecompressSync(stored.block)),
    };
    this.#chunks.set(lane, chunk);
    return chunk;
  }

  #book(running: StoredImport, { firstRow, block }: OpenChunk, call: StepCall): Promise<StepAnswer> {
    const { id, recordedBy, requestId, format, columns, dryRun } = running;
    const { lane, from, rejectsRoom } = call;
    const to = Math.min(from + call.rows, firstRow + block.rows);
    const rows = new BlockRows(block, from - firstRow, to - firstRow, { requestId, recordedBy });
    const { currency } = this.#parts;
    return this.#parts
      .execute<StepAnswer>({
        lane,
        commands: rows.commands,
        place: { importId: id, lane, from },
        ...(this.#trial === undefined ? {} : { trial: this.#trial }),
        conclude: (outcomes) => {
          const { accepted, alreadyThere, rejected, rejects } = rows.done(outcomes, currency);
          const kept = rejects.slice(0, Math.max(0, rejectsRoom));
          const counts = { accepted, alreadyThere, rejected };
          return {
            result: { kind: 'stepped', to, ...counts, rejectsKept: kept.length },
            step: {
              importId: id,
              ...{ lane, from, to, ...counts },
              rejects: kept.map((row) => rejectOf(row, format, columns ?? [])),
              // A dry run may have to begin anew.
              drops: !dryRun,
            },
          };
        },
      })
      .then((answer) => (answer === 'moved' ? { kind: 'moved' } : answer));
  }
}
