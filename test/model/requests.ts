// Makes a step's description into the request that it means in the present state of the model's bank.

import { OWNERS } from './http-calls.ts';
import { type Entry, hasLiveRecordIn, loanWithId, type SlowBank, type SlowLoan, today } from './slow-bank.ts';
import { type DayNo, dateText, dayOf, monthsAfter, monthText } from './slow-calendar.ts';
import type { Request, Told } from './slow-decisions.ts';
import { moneyText, shortMoneyText } from './slow-money.ts';
import type { PayAct, PaymentDay, ReplaceAct, RequestAct } from './steps.ts';

const UNKNOWN_ID = '01900000-0000-7000-8000-000000000000';

/** The n-th of a list, counted round and round; undefined where it is empty. */
export function pick<T>(list: readonly T[], nth: number): T | undefined {
  return list.length === 0 ? undefined : list[nth % list.length];
}

export function allPayments(bank: SlowBank): { readonly loan: SlowLoan; readonly entry: Entry }[] {
  return bank.loans.flatMap((loan) =>
    loan.entries.filter(({ kind }) => kind === 'made' || kind === 'missed').map((entry) => ({ loan, entry })),
  );
}

function dayIn(month: string, day: number): DayNo {
  const first = dayOf(`${month}-01`);
  const last = monthsAfter(first, 1) - 1;
  return Math.min(first + day - 1, last);
}

function paymentDate(loan: SlowLoan, { among, month, day }: PaymentDay): DayNo {
  const own = dayOf(`${monthText(loan.date)}-01`);
  if (among === 'all') {
    return dayIn(month < 0 ? monthText(own - 1) : monthText(monthsAfter(own, month)), day);
  }
  let first = own;
  for (let left = month; ; first = monthsAfter(first, 1)) {
    if (hasLiveRecordIn(loan, monthText(first))) continue;
    if (left === 0) return dayIn(monthText(first), day);
    left--;
  }
}

type Drawn = Omit<Request, 'owner' | 'key'>;

function requestOf(surface: 'james' | 'v1', path: string, body: string, told: Told): Drawn {
  return { surface, path: surface === 'v1' ? `/v1${path}` : path, body, told };
}

function written(members: Record<string, unknown>): string {
  return JSON.stringify(members);
}

function issueOf(bank: SlowBank, at: number, act: RequestAct & { act: 'issue' }): Drawn {
  const { surface, amount, rate, term } = act;
  let date = today(bank, at) - act.daysAgo;
  if (act.atMonthEnd) date = dayIn(monthText(date), 31);
  const number = surface === 'v1' ? act.reference : undefined;
  const reference = number === undefined ? null : `B-${number}`;
  const told: Told = { what: 'issue', reference, amount, rate, term, date };
  if (surface === 'james') {
    const digits = shortMoneyText(amount, bank.digits);
    return requestOf(
      surface,
      '/loans',
      `{"amount":${digits},"term":${term},"rate":${rate},"date":"${dateText(date)}"}`,
      told,
    );
  }
  const members = { amount: moneyText(amount, bank.digits), term, rate, date: dateText(date) };
  return requestOf(
    surface,
    '/loans',
    written(reference === null ? members : { reference, ...members }),
    told,
  );
}

function payOf(bank: SlowBank, at: number, act: PayAct): Drawn | undefined {
  const loan = pick(bank.loans, act.loan);
  if (loan === undefined && act.loan !== -1) return undefined;
  const known = act.loan === -1 ? undefined : loan;
  const loanId = known?.id ?? UNKNOWN_ID;
  const date = known === undefined ? today(bank, at) : paymentDate(known, act.on);
  const right = known?.installment ?? 100n;
  const { surface, kind } = act;
  const omitted = act.amount === 'omitted' && surface === 'v1';
  const amount = omitted ? undefined : act.amount === 'wrong' ? right + 1n : right;
  const told: Told = { what: 'pay', loanId, kind, date, amount, replaces: undefined };
  const path = `/loans/${loanId}/payments`;
  if (surface === 'james') {
    const digits = shortMoneyText(amount ?? right, bank.digits);
    return requestOf(
      surface,
      path,
      `{"payment":"${kind}","date":"${dateText(date)}","amount":${digits}}`,
      told,
    );
  }
  const members = { payment: kind, date: dateText(date) };
  const body = amount === undefined ? members : { ...members, amount: moneyText(amount, bank.digits) };
  return requestOf(surface, path, written(body), told);
}

function replaceOf(bank: SlowBank, act: ReplaceAct): Drawn | undefined {
  const payment = pick(allPayments(bank), act.payment);
  if (payment === undefined) return undefined;
  const { entry } = payment;
  const loan = (act.loan === undefined ? undefined : pick(bank.loans, act.loan)) ?? payment.loan;
  const { kind } = act;
  const date = act.on === undefined ? dayIn(monthText(entry.date), act.day) : paymentDate(loan, act.on);
  const told: Told = { what: 'pay', loanId: loan.id, kind, date, amount: undefined, replaces: entry.id };
  const body = { payment: kind, date: dateText(date), replaces: entry.id };
  return requestOf('v1', `/loans/${loan.id}/payments`, written(body), told);
}

function drawn(bank: SlowBank, at: number, act: RequestAct): Drawn | undefined {
  switch (act.act) {
    case 'issue':
      return issueOf(bank, at, act);
    case 'pay':
      return payOf(bank, at, act);
    case 'replace':
      return replaceOf(bank, act);
    case 'reverse-payment': {
      const payment = act.payment === -1 ? undefined : pick(allPayments(bank), act.payment);
      if (payment === undefined && act.payment !== -1) return undefined;
      const { reason } = act;
      const paymentId = payment?.entry.id ?? UNKNOWN_ID;
      const told: Told = { what: 'reverse-payment', paymentId, reason };
      return requestOf('v1', `/payments/${paymentId}/reversal`, reasonBody(reason), told);
    }
    case 'reverse-loan': {
      const loan = act.loan === -1 ? undefined : pick(bank.loans, act.loan);
      if (loan === undefined && act.loan !== -1) return undefined;
      const { reason } = act;
      const loanId = loan?.id ?? UNKNOWN_ID;
      const told: Told = { what: 'reverse-loan', loanId, reason };
      return requestOf('v1', `/loans/${loanId}/reversal`, reasonBody(reason), told);
    }
  }
}

function reasonBody(reason: string | null): string {
  return written(reason === null ? {} : { reason });
}

/** The request that an act means now, or undefined where there is nothing that it could be about. */
export function drawRequest(
  bank: SlowBank,
  at: number,
  act: RequestAct,
  newKey: () => string,
): Request | undefined {
  const request = drawn(bank, at, act);
  if (request === undefined) return undefined;
  return { ...request, owner: OWNERS[act.owner].name, key: act.keyed ? newKey() : undefined };
}

/** The same request with another body, which means something else. */
export function withOtherBody(request: Request): Request {
  const { told } = request;
  switch (told.what) {
    case 'issue':
      return {
        ...request,
        body: request.body.replace(`"term":${told.term}`, `"term":${told.term + 1}`),
        told: { ...told, term: told.term + 1 },
      };
    case 'pay': {
      const kind = told.kind === 'made' ? 'missed' : 'made';
      return { ...request, body: request.body.replace(told.kind, kind), told: { ...told, kind } };
    }
    case 'reverse-payment':
    case 'reverse-loan': {
      const reason = `${told.reason ?? ''}, again`;
      return { ...request, body: reasonBody(reason), told: { ...told, reason } };
    }
  }
}

/** The loan that a request is about, if there is one. */
export function loanOfRequest(bank: SlowBank, { told }: Request): SlowLoan | undefined {
  if (told.what === 'pay' || told.what === 'reverse-loan') return loanWithId(bank, told.loanId);
  if (told.what === 'issue') return undefined;
  return allPayments(bank).find(({ entry }) => entry.id === told.paymentId)?.loan;
}
