// Speaks HTTPS to servers on this machine whose certificate signs itself, from whichever of its addresses: fetch takes no
// certificate of ours. It also says over which connection an answer came, and with which certificate.

import { type Agent, type RequestOptions, request } from 'node:https';
import type { TLSSocket } from 'node:tls';

export type HttpsAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** undefined if the text is not JSON. */
  readonly json: unknown;
  /** The server's certificate. */
  readonly fingerprint: string;
  /** Whether the connection had served a request before. */
  readonly reused: boolean;
};

export type HttpsOptions = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** PEM text of the certificate that is trusted; several while one is renewed. */
  readonly ca: string | string[];
  /** The address of this machine from which it is asked: 127.0.0.2. */
  readonly from?: string;
  /** Keeps connections; unless given, each request has its own. */
  readonly agent?: Agent;
};

const ANSWER_LIMIT_MS = 60_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pairs([name, values = []]: [string, string[] | undefined]): [string, string][] {
  return values.map((value) => [name, value]);
}

/** One request, and its whole answer. */
export function sendHttps(url: string | URL, options: HttpsOptions): Promise<HttpsAnswer> {
  const { method = 'GET', headers = {}, body, ca, from, agent } = options;
  const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const all: RequestOptions = {
    method,
    ca,
    agent: agent ?? false,
    timeout: ANSWER_LIMIT_MS,
    headers: {
      ...(sent === undefined
        ? { 'content-length': 0 }
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
      ...headers,
    },
    ...(from === undefined ? {} : { localAddress: from }),
  };
  return new Promise((settle, fail) => {
    const outgoing = request(url, all);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${url}: no answer`)));
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      const { fingerprint256: fingerprint } = (incoming.socket as TLSSocket).getPeerCertificate();
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const answered = new Headers(Object.entries(incoming.headersDistinct).flatMap(pairs));
        const { statusCode: status = 0 } = incoming;
        const { reusedSocket: reused } = outgoing;
        settle({ status, headers: answered, text, json: parsed(text), fingerprint, reused });
      });
    });
    outgoing.end(sent);
  });
}
