// Reads answers off a connection, byte by byte as HTTP has them, however many come.

import type { Socket } from 'node:net';

export interface WireAnswer {
  readonly status: number;
  /** The first of each, by its name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** What came is no HTTP. */
export class NoHttp extends Error {}

const HEAD_END = '\r\n\r\n';

/** The bytes of a connection as they are asked for. A connection that breaks is one that has ended. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  async more(): Promise<boolean> {
    try {
      const { value, done } = await this.#chunks.next();
      if (done) return false;
      this.#held = Buffer.concat([this.#held, value]);
      return true;
    } catch {
      return false;
    }
  }

  async through(end: string): Promise<string | undefined> {
    let at = this.#held.indexOf(end);
    while (at === -1) {
      if (!(await this.more())) return undefined;
      at = this.#held.indexOf(end);
    }
    return this.#take(at + end.length).toString('latin1');
  }

  async exactly(bytes: number): Promise<Buffer | undefined> {
    const pieces: Buffer[] = [];
    let missing = bytes;
    for (;;) {
      const piece = this.#take(Math.min(missing, this.#held.length));
      pieces.push(piece);
      missing -= piece.length;
      if (missing === 0) return Buffer.concat(pieces);
      if (!(await this.more())) return undefined;
    }
  }

  /** What has come and was not asked for. */
  rest(): Buffer {
    return this.#held;
  }

  #take(bytes: number): Buffer {
    const taken = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    return taken;
  }
}

interface Head {
  readonly status: number;
  readonly headers: Map<string, string>;
  readonly cookies: string[];
}

function headOf(text: string): Head {
  const [first = '', ...lines] = text.slice(0, -HEAD_END.length).split('\r\n');
  const status = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/.exec(first)?.[1];
  if (status === undefined) throw new NoHttp(`an answer begins ${JSON.stringify(text.slice(0, 300))}`);
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w-]+): ?([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === '') throw new NoHttp(`an answer has the header line ${JSON.stringify(line.slice(0, 300))}`);
    const key = name.toLowerCase();
    if (key === 'set-cookie') cookies.push(value);
    if (!headers.has(key)) headers.set(key, value);
  }
  return { status: Number(status), headers, cookies };
}

export class AnswerReader {
  readonly #bytes: ByteReader;

  constructor(socket: Socket) {
    this.#bytes = new ByteReader(socket);
  }

  /** The next answer whole, or undefined where the connection ends before. Throws NoHttp. */
  async next(method: string): Promise<WireAnswer | undefined> {
    for (;;) {
      const text = await this.#bytes.through(HEAD_END);
      if (text === undefined) {
        const rest = this.#bytes.rest().toString('latin1');
        // Of what is no request the server knows no method, so its refusal has a body also after HEAD.
        if (method !== 'HEAD' && rest !== '' && !'HTTP/1.1 '.startsWith(rest.slice(0, 9))) {
          throw new NoHttp(`the connection ends with ${JSON.stringify(rest.slice(0, 300))}`);
        }
        return undefined;
      }
      const head = headOf(text);
      if (head.status < 200) continue;
      const body = await this.#body(head, method);
      if (body === undefined) return undefined;
      return { ...head, text: body.toString('utf8') };
    }
  }

  /** Whether nothing has come beyond the last answer. */
  get isAtEnd(): boolean {
    return this.#bytes.isEmpty;
  }

  async #body({ status, headers }: Head, method: string): Promise<Buffer | undefined> {
    if (method === 'HEAD' || status === 204 || status === 304) return Buffer.alloc(0);
    if (headers.get('transfer-encoding') === 'chunked') return this.#chunkedBody();
    const length = headers.get('content-length') ?? '';
    if (!/^\d+$/.test(length)) throw new NoHttp(`an answer has the Content-Length ${JSON.stringify(length)}`);
    return this.#bytes.exactly(Number(length));
  }

  async #chunkedBody(): Promise<Buffer | undefined> {
    const chunks: Buffer[] = [];
    for (;;) {
      const line = await this.#bytes.through('\r\n');
      if (line === undefined) return undefined;
      const bytes = Number.parseInt(line, 16);
      if (Number.isNaN(bytes)) throw new NoHttp(`an answer has a chunk of the size ${JSON.stringify(line)}`);
      const chunk = await this.#bytes.exactly(bytes + 2);
      if (chunk === undefined) return undefined;
      if (bytes === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, -2));
    }
  }
}
