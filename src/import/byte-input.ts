// The bytes of a file or of standard input as they stand there, with how far they have been taken.

import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';

const CHUNK_BYTES = 256 * 1024;

export interface ByteInput {
  readonly bytes: AsyncIterable<Buffer>;
  /** Bytes taken from the file so far (of a zipped one: zipped). */
  readonly taken: () => number;
  /** Undefined: standard input, whose end nobody knows. */
  readonly inAll: number | undefined;
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
  return { bytes: counted(), taken: () => taken, inAll };
}
