// The thread that reads files: unzips, cuts into rows, checks each and puts it into its block, as the bytes come in.

import { constants as zlib, zstdCompressSync } from 'node:zlib';
import { answerCalls } from '../threads/answer-calls.ts';
import { ImportReader, type ImportReading, type ReadBlock } from './import-reader.ts';
import { Inflating } from './inflating.ts';
import { NotImportable } from './source-records.ts';

export interface FileReading extends ImportReading {
  /** Whether it is gzip for sure; else its first bytes tell. */
  readonly isGzip: boolean;
  /** Whether blocks are compressed, to be kept. */
  readonly compresses: boolean;
  /** How many bytes it may have, unzipped. */
  readonly bytesMax: number;
}

export type ReadingCall = { readonly file: number } & (
  | { readonly open: FileReading }
  | { readonly bytes: Uint8Array }
  | { readonly end: true }
  | { readonly drop: true }
);

export type ReadingAnswer =
  | {
      readonly ok: true;
      readonly blocks: readonly ReadBlock[];
      /** Of the file so far, unzipped. */
      readonly bytes: number;
      readonly columns: readonly string[] | undefined;
    }
  | { readonly ok: false; readonly reason: string; readonly isTooLarge: boolean };

const COMPRESSION = { params: { [zlib.ZSTD_c_compressionLevel]: 1 } };

class TooLarge extends NotImportable {}

class OpenFile {
  readonly #reader: ImportReader;
  readonly #inflating: Inflating;
  readonly #compresses: boolean;
  #bytes = 0;
  #blocks: ReadBlock[] = [];
  /** Calls of one file are answered one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ isGzip, compresses, bytesMax, ...reading }: FileReading) {
    this.#reader = new ImportReader(reading);
    this.#compresses = compresses;
    this.#inflating = new Inflating((piece) => {
      this.#bytes += piece.length;
      if (this.#bytes > bytesMax) throw new TooLarge(`it has more than ${bytesMax} bytes`);
      this.#take(this.#reader.push(piece));
    }, isGzip);
  }

  push(bytes: Buffer): Promise<ReadingAnswer> {
    return this.#next(() => this.#inflating.push(bytes));
  }

  end(): Promise<ReadingAnswer> {
    return this.#next(async () => {
      await this.#inflating.end();
      this.#take(this.#reader.end());
    });
  }

  drop(): void {
    this.#inflating.drop();
  }

  #next(work: () => Promise<void>): Promise<ReadingAnswer> {
    const answer = this.#last.then(async (): Promise<ReadingAnswer> => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof NotImportable)) throw error;
        return { ok: false, reason: error.message, isTooLarge: error instanceof TooLarge };
      }
      const blocks = this.#blocks;
      this.#blocks = [];
      return { ok: true, blocks, bytes: this.#bytes, columns: this.#reader.columns };
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #take(blocks: readonly ReadBlock[]): void {
    for (const { lane, rows, bytes } of blocks) {
      this.#blocks.push({
        lane,
        rows,
        bytes: this.#compresses ? Uint8Array.from(zstdCompressSync(bytes, COMPRESSION)) : bytes,
      });
    }
  }
}

const files = new Map<number, OpenFile>();
const NOTHING_READ: ReadingAnswer = { ok: true, blocks: [], bytes: 0, columns: undefined };

answerCalls(
  (call: ReadingCall): ReadingAnswer | Promise<ReadingAnswer> => {
    if ('open' in call) {
      files.set(call.file, new OpenFile(call.open));
      return NOTHING_READ;
    }
    const file = files.get(call.file);
    if (file === undefined) throw new Error('a file is read that is not open');
    if ('bytes' in call)
      return file.push(Buffer.from(call.bytes.buffer, call.bytes.byteOffset, call.bytes.length));
    if ('end' in call) return file.end();
    file.drop();
    files.delete(call.file);
    return NOTHING_READ;
  },
  (answer) => (answer.ok ? answer.blocks.map(({ bytes }) => bytes.buffer) : []),
);
