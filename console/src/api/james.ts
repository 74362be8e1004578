// The one door to James. Pages ask here and nowhere else.

import createClient from 'openapi-fetch';
import { JAMES_URL } from '../place.ts';
import type { paths } from './openapi.ts';

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** What James, or the way to it, said in place of an answer. */
export class JamesError extends Error {
  override readonly name = 'JamesError';
  readonly status: number | null;
  readonly title: string;
  readonly type: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | null;

  constructor(problem: {
    type?: string;
    title?: string;
    detail?: string;
    status: number | null;
    errors?: readonly FieldError[];
    request_id?: string | null;
  }) {
    super(problem.detail ?? 'James did not answer.');
    this.status = problem.status;
    this.title = problem.title ?? 'Something went wrong';
    this.type = problem.type ?? 'unexpected-answer';
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id ?? null;
  }
}
let csrfToken: string | undefined;
export function holdToken(token: string | undefined): void {
  csrfToken = token;
}

export const http = createClient<paths>({ baseUrl: JAMES_URL, credentials: 'same-origin' });
http.use({
  onRequest({ request }) {
    if (csrfToken !== undefined && request.method !== 'GET') request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
  onError({ error }) {
    return new JamesError({ status: null, title: 'James was not reached', detail: String(error) });
  },
});

/** The data of an answer; throws a JamesError where there is none. */
export async function answer<T>(
  call: Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw new JamesError({ ...(error as object), status: response.status });
}
