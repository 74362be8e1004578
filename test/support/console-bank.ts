// A small bank for the console's tests: loans around the bank's own today, some paid, some missed, one overdue.

import { type IssuedLoan, type V1Client, v1Client } from './v1-client.ts';

export interface ConsoleBank {
  readonly client: V1Client;
  /** The bank's date. */
  readonly today: string;
  /** By reference. */
  readonly loans: ReadonlyMap<string, IssuedLoan>;
}

/** The same day some months on, or the month's last. */
export function monthsOn(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

export function daysOn(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** As the console writes a date for a reader of British English. */
export function shown(date: string): string {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(Date.parse(`${date}T00:00Z`));
}

export function shownMonth(month: string): string {
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(Date.parse(`${month}-01T00:00Z`));
}

/**
 * Seven loans: B-1 to B-4 of the first of the month six months ago, due on each first and paid until a month ago, so that all
 * fall due this month; B-5 never paid, and once recorded as missed; B-6 paid off; B-7 taken back.
 */
export async function consoleBank(url: string): Promise<ConsoleBank> {
  const client = v1Client(url);
  const { json } = await client.outstanding();
  const today = (json as { as_of: string }).as_of;
  const start = `${monthOf(monthsOn(today, -6))}-01`;
  const loans = new Map<string, IssuedLoan>();
  for (const [place, reference] of ['B-1', 'B-2', 'B-3', 'B-4', 'B-5'].entries()) {
    const amount = `${12_000 + 1_000 * place}.00`;
    const loan = await client.loan({ reference, amount, term: 24, rate: '0.08', date: start });
    loans.set(reference, loan);
    if (reference === 'B-5') {
      await client.pay(loan.id, monthsOn(start, 1), { payment: 'missed' });
      continue;
    }
    await client.paid(loan.id, ...[1, 2, 3, 4, 5].map((months) => monthsOn(start, months)));
  }
  const small = await client.loan({ reference: 'B-6', amount: '100.00', term: 1, rate: '0', date: start });
  await client.paid(small.id, monthsOn(start, 1));
  loans.set('B-6', small);
  const mistaken = await client.loan({ reference: 'B-7', date: start });
  await client.post(`/v1/loans/${mistaken.id}/reversal`, { reason: 'the wrong customer' });
  loans.set('B-7', mistaken);
  return { client, today, loans };
}
