// One request that writes, under a request id of the test's own, by which its record is known again even where the
// answer was lost. A connection that breaks is no error here: it leaves the request without an answer.

import { createHash, randomUUID } from 'node:crypto';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { OWNERS } from '../model/http-calls.ts';
import type { Heard, Request } from '../model/slow-decisions.ts';

export interface Sent {
  readonly request: Request;
  readonly requestId: string;
  /** The loan that it is about; undefined where it issues one, or is about none that exists. */
  readonly loanId: string | undefined;
  readonly sentAtMs: number;
  /** Undefined: the answer was lost, and what became of the request is unknown. */
  readonly heard: Heard | undefined;
  readonly heardAtMs: number;
}

/** Neither an answer nor a broken connection for so long is a fault. */
const LIMIT_MS = 60_000;

const agent = new Agent({ keepAlive: true });

function keyOf(owner: string): string {
  return OWNERS.find(({ name }) => name === owner)?.key ?? OWNERS[0].key;
}

function headersOf({ surface, owner, key }: Request, requestId: string): Record<string, string> {
  const credential = keyOf(owner);
  return {
    authorization:
      surface === 'v1' ? `Bearer ${credential}` : createHash('sha256').update(credential).digest('hex'),
    'content-type': 'application/json',
    'x-request-id': requestId,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

/** The whole answer, or undefined where the connection breaks before its end. */
function answerTo(outgoing: ClientRequest): Promise<IncomingMessage | undefined> {
  return new Promise((settle, reject) => {
    outgoing.on('error', () => settle(undefined));
    outgoing.setTimeout(LIMIT_MS, () => reject(new Error(`no answer to ${outgoing.path} for a minute`)));
    outgoing.on('response', (incoming) => settle(incoming));
  });
}

async function heardFrom(incoming: IncomingMessage): Promise<Heard | undefined> {
  let text: string;
  try {
    text = (await incoming.setEncoding('utf8').toArray()).join('');
  } catch {
    return undefined;
  }
  const { statusCode: status = 0, headers } = incoming;
  return {
    status,
    text,
    json: JSON.parse(text) as unknown,
    location: headers.location,
    replayed: headers['idempotent-replayed'] === 'true',
    requestId: String(headers['x-request-id']),
  };
}

export async function send(url: string, request: Request, loanId: string | undefined): Promise<Sent> {
  const requestId = randomUUID();
  const sentAtMs = performance.now();
  const headers = headersOf(request, requestId);
  const outgoing = httpRequest(`${url}${request.path}`, { method: 'POST', headers, agent });
  const answered = answerTo(outgoing);
  outgoing.end(request.body);
  const incoming = await answered;
  const heard = incoming === undefined ? undefined : await heardFrom(incoming);
  if (heard !== undefined && heard.requestId !== requestId) {
    throw new Error(`${requestId} was answered under the request id ${heard.requestId}`);
  }
  return { request, requestId, loanId, sentAtMs, heard, heardAtMs: performance.now() };
}
