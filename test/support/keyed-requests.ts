// Every POST that writes, on both surfaces, as a request that can be sent again and again under an Idempotency-Key,
// with a count of what it booked. Answers are kept as sent: status, bytes and the headers that a retry must repeat.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { tokenOf } from './james-client.ts';
import { developmentKey, type V1Client } from './v1-client.ts';
import { listed, paymentOf } from './v1-steps.ts';

export interface KeyedAnswer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
  readonly contentType: string | null;
  /** The Idempotent-Replayed header. */
  readonly replayed: string | null;
}

export interface Writing {
  readonly path: string;
  readonly body: string;
  /** How many records it has booked so far; at first 0. */
  booked(): Promise<number>;
}

export interface WritingKind {
  readonly name: string;
  readonly accepted: number;
  /** A new request of this kind that will be accepted. */
  prepare(client: V1Client): Promise<Writing>;
}

export function freshKey(): string {
  return `test-${randomUUID()}`;
}

/** Sends a POST as either surface takes it; a null key sends no Idempotency-Key. */
export async function sendKeyed(
  url: string,
  { path, body }: Pick<Writing, 'path' | 'body'>,
  key: string | null,
  credential: string = developmentKey,
): Promise<KeyedAnswer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: path.startsWith('/v1/') ? `Bearer ${credential}` : tokenOf(credential),
      'content-type': 'application/json',
      ...(key === null ? {} : { 'idempotency-key': key }),
    },
    body,
    signal: AbortSignal.timeout(60_000),
  });
  const { status, headers } = response;
  return {
    status,
    text: await response.text(),
    location: headers.get('location'),
    contentType: headers.get('content-type'),
    replayed: headers.get('idempotent-replayed'),
  };
}

/** The same answer again: marked as such, and otherwise equal to the byte. */
export function assertReplay(again: KeyedAnswer, first: KeyedAnswer, about = ''): void {
  assert.deepEqual(again, { ...first, replayed: 'true' }, about);
}

/** The text of an answer that was given for the first time, with this status. */
export function assertFirst(answer: KeyedAnswer, status: number, about = ''): KeyedAnswer {
  assert.equal(answer.status, status, `${about} ${answer.text}`);
  assert.equal(answer.replayed, null, `${about} ${answer.text}`);
  return answer;
}

async function historyLength(client: V1Client, loanId: string): Promise<number> {
  return (await listed(client, `/v1/loans/${loanId}/history`, { limit: '500' })).length;
}

/** Loans are told apart by an origination date of their own, of which there are many. */
let loansPrepared = 0;

function loanDate(): string {
  loansPrepared += 1;
  return new Date(Date.UTC(1980, 0, 1) + loansPrepared * 86_400_000).toISOString().slice(0, 10);
}

async function loansOf(client: V1Client, date: string): Promise<number> {
  return (await listed(client, '/v1/loans', { date_from: date, date_to: date })).length;
}

async function onLoan(client: V1Client, loanId: string, path: string, body: string): Promise<Writing> {
  const before = await historyLength(client, loanId);
  return { path, body, booked: async () => (await historyLength(client, loanId)) - before };
}

export const writings: readonly WritingKind[] = [
  {
    name: 'POST /v1/loans',
    accepted: 201,
    prepare: async (client) => {
      const date = loanDate();
      const body = JSON.stringify({ amount: '1000.00', term: 12, rate: '0.05', date });
      return { path: '/v1/loans', body, booked: () => loansOf(client, date) };
    },
  },
  {
    name: 'POST /v1/loans/:id/payments',
    accepted: 201,
    prepare: async (client) => {
      const { id } = await client.loan();
      return onLoan(client, id, `/v1/loans/${id}/payments`, '{"payment":"made","date":"2017-09-05"}');
    },
  },
  {
    name: 'POST /v1/payments/:id/reversal',
    accepted: 201,
    prepare: async (client) => {
      const { id } = await client.loan();
      const payment = await paymentOf(client, id, '2017-09-05');
      return onLoan(client, id, `/v1/payments/${payment}/reversal`, '{"reason":"returned"}');
    },
  },
  {
    name: 'POST /v1/loans/:id/reversal',
    accepted: 201,
    prepare: async (client) => {
      const { id } = await client.loan();
      return onLoan(client, id, `/v1/loans/${id}/reversal`, '');
    },
  },
  {
    name: 'POST /loans',
    accepted: 200,
    prepare: async (client) => {
      const date = loanDate();
      const body = `{"amount":1000,"term":12,"rate":0.05,"date":"${date} 02:18Z"}`;
      return { path: '/loans', body, booked: () => loansOf(client, date) };
    },
  },
  {
    name: 'POST /loans/:id/payments',
    accepted: 200,
    prepare: async (client) => {
      const { id } = await client.loan();
      const body = '{"payment":"made","date":"2017-09-05 02:18Z","amount":85.6}';
      return onLoan(client, id, `/loans/${id}/payments`, body);
    },
  },
];
