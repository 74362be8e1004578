// A gateway between a client and James that loses answers, refuses, and stalls, as the test says request by request.
// What it forwards it forwards as it is, below a path of its own if one is given; it keeps what it was sent.

import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of a request. */
export type Fate =
  | 'pass'
  /** James serves it, and the connection breaks before its answer arrives. */
  | 'lose-answer'
  /** The connection breaks before James has heard of it. */
  | 'cut'
  /** Nothing is ever answered. */
  | 'hang'
  /** It is answered with this, and James does not hear of it. */
  | { readonly status: number; readonly headers?: OutgoingHttpHeaders; readonly body?: string };

export interface Seen {
  readonly method: string;
  /** Path and query as James gets them. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FaultyGateway extends AsyncDisposable {
  readonly url: string;
  /** Every request since the fates were last set. */
  readonly seen: readonly Seen[];
  /** What becomes of the next requests, one after the other; those after them pass. */
  fates(...fates: readonly Fate[]): void;
}

interface Forwarding {
  readonly target: string;
  readonly seen: Seen;
  readonly body: Buffer;
}

async function forward({ target, seen, body }: Forwarding): Promise<IncomingMessage> {
  const sent = request(`${target}${seen.path}`, { method: seen.method, headers: seen.headers });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}

async function meet(fate: Fate, forwarding: Forwarding, response: ServerResponse): Promise<void> {
  if (fate === 'hang') return;
  if (fate === 'cut') {
    response.destroy();
    return;
  }
  if (typeof fate === 'object') {
    response.writeHead(fate.status, fate.headers).end(fate.body);
    return;
  }
  const answer = await forward(forwarding);
  const body = await buffer(answer);
  if (fate === 'lose-answer') response.destroy();
  else response.writeHead(answer.statusCode ?? 0, answer.headers).end(body);
}

/** What it has beside James. */
export interface WebPage {
  readonly type: string;
  readonly text: string;
}

/** A gateway before James at `target`; `prefix`: the path under which it has James, `/james`; and pages of its own by path. */
export async function faultyGateway(
  target: string,
  prefix = '',
  pages: ReadonlyMap<string, WebPage> = new Map(),
): Promise<FaultyGateway> {
  const seen: Seen[] = [];
  let coming: Fate[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const body = await buffer(incoming);
    const page = pages.get(url);
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': page.type }).end(page.text);
      return;
    }
    if (!url.startsWith(`${prefix}/`)) {
      response.writeHead(404).end('There is nothing here.');
      return;
    }
    const one = { method, path: url.slice(prefix.length), headers, body: body.toString() };
    seen.push(one);
    await meet(coming.shift() ?? 'pass', { target, seen: one, body }, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    seen,
    fates: (...fates) => {
      coming = [...fates];
      seen.length = 0;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
