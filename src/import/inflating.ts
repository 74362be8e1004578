// Unzips a stream of bytes where it is gzip, and hands on what comes out piece by piece: however much a few zipped bytes
// make, no more of it is held than one piece.

import { createGunzip, type Gunzip } from 'node:zlib';
import { NotImportable } from './source-records.ts';

const GZIP_MARK = Buffer.from([0x1f, 0x8b]);
const PIECE_BYTES = 64 * 1024;

export class Inflating {
  readonly #sink: (piece: Buffer) => void;
  #gunzip: Gunzip | undefined;
  #isPlain = false;
  #start: Buffer = Buffer.alloc(0);
  #failure: unknown;

  /** `sink` may throw; nothing is handed on after that. */
  constructor(sink: (piece: Buffer) => void, isGzip: boolean) {
    this.#sink = sink;
    if (isGzip) this.#gunzip = this.#started();
  }

  /** Resolves when all that these bytes make has been handed on. Throws what the sink threw, or NotImportable. */
  async push(bytes: Buffer): Promise<void> {
    let rest = bytes;
    if (this.#gunzip === undefined && !this.#isPlain) {
      this.#start = Buffer.concat([this.#start, bytes]);
      if (this.#start.length < GZIP_MARK.length) return;
      rest = this.#decide();
    }
    if (this.#gunzip === undefined) this.#sink(rest);
    else await this.#write(this.#gunzip, rest);
  }

  /** The same at the end of the bytes. */
  async end(): Promise<void> {
    if (this.#gunzip === undefined) {
      if (!this.#isPlain) this.#sink(this.#start);
      return;
    }
    const gunzip = this.#gunzip;
    await new Promise<void>((resolve) => {
      gunzip.once('close', resolve);
      gunzip.end();
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Frees what is held of a stream that is not read on. */
  drop(): void {
    this.#gunzip?.destroy();
  }

  /** From its first bytes on. */
  #decide(): Buffer {
    const start = this.#start;
    if (start.indexOf(GZIP_MARK) === 0) this.#gunzip = this.#started();
    else this.#isPlain = true;
    return start;
  }

  #started(): Gunzip {
    const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
    gunzip.on('data', (piece: Buffer) => {
      if (this.#failure !== undefined) return;
      try {
        this.#sink(piece);
      } catch (error) {
        this.#failure = error;
        gunzip.destroy();
      }
    });
    gunzip.on('error', (error) => {
      this.#failure ??= new NotImportable(`the gzip is damaged or breaks off (${error.message})`);
    });
    return gunzip;
  }

  async #write(gunzip: Gunzip, bytes: Buffer): Promise<void> {
    if (!gunzip.destroyed) {
      await new Promise<void>((resolve) => {
        gunzip.once('close', resolve);
        gunzip.write(bytes, () => {
          gunzip.removeListener('close', resolve);
          resolve();
        });
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
  }
}
