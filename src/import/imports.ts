// Imports as a server offers them: files come in, wait for their turn and are carried out, and can be watched meanwhile.

import type { Readable } from 'node:stream';
import type { ImportFilter, ImportStore, StoredImport } from '../store/import-store.ts';
import type { RecordId } from '../store/store.ts';
import type { ImportLimits } from './import-limits.ts';
import type { RowRules } from './import-rows.ts';
import { ImportRunner } from './import-runner.ts';
import type { ImportSteps, StepAnswer } from './import-steps.ts';
import { type Received, Receiving, type SentFile } from './receiving.ts';
import { rejectsHeader, rejectsLine } from './rejected-rows.ts';

export type { ImportFilter, ImportFormat, StoredImport } from '../store/import-store.ts';
export type { ImportLimits } from './import-limits.ts';

const REJECTS_AT_ONCE = 1_000;
/** Who follows one import sees it as it was at most so long ago. */
const LATELY_MS = 900;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Told what happens, for whoever counts it. */
export interface ImportObserver {
  received(rows: number): void;
  decided(rows: {
    readonly accepted: number;
    readonly alreadyThere: number;
    readonly rejected: number;
  }): void;
}

export interface ImportsParts {
  readonly imports: ImportStore;
  readonly steps: ImportSteps;
  readonly limits: ImportLimits;
  readonly rules: RowRules;
  readonly lanes: number;
  readonly clock: () => number;
  readonly newId: () => RecordId;
  readonly observer: ImportObserver;
  readonly warn: (message: string) => void;
}

export type Cancelling =
  | { readonly kind: 'cancelled' | 'ended'; readonly stored: StoredImport }
  | { readonly kind: 'unknown' };

interface Look {
  readonly at: number;
  readonly stored: Promise<StoredImport | undefined>;
}

export class Imports {
  readonly limits: ImportLimits;
  readonly #imports: ImportStore;
  readonly #clock: () => number;
  readonly #receiving: Receiving;
  readonly #runner: ImportRunner;
  readonly #looks = new Map<RecordId, Look>();

  constructor(parts: ImportsParts) {
    const { imports, limits, clock, newId, observer } = parts;
    const owner = newId();
    this.limits = limits;
    this.#imports = imports;
    this.#clock = clock;
    this.#receiving = new Receiving({ ...parts, owner, onRows: (rows) => observer.received(rows) });
    this.#runner = new ImportRunner({
      ...parts,
      owner,
      onStep: (step: StepAnswer & { kind: 'stepped' }) => observer.decided(step),
    });
  }

  /** From now on imports are carried out, until `close`. */
  start(): void {
    this.#runner.start();
  }

  /** Takes a file in; resolves when it is safe. */
  async receive(sent: SentFile, body: Readable): Promise<Received> {
    const received = await this.#receiving.receive(sent, body);
    if (received.kind === 'received') this.#runner.look();
    return received;
  }

  byId(id: RecordId): Promise<StoredImport | undefined> {
    return this.#imports.byId(id);
  }

  /** An import as it lately was: however many follow it, the database is asked once. */
  lately(id: RecordId): Promise<StoredImport | undefined> {
    const now = performance.now();
    const known = this.#looks.get(id);
    if (known !== undefined && now - known.at < LATELY_MS) return known.stored;
    for (const [other, { at }] of this.#looks) if (now - at >= LATELY_MS) this.#looks.delete(other);
    const stored = this.byId(id);
    this.#looks.set(id, { at: now, stored });
    return stored;
  }

  /** A page of imports, the latest first; undefined where `after` is no cursor of such a list. */
  async list(
    filter: ImportFilter,
    after: string | null,
    limit: number,
  ): Promise<{ readonly imports: readonly StoredImport[]; readonly next: string | null } | undefined> {
    if (after !== null && !ID.test(after)) return undefined;
    const found = await this.#imports.list(filter, after, limit + 1);
    const imports = found.slice(0, limit);
    return { imports, next: found.length > limit ? (imports.at(-1)?.id ?? null) : null };
  }

  /** Ends an import where it stands; what is booked stays booked. */
  async cancel(id: RecordId): Promise<Cancelling> {
    const outcome = await this.#imports.cancel(id, this.#clock());
    const stored = outcome === 'unknown' ? undefined : await this.#imports.byId(id);
    if (stored === undefined) return { kind: 'unknown' };
    return { kind: outcome === 'done' ? 'cancelled' : 'ended', stored };
  }

  /** The rejected rows of an import as CSV, in pieces; undefined where there is no such import. */
  async rejects(id: RecordId): Promise<AsyncIterable<string> | undefined> {
    const stored = await this.#imports.byId(id);
    return stored === undefined ? undefined : this.#rejects(stored);
  }

  /** How many imports there are in each state that is no end. */
  open(): ReturnType<ImportStore['open']> {
    return this.#imports.open();
  }

  /** Breaks off what comes in, and gives up what runs, to be gone on with by another process or after the next start. */
  async close(): Promise<void> {
    await Promise.all([this.#receiving.close(), this.#runner.stop()]);
  }

  async *#rejects({ id, columns }: StoredImport): AsyncGenerator<string> {
    yield rejectsHeader(columns ?? []);
    for (let line = 0; ; ) {
      const rows = await this.#imports.rejects(id, line, REJECTS_AT_ONCE);
      if (rows.length > 0) yield rows.map(rejectsLine).join('');
      if (rows.length < REJECTS_AT_ONCE) return;
      line = rows.at(-1)?.line ?? line;
    }
  }
}
