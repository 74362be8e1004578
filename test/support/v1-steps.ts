// Steps that tests of /v1 take again and again: reversals, whole lists, and a small book with every kind of record.

import assert from 'node:assert/strict';
import { objectOf, textOf } from './v1-assertions.ts';
import type { IssuedLoan, Members, V1Answer, V1Client, V1Options } from './v1-client.ts';

export type Item = Readonly<Record<string, unknown>>;

/** A payment record that must be accepted; its id. */
export async function paymentOf(
  client: V1Client,
  loanId: string,
  date: string,
  members?: Members,
): Promise<string> {
  const answer = await client.pay(loanId, date, members);
  assert.equal(answer.status, 201, answer.text);
  return textOf(answer, 'id');
}

export function reversePayment(
  client: V1Client,
  id: string,
  body?: unknown,
  options?: V1Options,
): Promise<V1Answer> {
  return client.post(`/v1/payments/${id}/reversal`, body, options);
}

export function reverseLoan(
  client: V1Client,
  id: string,
  body?: unknown,
  options?: V1Options,
): Promise<V1Answer> {
  return client.post(`/v1/loans/${id}/reversal`, body, options);
}

/** An answer with this status, as an object. */
export async function answered(pending: Promise<V1Answer>, status = 200): Promise<Record<string, unknown>> {
  const answer = await pending;
  assert.equal(answer.status, status, answer.text);
  return objectOf(answer);
}

/** One page of a list. */
export async function pageOf(
  client: V1Client,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ readonly data: readonly Item[]; readonly next: string | null }> {
  const page = await answered(client.get(`${path}?${new URLSearchParams(parameters)}`));
  return page as { data: Item[]; next: string | null };
}

/** All items of a list, page by page; `between` runs after each page. */
export async function listed(
  client: V1Client,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  for (let number = 1; ; number += 1) {
    const page = await pageOf(client, path, after === null ? parameters : { ...parameters, after });
    items.push(...page.data);
    if (page.next === null) return items;
    after = page.next;
    await between(number);
  }
}

export interface SmallBook {
  readonly plain: IssuedLoan;
  readonly paidOff: IssuedLoan;
  readonly mended: IssuedLoan;
  readonly reversed: IssuedLoan;
}

/** Loans of 2017 and 2018: one paid for a while, one paid off, one with a reversed and a missed payment, one reversed. */
export async function smallBook(client: V1Client): Promise<SmallBook> {
  const plain = await client.loan();
  await client.paid(plain.id, '2017-09-05', '2017-10-09', '2017-12-31', '2018-01-01');
  const paidOff = await client.loan({ amount: '300.00', term: 3, rate: '0.1', date: '2017-10-31' });
  await client.paid(paidOff.id, '2017-11-30', '2017-12-31', '2018-01-31');
  const mended = await client.loan({ amount: '25000.00', term: 36, rate: '0.1199', date: '2017-09-30' });
  await client.paid(mended.id, '2017-10-30', '2017-12-30');
  await paymentOf(client, mended.id, '2018-01-30', { payment: 'missed' });
  const bounced = await paymentOf(client, mended.id, '2017-11-30');
  assert.equal((await reversePayment(client, bounced)).status, 201);
  const reversed = await client.loan({ amount: '5000.00', date: '2017-11-11' });
  const mistaken = await paymentOf(client, reversed.id, '2017-12-11');
  assert.equal((await reversePayment(client, mistaken)).status, 201);
  assert.equal((await reverseLoan(client, reversed.id)).status, 201);
  return { plain, paidOff, mended, reversed };
}
