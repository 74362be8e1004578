// Speaks to the James surface as a client of the original does, over node:http, so that paths,
// headers and bodies leave as they are written. Members of a body are given as JSON texts and the
// answer's text is kept: a number that passed through JSON.parse proves nothing about its digits.

import { createHash } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export const developmentTokens = {
  secretkeydev: 'c3d09a8c8b5d4ee86daa9d7926cccff543b55cb71bd0dfdc8ef5b2eff096f449',
  seekrit: 'd2e04d73d1b737cc6475b35a6c3ee8299d0a5f3c04375d61d1298a385ede39df',
} as const;

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** undefined if the text is not JSON. */
  readonly json: unknown;
};

export type RequestOptions = {
  /** The header's value; null sends none. The client's token unless given. */
  readonly authorization?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body is a text to be sent as it stands, not a value to be written as JSON. */
  readonly raw?: boolean;
  /** Sends no Content-Length, so that the size is not known beforehand. */
  readonly chunked?: boolean;
};

/** A loan as its answer gave it; the installment is the answer's own text. */
export type Loan = { readonly id: string; readonly installment: string };

/** Members of a body by name, each a JSON text; undefined leaves the member out. */
export type Members = Readonly<Record<string, string | undefined>>;

export type JamesClient = {
  request(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  post(path: string, body: unknown, options?: RequestOptions): Promise<Answer>;
  /** POST /loans with the contract's loan, changed by `members`. */
  issue(members?: Members, options?: RequestOptions): Promise<Answer>;
  /** The same, for a loan that must be accepted. */
  loan(members?: Members): Promise<Loan>;
  /** POST /loans/:id/payments: a made payment of the installment, changed by `members`. */
  pay(loan: Loan, date: string, members?: Members, options?: RequestOptions): Promise<Answer>;
  balance(loan: Loan, date: string, options?: RequestOptions): Promise<Answer>;
};

const agent = new Agent({ keepAlive: false, maxSockets: 64 });
const answerLimitMs = 60_000;

export function tokenOf(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}

/** A JSON object's text from the texts of its members. */
export function objectText(members: Members): string {
  const written = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${written.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

export const contractLoan = {
  amount: '1000',
  term: '12',
  rate: '0.05',
  date: '"2017-08-05 02:18Z"',
} as const;

export function loanText(members: Members = {}): string {
  return objectText({ ...contractLoan, ...members });
}

/** The digits of a member as the answer's text has them. */
export function numberText(answer: Answer, member: string): string {
  const found = new RegExp(`"${member}"\\s*:\\s*([^\\s,}]+)`).exec(answer.text);
  if (found?.[1] === undefined) throw new Error(`no ${member} in ${answer.status} ${answer.text}`);
  return found[1];
}

export function jamesClient(url: string, token: string = developmentTokens.secretkeydev): JamesClient {
  const request: JamesClient['request'] = (method, path, body, options = {}) =>
    send(url, method, path, bodyBytes(body, options.raw === true), { authorization: token, ...options });
  const post: JamesClient['post'] = (path, body, options) => request('POST', path, body, options);
  const issue: JamesClient['issue'] = (members, options) =>
    post('/loans', loanText(members), { ...options, raw: true });

  return {
    request,
    post,
    issue,
    loan: async (members) => {
      const answer = await issue(members);
      if (answer.status !== 200) throw new Error(`no loan: ${answer.status} ${answer.text}`);
      const { loan_id: id } = answer.json as { loan_id: string };
      return { id, installment: numberText(answer, 'installment') };
    },
    pay: (loan, date, members, options) =>
      post(
        `/loans/${loan.id}/payments`,
        objectText({ payment: '"made"', date: JSON.stringify(date), amount: loan.installment, ...members }),
        { ...options, raw: true },
      ),
    balance: (loan, date, options) => post(`/loans/${loan.id}/balance`, { date }, options),
  };
}

function bodyBytes(body: unknown, raw: boolean): Uint8Array | undefined {
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return body;
  return Buffer.from(raw ? String(body) : JSON.stringify(body));
}

function send(
  url: string,
  method: string,
  path: string,
  body: Uint8Array | undefined,
  options: RequestOptions,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const headers: Record<string, string> = { ...options.headers };
  if (typeof options.authorization === 'string') headers['authorization'] = options.authorization;
  if (options.chunked === true) headers['transfer-encoding'] = 'chunked';
  else if (body !== undefined) headers['content-length'] = String(body.length);
  else if (method === 'POST') headers['content-length'] = '0';

  return new Promise((settle, fail) => {
    const outgoing = httpRequest({ hostname, port, method, path, headers, agent, timeout: answerLimitMs });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path.slice(0, 200)}: no answer`)));
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        settle({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: parsed(text) });
      });
    });
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
