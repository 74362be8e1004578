// Reads an export as a caller does that may stop, go away, or be cut off: over a socket of its own, at its own pace.

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { developmentKey } from './v1-client.ts';

export interface ExportReader {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Takes one piece and then nothing more until told. */
  piece(): Promise<Buffer>;
  /** Takes all the rest; tells whether it came to its end, with what came. */
  rest(): Promise<{ readonly whole: boolean; readonly bytes: Buffer }>;
  /** Goes away. */
  leave(): void;
}

export async function readExport(url: string, path: string): Promise<ExportReader> {
  const sent = request(`${url}${path}`, {
    headers: { authorization: `Bearer ${developmentKey}` },
    agent: false,
  });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  sent.on('error', () => undefined);
  const taken: Buffer[] = [];
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    async piece() {
      for (;;) {
        const piece = answer.read() as Buffer | null;
        if (piece !== null) {
          taken.push(piece);
          return piece;
        }
        await once(answer, 'readable');
      }
    },
    async rest() {
      answer.on('data', (piece: Buffer) => taken.push(piece));
      answer.resume();
      await new Promise<void>((resolve) => {
        if (answer.closed) resolve();
        else answer.once('close', resolve);
      });
      return { whole: answer.complete, bytes: Buffer.concat(taken) };
    },
    leave: () => sent.destroy(),
  };
}
