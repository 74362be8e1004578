// Takes in files: as fast as they can be read, checked in their form and made safe in the database, and no faster. Nothing
// is booked before a file is whole.

import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { BROKE_OFF, type ImportChunk, type ImportStore, type StoredImport } from '../store/import-store.ts';
import type { Lane } from '../store/lanes.ts';
import type { RecordId } from '../store/store.ts';
import { BrokenOff, type ByteSource, byteSource } from './byte-source.ts';
import type { ImportFormat, ImportKindName } from './import-kinds.ts';
import type { ImportLimits } from './import-limits.ts';
import type { RowRules } from './import-rows.ts';
import { FileTooLarge, Reading, type ReadPart } from './reading.ts';
import { NotImportable } from './source-records.ts';

/** How often the database is told how far a file has come that brings no block. */
const TOLD_MS = 1_000;
const SIGNS_OF_LIFE = 3;

/** A file, and what is to be done with it. */
export interface SentFile {
  readonly kind: ImportKindName;
  readonly format: ImportFormat;
  /** Whether it is gzip for sure; else its first bytes tell. */
  readonly isGzip: boolean;
  readonly dryRun: boolean;
  readonly requestId: string;
  readonly recordedBy: string;
  readonly key: string | null;
}

export type Received =
  /** It is whole and safe; or it was already, under the same key. */
  | { readonly kind: 'received'; readonly stored: StoredImport; readonly isReplay: boolean }
  | { readonly kind: 'refused' | 'too-large'; readonly reason: string }
  | { readonly kind: 'broke-off' | 'cancelled' | 'key-in-use' | 'key-used' | 'stopping' }
  /** Others are coming in, and no more are taken. */
  | { readonly kind: 'too-many'; readonly now: number };

export interface ReceivingParts {
  readonly imports: ImportStore;
  readonly limits: ImportLimits;
  readonly rules: RowRules;
  readonly lanes: number;
  readonly owner: string;
  readonly clock: () => number;
  readonly newId: () => RecordId;
  /** Told how many rows came in. */
  readonly onRows: (rows: number) => void;
}

class Cancelled extends Error {}

/** What the key is bound to. */
function fingerprintOf({ kind, format, dryRun }: SentFile, hash: Hash): string {
  const body = hash.digest('hex');
  return createHash('sha256').update(`import ${kind} ${format} ${dryRun} ${body}`).digest('hex');
}

export class Receiving {
  readonly #parts: ReceivingParts;
  readonly #reading = new Reading();
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<Received>>();

  constructor(parts: ReceivingParts) {
    this.#parts = parts;
  }

  /** Takes a file in. What is left of the body when it resolves, nobody wants. Throws StoreUnavailable. */
  async receive(sent: SentFile, body: Readable): Promise<Received> {
    const now = this.#underWay.size;
    if (this.#stopping.signal.aborted) return { kind: 'stopping' };
    if (now >= this.#parts.limits.receivingMax) return { kind: 'too-many', now };
    const receiving = this.#receive(sent, byteSource(body, this.#parts.limits.idleMs, this.#stopping.signal));
    this.#underWay.add(receiving);
    try {
      return await receiving;
    } finally {
      this.#underWay.delete(receiving);
      // Its sender hears the answer only if somebody reads what is still sent.
      body.on('error', () => undefined).resume();
    }
  }

  /** Breaks off what is coming in. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #receive(sent: SentFile, bytes: ByteSource): Promise<Received> {
    const { imports, clock, newId, owner, limits } = this.#parts;
    const { kind, format, dryRun, requestId, recordedBy, key } = sent;
    const made = { id: newId(), createdAt: clock(), kind, format, dryRun, requestId, recordedBy, key };
    const known = await imports.insert(made, owner, limits.ownedMs);
    if (known !== undefined) return this.#again(sent, known, bytes);
    const { id } = made;
    const alive = setInterval(() => {
      imports.keep(id, owner, limits.ownedMs, null).catch(() => undefined);
    }, limits.ownedMs / SIGNS_OF_LIFE);
    try {
      const stored = await this.#take(id, sent, bytes);
      return { kind: 'received', stored, isReplay: false };
    } catch (error) {
      if (error instanceof Cancelled) return { kind: 'cancelled' };
      const reason = error instanceof NotImportable ? error.message : BROKE_OFF;
      const ending = imports.end(id, { state: 'failed', reason, at: clock() });
      // Where the database is away, it will end for want of a sign of life.
      await ending.catch(() => undefined);
      if (error instanceof FileTooLarge) return { kind: 'too-large', reason };
      if (error instanceof NotImportable) return { kind: 'refused', reason };
      if (!(error instanceof BrokenOff)) throw error;
      return { kind: this.#stopping.signal.aborted ? 'stopping' : 'broke-off' };
    } finally {
      clearInterval(alive);
    }
  }

  /** A key that came before: the same file under it is the same import. */
  async #again(sent: SentFile, known: StoredImport, bytes: ByteSource): Promise<Received> {
    if (known.fingerprint === null) return { kind: 'key-in-use' };
    const hash = createHash('sha256');
    try {
      for await (const piece of bytes) hash.update(piece);
    } catch (error) {
      if (error instanceof BrokenOff) return { kind: 'broke-off' };
      throw error;
    }
    if (fingerprintOf(sent, hash) !== known.fingerprint) return { kind: 'key-used' };
    return { kind: 'received', stored: known, isReplay: true };
  }

  async #take(id: RecordId, sent: SentFile, bytes: ByteSource): Promise<StoredImport> {
    const { imports, limits, rules, lanes, clock } = this.#parts;
    const { kind, format, isGzip } = sent;
    const { bytesMax } = limits;
    const file = this.#reading.open({ kind, format, isGzip, lanes, ...rules, bytesMax, compresses: true });
    const keeping = new Keeping(id, this.#parts);
    const hash = createHash('sha256');
    try {
      for await (const piece of bytes) {
        hash.update(piece);
        await keeping.add(await file.push(piece));
      }
      await keeping.add(await file.end());
      await keeping.finish();
    } finally {
      await file.close();
    }
    const isSafe = await imports.received(id, fingerprintOf(sent, hash), clock());
    const stored = isSafe ? await imports.byId(id) : undefined;
    if (stored === undefined) throw new Cancelled();
    return stored;
  }
}

/** Keeps what is read in the database, while the next is read. */
class Keeping {
  readonly #id: RecordId;
  readonly #parts: ReceivingParts;
  readonly #rows = new Map<Lane, number>();
  #last: ReadPart | undefined;
  #isTold = true;
  #toldAt = performance.now();
  #writing: Promise<boolean> = Promise.resolve(true);

  constructor(id: RecordId, parts: ReceivingParts) {
    this.#id = id;
    this.#parts = parts;
  }

  /** Resolves when what came before is safe; this part may not be yet. */
  async add(part: ReadPart): Promise<void> {
    this.#last = part;
    this.#isTold = false;
    if (part.blocks.length > 0 || performance.now() - this.#toldAt > TOLD_MS) await this.#write(part);
  }

  /** Resolves when all is safe. */
  async finish(): Promise<void> {
    if (!this.#isTold && this.#last !== undefined) await this.#write({ ...this.#last, blocks: [] });
    await this.#written();
  }

  async #write({ blocks, columns, bytes }: ReadPart): Promise<void> {
    await this.#written();
    const chunks: ImportChunk[] = blocks.map(({ lane, rows, bytes: block }) => {
      const firstRow = this.#rows.get(lane) ?? 0;
      this.#rows.set(lane, firstRow + rows);
      return { lane, firstRow, rows, block };
    });
    this.#toldAt = performance.now();
    this.#isTold = true;
    this.#writing = this.#parts.imports.receive(this.#id, { chunks, columns: columns ?? null, bytes });
    // It is looked at when the next part has been read.
    this.#writing.catch(() => undefined);
    this.#parts.onRows(chunks.reduce((sum, { rows }) => sum + rows, 0));
  }

  async #written(): Promise<void> {
    if (!(await this.#writing)) throw new Cancelled();
  }
}
