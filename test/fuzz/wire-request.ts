// A request as it goes over the wire: bytes that are written here, since a client library would refuse most of them. And
// how to send it again by hand.

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { METHODS } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFraming } from './framing-headers.ts';
import type { Header } from './header-values.ts';
import type { Operation } from './operations.ts';

export type Framing = 'length' | 'chunked' | 'small chunks';

export interface WireRequest {
  readonly operation: Operation;
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  readonly framing: Framing;
}

const SMALL_CHUNK = 7;

function chunked(body: Buffer, chunkBytes: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    pieces.push(Buffer.from(`${chunk.length.toString(16)};x="y"\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\nX-Trailer: x\r\n\r\n')]);
}

export function bytesOf({ method, target, headers, body, framing }: WireRequest): Buffer {
  const isShort = framing === 'length' || (framing === 'small chunks' && body.length > 10_000);
  const frame: Header = isShort ? ['Content-Length', String(body.length)] : ['Transfer-Encoding', 'chunked'];
  const isBare = body.length === 0 && (method === 'GET' || method === 'HEAD');
  const lines = [['Host', 'james.test'], ...headers, ...(isBare ? [] : [frame])].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  if (isBare) return head;
  const chunkBytes = framing === 'chunked' ? Math.max(1, body.length >> 1) : SMALL_CHUNK;
  return Buffer.concat([head, isShort ? body : chunked(body, chunkBytes)]);
}

const HEAD_BYTES_MAX = 12_000;

/** Whether it is HTTP without any doubt, so that exactly one answer must come, and the connection stays. */
export function isPlainHttp({ method, target, headers }: WireRequest): boolean {
  const head = headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, target.length);
  return (
    METHODS.includes(method) &&
    method !== 'CONNECT' &&
    /^(\/|https?:\/\/)[\x21-\x7e]*$/.test(target) &&
    head < HEAD_BYTES_MAX &&
    headers.every(
      (header) =>
        !isFraming(header) && /^[\w-]+$/.test(header[0]) && /^[\t\x20-\x7e\x80-\xff]*$/.test(header[1]),
    )
  );
}

/** The request id that must come back; undefined where the one sent is none, or there are several. */
export function requestIdSent({ headers }: WireRequest): string | undefined {
  const sent = headers.filter(([name]) => name.toLowerCase() === 'x-request-id');
  const value = sent[0]?.[1].replace(/^[ \t]+|[ \t]+$/g, '');
  return sent.length === 1 && value !== undefined && /^[\x21-\x7e]{1,100}$/.test(value) ? value : undefined;
}

const SHOWN_BYTES = 3_000;

/** For the shell's printf. */
function escaped(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, (char) => {
      if (char === '\r') return '\\r';
      return char === '\n' ? '\\n' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
    })
    .replace(/\\(?![rnx])/g, '\\\\')
    .replaceAll('%', '%%')
    .replaceAll("'", "'\\''");
}

/** A command that sends the bytes again to a server at its usual port; many bytes are put into a file. */
export function repeatable(bytes: Buffer): string {
  if (bytes.length <= SHOWN_BYTES) return `printf '${escaped(bytes)}' | nc -q 2 127.0.0.1 8080`;
  const file = join(tmpdir(), `james-fuzz-${randomUUID()}`);
  writeFileSync(file, bytes);
  return `nc -q 2 127.0.0.1 8080 < ${file}   # ${bytes.length} bytes, which begin ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`;
}
