// The slow, obvious model of a bank: a list of entries for each loan, and every figure counted out from them by the
// closed forms of DOMAIN.md. No sums are kept, nothing is updated, and it shares nothing with src/.

import { type ExactRate, installmentExactly, principalLeft, readRatio } from '../oracle/annuity.ts';
import { bankDay, type DayNo, monthsAfter, monthText } from './slow-calendar.ts';
import { rounded, type SlowRounding } from './slow-money.ts';

export type EntryKind = 'issued' | 'made' | 'missed' | 'payment_reversed' | 'loan_reversed';

/** One record of a loan. Its place in the loan's list is its place in the loan's history. */
export interface Entry {
  readonly kind: EntryKind;
  /** As the service named it; empty until it has been heard. */
  id: string;
  /** The effective date; of a reversal: that of what it takes back. */
  readonly date: DayNo;
  readonly recordedOn: DayNo;
  readonly recordedAt: number;
  readonly recordedBy: string;
  readonly requestId: string;
  readonly reason: string | null;
  /** The entry that this one takes back. */
  readonly takesBack: Entry | null;
}

export interface SlowLoan {
  readonly id: string;
  readonly reference: string | null;
  readonly amount: bigint;
  readonly rate: string;
  readonly term: number;
  readonly date: DayNo;
  readonly installment: bigint;
  readonly entries: Entry[];
}

/** An answer that was given under an idempotency key. */
export interface KeptAnswer {
  readonly owner: string;
  readonly key: string;
  /** Method, path and body of the request that it belongs to. */
  readonly request: string;
  readonly at: number;
  readonly status: number;
  readonly text: string;
  readonly location: string | undefined;
}

export interface SlowBank {
  readonly timeZone: string;
  readonly currency: string;
  /** Decimal places of the currency. */
  readonly digits: number;
  readonly rounding: SlowRounding;
  /** The book day, or an earlier day while the clock goes forward only: nothing is recorded before it any more. */
  bookDay: DayNo;
  readonly loans: SlowLoan[];
  readonly kept: KeptAnswer[];
}

export interface Sums {
  readonly value: bigint;
  readonly principal: bigint;
  readonly volume: number;
}

export const NOTHING: Sums = { value: 0n, principal: 0n, volume: 0 };

export function plus(a: Sums, b: Sums): Sums {
  return { value: a.value + b.value, principal: a.principal + b.principal, volume: a.volume + b.volume };
}

export function minus(a: Sums, b: Sums): Sums {
  return { value: a.value - b.value, principal: a.principal - b.principal, volume: a.volume - b.volume };
}

export function today(bank: SlowBank, at: number): DayNo {
  return bankDay(at, bank.timeZone);
}

export function installmentFor(bank: SlowBank, amount: bigint, rate: string, term: number): bigint {
  return rounded(installmentExactly(amount, readRatio(rate), term), bank.rounding);
}

const PRINCIPALS_MAX = 100_000;
const PRINCIPALS = new Map<string, bigint>();

/** B(k) of a loan. Remembered only so as to end in time. */
function principalAfter(loan: SlowLoan, k: number): bigint {
  const key = `${loan.amount} ${loan.rate} ${loan.term} ${k}`;
  let principal = PRINCIPALS.get(key);
  if (principal === undefined) {
    const rate: ExactRate = readRatio(loan.rate);
    principal = principalLeft(loan.amount, rate, loan.term, k);
    if (PRINCIPALS.size > PRINCIPALS_MAX) PRINCIPALS.clear();
    PRINCIPALS.set(key, principal);
  }
  return principal;
}

/** d(k). */
export function dueOn(loan: SlowLoan, k: number): DayNo {
  return monthsAfter(loan.date, k);
}

/** A loan's entries as known on a day. */
export function knownEntries(loan: SlowLoan, knownAt: DayNo): Entry[] {
  return loan.entries.filter((entry) => entry.recordedOn <= knownAt);
}

export function isTakenBack(entries: readonly Entry[], entry: Entry): boolean {
  return entries.some((other) => other.takesBack === entry);
}

/** The payment entries among these that nothing among these takes back. */
export function livePayments(entries: readonly Entry[]): Entry[] {
  return entries.filter(
    (entry) => (entry.kind === 'made' || entry.kind === 'missed') && !isTakenBack(entries, entry),
  );
}

/** M(t): made payments among these entries, effective by then, that count. */
export function paymentsMade(entries: readonly Entry[], asOf: DayNo): number {
  return livePayments(entries).filter((entry) => entry.kind === 'made' && entry.date <= asOf).length;
}

export function isReversed(entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.kind === 'loan_reversed');
}

/** What a loan with these entries adds to the book as of a day, and the due date under which it stands. */
export function standing(
  loan: SlowLoan,
  entries: readonly Entry[],
  asOf: DayNo,
): { readonly sums: Sums; readonly due: DayNo | null } {
  if (entries.length === 0 || isReversed(entries) || asOf < loan.date) return { sums: NOTHING, due: null };
  const made = paymentsMade(entries, asOf);
  if (made >= loan.term) return { sums: NOTHING, due: null };
  const value = loan.installment * BigInt(loan.term - made);
  return {
    sums: { value, principal: principalAfter(loan, made), volume: 1 },
    due: dueOn(loan, made + 1),
  };
}

/** The book as of a day, as known on a day. */
export function outstanding(bank: SlowBank, asOf: DayNo, knownAt: DayNo): Sums {
  return bank.loans
    .map((loan) => standing(loan, knownEntries(loan, knownAt), asOf).sums)
    .reduce(plus, NOTHING);
}

export type Status = 'active' | 'paid_off' | 'reversed';

/** The loan with everything known now, whatever its effective date. */
export function stateNow(loan: SlowLoan): { status: Status; made: number; nextDue: DayNo | null } {
  const made = livePayments(loan.entries).filter((entry) => entry.kind === 'made').length;
  if (isReversed(loan.entries)) return { status: 'reversed', made, nextDue: null };
  if (made === loan.term) return { status: 'paid_off', made, nextDue: null };
  return { status: 'active', made, nextDue: dueOn(loan, made + 1) };
}

export function loanWithId(bank: SlowBank, id: string): SlowLoan | undefined {
  return bank.loans.find((loan) => loan.id === id);
}

export function hasLiveRecordIn(loan: SlowLoan, month: string): boolean {
  return livePayments(loan.entries).some((entry) => monthText(entry.date) === month);
}
