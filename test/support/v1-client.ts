// Speaks to /v1 with a bearer key over fetch, as a bank's engineer would. Each answer to a request that is sent here
// is checked against the OpenAPI document of the server before a test sees it.

import { type AnswerCheck, answerCheck } from './openapi-answers.ts';

export type V1Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** undefined if the text is not JSON. */
  readonly json: unknown;
};

export type V1Options = {
  /** The API key; null sends none. The client's key unless given. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is sent, in place of a value to be written as JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  /** application/json unless given; null sends none. */
  readonly contentType?: string | null;
};

/** Members of a body by name; undefined leaves the member out. */
export type Members = Readonly<Record<string, unknown>>;

/** A loan as far as tests go on with it. */
export type IssuedLoan = { readonly id: string; readonly installment: string; readonly recorded_at: string };

export type V1Client = {
  readonly url: string;
  request(method: string, path: string, body?: unknown, options?: V1Options): Promise<V1Answer>;
  get(path: string, options?: V1Options): Promise<V1Answer>;
  post(path: string, body?: unknown, options?: V1Options): Promise<V1Answer>;
  /** POST /v1/loans with the contract's loan, changed by `members`. */
  issue(members?: Members, options?: V1Options): Promise<V1Answer>;
  /** The same, for a loan that must be accepted. */
  loan(members?: Members): Promise<IssuedLoan>;
  /** POST /v1/loans/:id/payments: a made payment of the installment, changed by `members`. */
  pay(loanId: string, date: string, members?: Members, options?: V1Options): Promise<V1Answer>;
  /** The same on each of the dates, for payments that must be accepted. */
  paid(loanId: string, ...dates: readonly string[]): Promise<void>;
  balance(loanId: string, asOf?: string): Promise<V1Answer>;
  outstanding(asOf?: string): Promise<V1Answer>;
  arrears(asOf?: string, buckets?: string): Promise<V1Answer>;
};

export const developmentKey = 'secretkeydev';

/** The loan of DOMAIN.md: 1000.00 at 5 % over a year, installment 85.60. */
export const contractLoan = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' } as const;

const answerLimitMs = 60_000;

function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** One request over fetch, unchecked. */
export async function sendV1(
  url: string,
  method: string,
  path: string,
  body: unknown,
  options: V1Options,
): Promise<V1Answer> {
  const headers: Record<string, string> = { ...options.headers };
  if (typeof options.key === 'string') headers['authorization'] = `Bearer ${options.key}`;
  const sent = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const { contentType } = options;
  if (typeof contentType === 'string') headers['content-type'] = contentType;
  else if (contentType === undefined && sent !== undefined) headers['content-type'] = 'application/json';

  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(answerLimitMs),
    // As bytes: of a text fetch would send a content type of its own.
    ...(sent === undefined ? {} : { body: typeof sent === 'string' ? new TextEncoder().encode(sent) : sent }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** `checked` is for a server whose document is known already, as of a second process on the same program. */
export function v1Client(url: string, key: string = developmentKey, checked?: AnswerCheck): V1Client {
  let loading: Promise<AnswerCheck> | undefined =
    checked === undefined ? undefined : Promise.resolve(checked);

  const request: V1Client['request'] = async (method, path, body, options = {}) => {
    loading ??= answerCheck(url);
    const { check } = await loading;
    const answer = await sendV1(url, method, path, body, { key, ...options });
    if (method !== 'HEAD') {
      check(method, path, { ...answer, mediaType: answer.headers.get('content-type') ?? '' });
    }
    return answer;
  };
  const get: V1Client['get'] = (path, options) => request('GET', path, undefined, options);
  const post: V1Client['post'] = (path, body, options) => request('POST', path, body, options);
  const issue: V1Client['issue'] = (members, options) =>
    post('/v1/loans', { ...contractLoan, ...members }, options);
  const pay: V1Client['pay'] = (loanId, date, members, options) =>
    post(`/v1/loans/${loanId}/payments`, { payment: 'made', date, ...members }, options);

  return {
    url,
    request,
    get,
    post,
    issue,
    loan: async (members) => {
      const answer = await issue(members);
      if (answer.status !== 201) throw new Error(`no loan: ${answer.status} ${answer.text}`);
      return answer.json as IssuedLoan;
    },
    pay,
    paid: async (loanId, ...dates) => {
      for (const date of dates) {
        const answer = await pay(loanId, date);
        if (answer.status !== 201) throw new Error(`no payment on ${date}: ${answer.status} ${answer.text}`);
      }
    },
    balance: (loanId, asOf) => get(`/v1/loans/${loanId}/balance${queryOf({ as_of: asOf })}`),
    outstanding: (asOf) => get(`/v1/book/outstanding${queryOf({ as_of: asOf })}`),
    arrears: (asOf, buckets) => get(`/v1/book/arrears${queryOf({ as_of: asOf, buckets })}`),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
