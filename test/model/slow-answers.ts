// The model's answers about the whole book, each by going through all loans and all their entries once more.
// It shares nothing with src/.

import {
  type Entry,
  knownEntries,
  minus,
  NOTHING,
  outstanding,
  plus,
  type SlowBank,
  type SlowLoan,
  type Sums,
  standing,
  stateNow,
} from './slow-bank.ts';
import { type DayNo, dateText, isMonthEnd } from './slow-calendar.ts';
import { moneyText, rounded } from './slow-money.ts';
import { sumsShape } from './slow-shapes.ts';

export type Step = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The as-of dates of a series. */
export function seriesDays(from: DayNo, to: DayNo, step: Step): DayNo[] {
  const days: DayNo[] = [];
  for (let day = from; day <= to; day++) {
    if (isStep(day, from, step) || (day === to && step !== 'day' && step !== 'week')) days.push(day);
  }
  return days;
}

function isStep(day: DayNo, from: DayNo, step: Step): boolean {
  if (step === 'day') return true;
  if (step === 'week') return (day - from) % 7 === 0;
  const month = Number(dateText(day).slice(5, 7));
  if (step === 'quarter') return isMonthEnd(day) && month % 3 === 0;
  return isMonthEnd(day) && (step === 'month' || month === 12);
}

/** Ageing and portfolio at risk as of a day. */
export function arrearsShape(bank: SlowBank, asOf: DayNo, knownAt: DayNo, bounds: readonly number[]) {
  const late = bank.loans.map((loan) => {
    const { sums, due } = standing(loan, knownEntries(loan, knownAt), asOf);
    return { sums, daysPastDue: due === null ? 0 : Math.max(0, asOf - due) };
  });
  const sumWhere = (from: number, to: number): Sums =>
    late
      .filter(({ daysPastDue }) => daysPastDue >= from && daysPastDue <= to)
      .map(({ sums }) => sums)
      .reduce(plus, NOTHING);
  const total = outstanding(bank, asOf, knownAt);
  const bucket = (from: number, to: number | null) => ({
    days_from: from,
    days_to: to,
    ...sumsShape(bank, sumWhere(from, to ?? Number.POSITIVE_INFINITY)),
  });
  const buckets = [bucket(0, 0)];
  let from = 1;
  for (const bound of bounds) {
    buckets.push(bucket(from, bound));
    from = bound + 1;
  }
  buckets.push(bucket(from, null));
  const par = bounds.map((days) => {
    const { principal } = sumWhere(days + 1, Number.POSITIVE_INFINITY);
    const of = total.principal;
    return {
      days,
      principal: moneyText(principal, bank.digits),
      of: moneyText(of, bank.digits),
      ratio: of === 0n ? null : moneyText(rounded({ over: principal * 1_000_000n, under: of }, 'half-up'), 6),
    };
  });
  return { total: sumsShape(bank, total), buckets, par };
}

function causeOf({ kind }: Entry): 'issued' | 'paid' | 'reversed' {
  if (kind === 'issued') return 'issued';
  return kind === 'made' || kind === 'missed' ? 'paid' : 'reversed';
}

/** What one entry of a loan changed in a period: the loan at its ends with the entry, less the same without it. */
function movedBy(loan: SlowLoan, entries: readonly Entry[], index: number, from: DayNo, to: DayNo): Sums {
  const moved = (count: number): Sums =>
    minus(
      standing(loan, entries.slice(0, count), to).sums,
      standing(loan, entries.slice(0, count), from - 1).sums,
    );
  return minus(moved(index + 1), moved(index));
}

/** opening + issued − paid + reversed = closing; the model checks that its own figures add up. */
export function movementsShape(bank: SlowBank, from: DayNo, to: DayNo, knownAt: DayNo) {
  const moved = { issued: NOTHING, paid: NOTHING, reversed: NOTHING };
  for (const loan of bank.loans) {
    const entries = knownEntries(loan, knownAt);
    for (const [index, entry] of entries.entries()) {
      const cause = causeOf(entry);
      moved[cause] = plus(moved[cause], movedBy(loan, entries, index, from, to));
    }
  }
  const opening = outstanding(bank, from - 1, knownAt);
  const closing = outstanding(bank, to, knownAt);
  const { issued, paid, reversed } = moved;
  const gap = minus([opening, issued, paid, reversed].reduce(plus), closing);
  if (gap.value !== 0n || gap.principal !== 0n || gap.volume !== 0)
    throw new Error('the model does not add up');
  return {
    opening: sumsShape(bank, opening),
    issued: sumsShape(bank, issued),
    paid: sumsShape(bank, minus(NOTHING, paid)),
    reversed: sumsShape(bank, reversed),
    closing: sumsShape(bank, closing),
  };
}

export interface ListFilter {
  readonly status?: 'active' | 'paid_off' | 'reversed';
  readonly reference?: string;
  readonly dateFrom?: DayNo;
  readonly dateTo?: DayNo;
  readonly daysPastDueMin?: number;
}

/** The loans that a list shows, in its order. */
export function listed(bank: SlowBank, filter: ListFilter, onDay: DayNo): SlowLoan[] {
  const { status, reference, dateFrom, dateTo, daysPastDueMin } = filter;
  const chosen = bank.loans.filter((loan) => {
    const state = stateNow(loan);
    if (status !== undefined && state.status !== status) return false;
    if (reference !== undefined && loan.reference !== reference) return false;
    if (dateFrom !== undefined && loan.date < dateFrom) return false;
    if (dateTo !== undefined && loan.date > dateTo) return false;
    if (daysPastDueMin === undefined) return true;
    return state.nextDue !== null && Math.max(0, onDay - state.nextDue) >= daysPastDueMin;
  });
  // Sorting keeps the order of recording among equals.
  if (daysPastDueMin !== undefined) {
    return chosen.sort((a, b) => (stateNow(a).nextDue ?? 0) - (stateNow(b).nextDue ?? 0));
  }
  if (dateFrom !== undefined || dateTo !== undefined) return chosen.sort((a, b) => a.date - b.date);
  return chosen;
}
