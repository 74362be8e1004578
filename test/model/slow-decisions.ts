// What the model does when it is told a request: which answer it expects, and the entries that it writes down.
// The rules are DOMAIN.md's and JAMES-API.md's, one after the other; it shares nothing with src/.

import {
  type Entry,
  type EntryKind,
  installmentFor,
  isReversed,
  isTakenBack,
  type KeptAnswer,
  livePayments,
  loanWithId,
  type SlowBank,
  type SlowLoan,
  stateNow,
  today,
} from './slow-bank.ts';
import { type DayNo, dateText, monthText } from './slow-calendar.ts';
import { shortMoneyText } from './slow-money.ts';
import { loanShape, paymentShape } from './slow-shapes.ts';

export type Told =
  | {
      readonly what: 'issue';
      readonly reference: string | null;
      readonly amount: bigint;
      readonly rate: string;
      readonly term: number;
      readonly date: DayNo;
    }
  | {
      readonly what: 'pay';
      readonly loanId: string;
      readonly kind: 'made' | 'missed';
      readonly date: DayNo;
      /** Undefined: left out. */
      readonly amount: bigint | undefined;
      readonly replaces: string | undefined;
    }
  | { readonly what: 'reverse-payment'; readonly paymentId: string; readonly reason: string | null }
  | { readonly what: 'reverse-loan'; readonly loanId: string; readonly reason: string | null };

/** A request that writes, as it is sent and as it is meant. */
export interface Request {
  readonly surface: 'james' | 'v1';
  readonly owner: string;
  readonly key: string | undefined;
  readonly path: string;
  readonly body: string;
  readonly told: Told;
}

/** What the service answered. */
export interface Heard {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly location: string | undefined;
  readonly replayed: boolean;
  readonly requestId: string;
}

/** What the model expects to hear: a status with members of a body or a problem type, or an answer again. */
export type Verdict =
  | { readonly status: number; readonly body: unknown }
  /** The whole body, digit by digit. */
  | { readonly status: number; readonly text: string }
  | { readonly status: number; readonly problem: string }
  | { readonly again: KeptAnswer };

const TOTAL_MAX = 2n ** 53n - 1n;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

function member(json: unknown, ...names: readonly string[]): string {
  let value = json;
  for (const name of names) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

interface Telling {
  readonly bank: SlowBank;
  readonly request: Request;
  readonly at: number;
  readonly heard: Heard;
}

function problem(status: number, type: string): Verdict {
  return { status, problem: type };
}

function james(status: number, body: unknown): Verdict {
  return { status, body };
}

/** Writes an entry down at the end of the loan's list. */
function write(
  { bank, request, at, heard }: Telling,
  loan: SlowLoan,
  kind: EntryKind,
  date: DayNo,
  { id = '', reason = null, takesBack = null }: Partial<Pick<Entry, 'id' | 'reason' | 'takesBack'>>,
): Entry {
  const recordedOn = Math.max(today(bank, at), bank.bookDay);
  bank.bookDay = recordedOn;
  const { owner: recordedBy } = request;
  const { requestId } = heard;
  const entry = {
    kind,
    id,
    date,
    recordedOn,

    recordedAt: at,
    recordedBy,
    requestId,
    reason,
    takesBack,
  };
  loan.entries.push(entry);
  return entry;
}

function issue(telling: Telling, told: Told & { what: 'issue' }): Verdict {
  const { bank, request, heard } = telling;
  const isJames = request.surface === 'james';
  const { amount, rate, term, date, reference } = told;
  const installment = installmentFor(bank, amount, rate, term);
  if (installment === 0n) {
    return isJames
      ? james(400, { amount: 'Value is too small for this term' })
      : problem(422, 'terms-refused');
  }
  if (installment * BigInt(term) > TOTAL_MAX) {
    return isJames ? james(400, { amount: 'Value is too large' }) : problem(422, 'terms-refused');
  }
  if (reference !== null && bank.loans.some((loan) => loan.reference === reference)) {
    return problem(409, 'reference-taken');
  }
  const id = member(heard.json, isJames ? 'loan_id' : 'id');
  const loan: SlowLoan = { id, reference, amount, rate, term, date, installment, entries: [] };
  bank.loans.push(loan);
  write(telling, loan, 'issued', date, { id });
  if (!isJames) return { status: 201, body: loanShape(bank, loan) };
  const text = `{"loan_id":"${id}","installment":${shortMoneyText(installment, bank.digits)}}`;
  return { status: 200, text };
}

function pay(telling: Telling, told: Told & { what: 'pay' }): Verdict {
  const { bank, request, heard } = telling;
  const isJames = request.surface === 'james';
  const loan = loanWithId(bank, told.loanId);
  if (loan === undefined) return isJames ? james(404, {}) : problem(404, 'loan-not-found');

  let replaced: Entry | undefined;
  if (told.replaces !== undefined) {
    const payments = loan.entries.filter(({ kind }) => kind === 'made' || kind === 'missed');
    replaced = payments.find((entry) => entry.id === told.replaces);
    if (replaced === undefined) return problem(404, 'payment-not-found');
    if (isTakenBack(loan.entries, replaced)) return problem(409, 'already-reversed');
  }
  if (isReversed(loan.entries)) {
    return isJames ? james(409, { error: 'Loan is reversed.' }) : problem(409, 'loan-reversed');
  }
  if (told.date < loan.date) {
    const error = `Invalid payment date, must be later than or equal to ${dateText(loan.date)}.`;
    return isJames ? james(400, { error }) : problem(422, 'before-loan');
  }
  if (told.amount !== undefined && told.amount !== loan.installment) {
    const error = `Invalid amount, must be $${shortMoneyText(loan.installment, bank.digits)}.`;
    return isJames ? james(400, { error }) : problem(422, 'wrong-amount');
  }
  const others = livePayments(loan.entries).filter((entry) => entry !== replaced);
  if (others.some((entry) => monthText(entry.date) === monthText(told.date))) {
    return isJames ? james(409, { error: 'Duplicated payment.' }) : problem(409, 'duplicate-payment');
  }
  if (told.kind === 'made' && others.filter(({ kind }) => kind === 'made').length >= loan.term) {
    return isJames ? james(409, { error: 'Loan is already paid off.' }) : problem(409, 'paid-off');
  }
  if (replaced !== undefined)
    write(telling, loan, 'payment_reversed', replaced.date, { takesBack: replaced });
  const entry = write(telling, loan, told.kind, told.date, { id: member(heard.json, 'id') });
  return isJames
    ? james(200, { success: 'Payment added.' })
    : { status: 201, body: paymentShape(bank, loan, entry) };
}

function reversePayment(telling: Telling, told: Told & { what: 'reverse-payment' }): Verdict {
  const { bank, heard } = telling;
  const { paymentId, reason } = told;
  for (const loan of bank.loans) {
    const payment = loan.entries.find(
      (entry) => (entry.kind === 'made' || entry.kind === 'missed') && entry.id === paymentId,
    );
    if (payment === undefined) continue;
    if (isTakenBack(loan.entries, payment)) return problem(409, 'already-reversed');
    const id = member(heard.json, 'reversal', 'id');
    const entry = write(telling, loan, 'payment_reversed', payment.date, { id, reason, takesBack: payment });
    const reversal = { id, reason, recorded_at: new Date(entry.recordedAt).toISOString() };
    return { status: 201, body: { ...paymentShape(bank, loan, payment), reversal } };
  }
  return problem(404, 'payment-not-found');
}

function reverseLoan(telling: Telling, told: Told & { what: 'reverse-loan' }): Verdict {
  const { bank, heard } = telling;
  const { loanId, reason } = told;
  const loan = loanWithId(bank, loanId);
  if (loan === undefined) return problem(404, 'loan-not-found');
  if (stateNow(loan).status === 'reversed') return problem(409, 'already-reversed');
  if (livePayments(loan.entries).length > 0) return problem(409, 'loan-has-payments');
  const id = member(heard.json, 'reversal', 'id');
  const takesBack = loan.entries[0] as Entry;
  const entry = write(telling, loan, 'loan_reversed', loan.date, { id, reason, takesBack });
  const reversal = { id, reason, recorded_at: new Date(entry.recordedAt).toISOString() };
  return { status: 201, body: { ...loanShape(bank, loan), reversal } };
}

function decide(telling: Telling): Verdict {
  const { told } = telling.request;
  switch (told.what) {
    case 'issue':
      return issue(telling, told);
    case 'pay':
      return pay(telling, told);
    case 'reverse-payment':
      return reversePayment(telling, told);
    case 'reverse-loan':
      return reverseLoan(telling, told);
  }
}

/** Answers that stand under a key: /v1's but 404, James's successes and conflicts; never a 400. */
function isKept(verdict: Verdict): boolean {
  return 'status' in verdict && [200, 201, 409, 422].includes(verdict.status);
}

/** The answer that a request's key has had, as long as it is kept. */
export function keptFor(bank: SlowBank, request: Request, at: number): KeptAnswer | undefined {
  return bank.kept.findLast(
    ({ owner, key, at: since }) => owner === request.owner && key === request.key && at - since <= KEPT_MS,
  );
}

/** Fields of a James loan that it refuses before it looks at a key. */
function fieldsRefused({ bank, request }: Telling): Verdict | undefined {
  const { surface, told } = request;
  if (surface !== 'james' || told.what !== 'issue') return undefined;
  if (told.rate === '0') return james(400, { rate: 'Value must be greater than zero' });
  const installment = installmentFor(bank, told.amount, told.rate, told.term);
  if (installment > 0n && installment * BigInt(told.term) <= TOTAL_MAX) return undefined;
  const amount = installment === 0n ? 'Value is too small for this term' : 'Value is too large';
  return james(400, { amount });
}

/** Tells the model a request that the service has answered; `heard` brings only ids, never a decision. */
export function tell(bank: SlowBank, request: Request, at: number, heard: Heard): Verdict {
  const telling = { bank, request, at, heard };
  const refused = fieldsRefused(telling);
  if (refused !== undefined) return refused;

  const { owner, key, surface } = request;
  const asSent = `${request.path} ${request.body}`;
  const kept = key === undefined ? undefined : keptFor(bank, request, at);
  if (kept !== undefined) {
    if (kept.request === asSent) return { again: kept };
    return surface === 'james'
      ? james(422, { error: 'Idempotency-Key already used.' })
      : problem(422, 'idempotency-key-used');
  }
  const verdict = decide(telling);
  if (key !== undefined && isKept(verdict)) {
    const { status, text, location } = heard;
    bank.kept.push({ owner, key, request: asSent, at, status, text, location });
  }
  return verdict;
}
