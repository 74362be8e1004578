// The model's facts in the shapes of /v1 (DESIGN.md): members that an answer must have, others may stand beside them.
// It shares nothing with src/.

import {
  dueOn,
  type Entry,
  isReversed,
  livePayments,
  paymentsMade,
  type SlowBank,
  type SlowLoan,
  type Sums,
  standing,
  stateNow,
} from './slow-bank.ts';
import { type DayNo, dateText, monthText } from './slow-calendar.ts';
import { moneyText } from './slow-money.ts';

function instant(at: number): string {
  return new Date(at).toISOString();
}

export function dateOrNull(day: DayNo | null): string | null {
  return day === null ? null : dateText(day);
}

export function sumsShape({ digits }: SlowBank, { value, principal, volume }: Sums) {
  return { value: moneyText(value, digits), principal: moneyText(principal, digits), volume };
}

/** When an entry was taken back. */
function reversedAt(loan: SlowLoan, entry: Entry | undefined): string | null {
  const reversal = loan.entries.find(({ takesBack }) => takesBack !== null && takesBack === entry);
  return reversal === undefined ? null : instant(reversal.recordedAt);
}

export function loanShape(bank: SlowBank, loan: SlowLoan) {
  const { status, made, nextDue } = stateNow(loan);
  return {
    id: loan.id,
    reference: loan.reference,
    amount: moneyText(loan.amount, bank.digits),
    currency: bank.currency,
    term: loan.term,
    rate: loan.rate,
    date: dateText(loan.date),
    installment: moneyText(loan.installment, bank.digits),
    total: moneyText(loan.installment * BigInt(loan.term), bank.digits),
    status,
    payments_made: made,
    next_due_on: dateOrNull(nextDue),
    recorded_at: instant(loan.entries[0]?.recordedAt ?? Number.NaN),
    reversed_at: reversedAt(loan, loan.entries[0]),
  };
}

export function paymentShape(bank: SlowBank, loan: SlowLoan, entry: Entry) {
  return {
    id: entry.id,
    loan_id: loan.id,
    payment: entry.kind,
    date: dateText(entry.date),
    month: monthText(entry.date),
    amount: moneyText(loan.installment, bank.digits),
    recorded_at: instant(entry.recordedAt),
    reversed_at: reversedAt(loan, entry),
  };
}

/** The whole history of a loan, in its order. */
export function historyShape(loan: SlowLoan) {
  return loan.entries.map((entry, index) => ({
    sequence: index + 1,
    kind: entry.kind,
    id: entry.id,
    date: dateText(entry.date),
    payment_id: paymentIdOf(entry),
    reason: entry.reason,
    recorded_at: instant(entry.recordedAt),
    recorded_on: dateText(entry.recordedOn),
    recorded_by: entry.recordedBy,
    request_id: entry.requestId,
  }));
}

function paymentIdOf(entry: Entry): string | null {
  if (entry.kind === 'made' || entry.kind === 'missed') return entry.id;
  return entry.kind === 'payment_reversed' ? (entry.takesBack?.id ?? null) : null;
}

/** One loan with these entries as of a day that is not before its date. */
export function balanceShape(bank: SlowBank, loan: SlowLoan, entries: readonly Entry[], asOf: DayNo) {
  const { sums, due } = standing(loan, entries, asOf);
  const reversed = isReversed(entries);
  const made = reversed ? 0 : paymentsMade(livePayments(entries), asOf);
  let overdue = 0;
  for (let k = made + 1; !reversed && k <= loan.term && dueOn(loan, k) < asOf; k++) overdue++;
  return {
    loan_id: loan.id,
    as_of: dateText(asOf),
    currency: bank.currency,
    value: moneyText(sums.value, bank.digits),
    principal: moneyText(sums.principal, bank.digits),
    payments_made: made,
    payments_left: reversed ? 0 : loan.term - made,
    next_due_on: dateOrNull(due),
    days_past_due: due === null ? 0 : Math.max(0, asOf - due),
    overdue: {
      installments: overdue,
      value: moneyText(loan.installment * BigInt(overdue), bank.digits),
    },
    status: reversed ? 'reversed' : made === loan.term ? 'paid_off' : 'active',
  };
}
