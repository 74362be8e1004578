// What imports ask of a database: files that wait in pieces until their rows are booked, how far each is, and the rows
// that were rejected. The rows themselves are booked by the ledger; in the same transaction it moves the import on
// (ImportStep, which every write can bring). Both engines offer exactly this.

import type { Lane } from './lanes.ts';
import type { RecordId } from './record-id.ts';

export type ImportKindName = 'loans' | 'payments';
export type ImportFormat = 'csv' | 'ndjson';

export const IMPORT_STATES = ['receiving', 'waiting', 'running', 'done', 'failed', 'cancelled'] as const;
/** Its file is coming in; it waits for its turn; its rows are being booked; it has ended, in one of three ways. */
export type ImportState = (typeof IMPORT_STATES)[number];

export interface ImportCounts {
  /** Rows that came in, of all lanes. */
  readonly rows: number;
  /** Of them: rows about which something was decided. */
  readonly rowsRead: number;
  readonly accepted: number;
  /** Recorded before, by an earlier import or another row. */
  readonly alreadyThere: number;
  readonly rejected: number;
  /** Rejected rows that are kept, to be corrected. */
  readonly rejectsKept: number;
}

/** What is fixed when an import begins. Instants are milliseconds since 1970. */
export interface NewImport {
  readonly id: RecordId;
  readonly kind: ImportKindName;
  readonly format: ImportFormat;
  /** Whether it checks everything and books nothing. */
  readonly dryRun: boolean;
  /** The name of the key that sent it, and the request that brought it: its records name both. */
  readonly recordedBy: string;
  readonly requestId: string;
  /** An Idempotency-Key, if it came with one. */
  readonly key: string | null;
  readonly createdAt: number;
}

export interface StoredImport extends NewImport, ImportCounts {
  readonly state: ImportState;
  /** Why it failed. */
  readonly reason: string | null;
  /** The file's columns, once its header has come. */
  readonly columns: readonly string[] | null;
  /** Of the file, unzipped; of what has come in so far. */
  readonly bytes: number;
  /** How fast it lately went; null before it runs. */
  readonly rowsPerSecond: number | null;
  /** Of what the key is bound to; null while the file is coming in. */
  readonly fingerprint: string | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** A piece of a file: rows of one lane in the form that src/import gives them, compressed. */
export interface ImportChunk {
  readonly lane: Lane;
  /** How many rows of the lane come before it. */
  readonly firstRow: number;
  readonly rows: number;
  readonly block: Uint8Array;
}

export interface ImportLane {
  readonly lane: Lane;
  readonly rows: number;
  /** Rows that are done: the next one to be booked. */
  readonly position: number;
}

export interface ImportReject {
  /** On which it begins in the file. */
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  /** The values of its original columns, as a line of CSV without its end. */
  readonly record: string;
}

/** The lane of an import that a write moves on: it must stand at `from`, or nothing is written. */
export interface ImportPlace {
  readonly importId: RecordId;
  readonly lane: Lane;
  readonly from: number;
}

/** How a write moves an import on. */
export interface ImportStep extends ImportPlace {
  readonly to: number;
  readonly accepted: number;
  readonly alreadyThere: number;
  readonly rejected: number;
  readonly rejects: readonly ImportReject[];
  /** Whether chunks that are done with are dropped. */
  readonly drops: boolean;
}

/** The import does not stand where a write took it to stand: it was cancelled, or another process has moved it on. */
export class ImportMoved extends Error {
  override readonly name = 'ImportMoved';
}

export interface ImportFilter {
  readonly state?: ImportState;
  readonly kind?: ImportKindName;
}

export interface ImportEnd {
  readonly state: 'done' | 'failed';
  readonly reason: string | null;
  readonly at: number;
}

/** What came in of a file. */
export interface ImportPart {
  readonly chunks: readonly ImportChunk[];
  readonly columns: readonly string[] | null;
  /** Of the file so far, unzipped. */
  readonly bytes: number;
}

/**
 * Every method rejects with StoreUnavailable where the database can't serve. Each is one transaction.
 *
 * Whoever receives or carries out an import owns it for some time and prolongs that (`keep`); where the owner dies, another
 * one takes over when the time is up. Nothing depends on it but that work is not done in vain: a position moves once.
 */
export interface ImportStore {
  /** Adds an import that is being received; or tells which one has its key. */
  insert(made: NewImport, owner: string, ownedMs: number): Promise<StoredImport | undefined>;

  /** Adds what came in; false where it is no longer being received. */
  receive(id: RecordId, part: ImportPart): Promise<boolean>;

  /** The file is whole: from now on the import waits for its turn. False where it is no longer being received. */
  received(id: RecordId, fingerprint: string | null, at: number): Promise<boolean>;

  byId(id: RecordId): Promise<StoredImport | undefined>;

  byKey(recordedBy: string, key: string): Promise<StoredImport | undefined>;

  /** A page of imports, the latest first; `after` is the id of the last one on the page before. */
  list(filter: ImportFilter, after: RecordId | null, limit: number): Promise<StoredImport[]>;

  /**
   * The import whose turn it is, if nobody owns it: one is carried out at a time, in the order in which they were
   * received. It is running then.
   */
  claim(owner: string, ownedMs: number, at: number): Promise<StoredImport | undefined>;

  /** Prolongs; false where the import has ended, or is another's now. */
  keep(id: RecordId, owner: string, ownedMs: number, rowsPerSecond: number | null): Promise<boolean>;

  /** Gives it back, to be claimed at once by another. */
  release(id: RecordId, owner: string): Promise<void>;

  /** Begins a dry run anew, from its first row. */
  restart(id: RecordId): Promise<void>;

  lanes(id: RecordId): Promise<ImportLane[]>;

  /** The chunk that a row of a lane is in. */
  chunk(id: RecordId, lane: Lane, row: number): Promise<ImportChunk | undefined>;

  /**
   * Ends an import that is being received or running; false where it has ended before, or is said to be done while rows
   * are left. One that failed frees its key, and so does one that was cancelled while it came in.
   */
  end(id: RecordId, end: ImportEnd): Promise<boolean>;

  /** Ends it where it stands; what is booked stays booked. */
  cancel(id: RecordId, at: number): Promise<'done' | 'unknown' | 'ended'>;

  /** Rejected rows by line, from after one on. */
  rejects(id: RecordId, afterLine: number, limit: number): Promise<ImportReject[]>;

  /**
   * Some of what is left to be done: fails what broke off while it came in, drops chunks of what has ended and rejects
   * of what ended before an instant. Tells whether there may be more.
   */
  tidy(at: number, rejectsEndedBefore: number): Promise<boolean>;

  /** How many imports there are in each state that is no end. */
  open(): Promise<Readonly<Record<'receiving' | 'waiting' | 'running', number>>>;

  close(): Promise<void>;
}

/** How long an Idempotency-Key stands for an import. */
export const IMPORT_KEY_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Why an import failed whose file stopped coming in. */
export const BROKE_OFF = 'the file broke off while it was sent; nothing of it is booked';
