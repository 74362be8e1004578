// The bytes of a body in pieces worth a message to another thread, with a limit to the time in which none comes.

import type { Readable } from 'node:stream';

/** Small pieces are gathered up to here, as far as they are there. */
const PIECE_BYTES = 256 * 1024;

/** The body ended before its end, or nothing of it came for too long. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

export type ByteSource = AsyncIterable<Buffer>;

/** A signal that aborts breaks it off. The body is not destroyed, whatever becomes of it. */
export async function* byteSource(body: Readable, idleMs: number, stop: AbortSignal): AsyncGenerator<Buffer> {
  let wake = () => {};
  let failure: unknown;
  let isEnded = body.readableEnded;
  const onReadable = () => wake();
  const onEnd = () => {
    isEnded = true;
    wake();
  };
  const onBreak = (error?: unknown) => {
    failure ??= error ?? 'closed';
    wake();
  };
  const onClose = () => onBreak();
  const onStop = () => onBreak('stopped');
  body.on('readable', onReadable).on('end', onEnd).on('error', onBreak).on('close', onClose);
  stop.addEventListener('abort', onStop);
  try {
    for (;;) {
      const piece = takenFrom(body);
      if (piece !== undefined) {
        yield piece;
        continue;
      }
      if (isEnded) return;
      if (failure !== undefined || stop.aborted || body.destroyed) throw new BrokenOff(String(failure));
      await new Promise<void>((resolve, reject) => {
        const idle = setTimeout(() => reject(new BrokenOff('nothing came')), idleMs);
        wake = () => {
          clearTimeout(idle);
          resolve();
        };
      });
    }
  } finally {
    wake();
    body.off('readable', onReadable).off('end', onEnd).off('error', onBreak).off('close', onClose);
    stop.removeEventListener('abort', onStop);
  }
}

/** What is there already; undefined where nothing is. */
function takenFrom(body: Readable): Buffer | undefined {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length < PIECE_BYTES) {
    const piece = body.read() as Buffer | null;
    if (piece === null) break;
    pieces.push(piece);
    length += piece.length;
  }
  if (pieces.length === 0) return undefined;
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length);
}
