// The bytes of a file or of standard input, unzipped where they are gzip, with how far they have been read.

import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK_BYTES = 256 * 1024;
const GZIP_MARK = Buffer.from([0x1f, 0x8b]);

export interface ByteInput {
  readonly bytes: AsyncIterable<Buffer>;
  /** Bytes taken from the file so far (of a zipped one: zipped). */
  readonly taken: () => number;
  /** Undefined: standard input, whose end nobody knows. */
  readonly inAll: number | undefined;
}

async function* unzipped(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < GZIP_MARK.length) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  const isGzip = start.indexOf(GZIP_MARK) === 0;
  if (!isGzip) {
    yield* whole();
    return;
  }
  const zipped = Readable.from(whole(), { objectMode: false });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  zipped.on('error', (error) => gunzip.destroy(error));
  yield* zipped.pipe(gunzip) as AsyncIterable<Buffer>;
}

/** Opens a file, or standard input for `-`. Throws where the file can't be read. */
export function openBytes(file: string): ByteInput {
  const inAll = file === '-' ? undefined : statSync(file).size;
  const source: Readable =
    file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
  let taken = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      taken += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  return { bytes: unzipped(counted()), taken: () => taken, inAll };
}
