// What the model says of exports: the rows that a file must have, by a plain look at all loans and all their entries.
// It shares nothing with src/.

import {
  type Entry,
  isReversed,
  isTakenBack,
  knownEntries,
  minus,
  NOTHING,
  plus,
  type SlowBank,
  type SlowLoan,
  type Sums,
  standing,
} from './slow-bank.ts';
import { type DayNo, dateText, monthText } from './slow-calendar.ts';
import { moneyText } from './slow-money.ts';
import { balanceShape, loanShape } from './slow-shapes.ts';

export interface ExportFilter {
  readonly asOf: DayNo;
  readonly upTo: DayNo;
  readonly reversed: boolean;
  readonly reference?: string;
  readonly status?: 'active' | 'paid_off' | 'reversed';
  readonly kind?: 'made' | 'missed';
  readonly dateFrom?: DayNo;
  readonly dateTo?: DayNo;
  readonly daysPastDueMin?: number;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

/** When an entry was taken back, as far as these entries tell. */
function takenBackAt(entries: readonly Entry[], entry: Entry | undefined): string | null {
  const reversal = entries.find(({ takesBack }) => takesBack !== null && takesBack === entry);
  return reversal === undefined ? null : instant(reversal.recordedAt);
}

function isWithin(date: DayNo, { asOf, dateFrom, dateTo }: ExportFilter): boolean {
  return (
    date <= asOf && (dateFrom === undefined || date >= dateFrom) && (dateTo === undefined || date <= dateTo)
  );
}

function loanRow(bank: SlowBank, loan: SlowLoan, entries: readonly Entry[], asOf: DayNo) {
  const { id, amount, currency, term, rate, date, installment, total, recorded_at } = loanShape(bank, loan);
  const { overdue, ...balance } = balanceShape(bank, loan, entries, asOf);
  const issued = entries[0] as Entry;
  return {
    reference: loan.reference ?? id,
    amount,
    term,
    rate,
    date,
    installment,
    id,
    currency,
    total,
    status: balance.status,
    value: balance.value,
    principal: balance.principal,
    payments_made: balance.payments_made,
    payments_left: balance.payments_left,
    next_due_on: balance.next_due_on,
    days_past_due: balance.days_past_due,
    overdue_installments: overdue.installments,
    overdue_value: overdue.value,
    recorded_at,
    recorded_on: dateText(issued.recordedOn),
    reversed_at: takenBackAt(entries, issued),
  };
}

/** The rows of loans, by id. */
export function loanRows(bank: SlowBank, filter: ExportFilter) {
  const { asOf, upTo, reference, status, daysPastDueMin } = filter;
  const rows = [];
  for (const loan of bank.loans) {
    const entries = knownEntries(loan, upTo);
    if (entries.length === 0 || !isWithin(loan.date, filter)) continue;
    if (isReversed(entries) && !filter.reversed && status !== 'reversed') continue;
    if (reference !== undefined && loan.reference !== reference) continue;
    const row = loanRow(bank, loan, entries, asOf);
    if (status !== undefined && row.status !== status) continue;
    if (daysPastDueMin !== undefined && (row.status !== 'active' || row.days_past_due < daysPastDueMin))
      continue;
    rows.push(row);
  }
  return byId(rows);
}

/** The rows of payment records, by id. */
export function paymentRows(bank: SlowBank, filter: ExportFilter) {
  const rows = [];
  for (const loan of bank.loans) {
    const entries = knownEntries(loan, filter.upTo);
    for (const entry of entries) {
      if (entry.kind !== 'made' && entry.kind !== 'missed') continue;
      if (!isWithin(entry.date, filter)) continue;
      if (filter.kind !== undefined && entry.kind !== filter.kind) continue;
      if (filter.reference !== undefined && loan.reference !== filter.reference) continue;
      if (isTakenBack(entries, entry) && !filter.reversed) continue;
      rows.push({
        reference: loan.reference ?? loan.id,
        payment: entry.kind,
        date: dateText(entry.date),
        amount: moneyText(loan.installment, bank.digits),
        id: entry.id,
        loan_id: loan.id,
        month: monthText(entry.date),
        currency: bank.currency,
        recorded_at: instant(entry.recordedAt),
        recorded_on: dateText(entry.recordedOn),
        reversed_at: takenBackAt(entries, entry),
      });
    }
  }
  return byId(rows);
}

export function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const CAUSES: Partial<Record<Entry['kind'], string>> = { issued: 'issued', made: 'paid', missed: 'paid' };

/** Days on which a loan's timeline can change. */
function daysOf(loan: SlowLoan): DayNo[] {
  return [...new Set(loan.entries.map(({ date }) => date))].toSorted((a, b) => a - b);
}

/** What stands under each due date as of a day, of a loan with these entries. */
function standingByDue(loan: SlowLoan, entries: readonly Entry[], asOf: DayNo): Map<DayNo, Sums> {
  const { sums, due } = standing(loan, entries, asOf);
  return due === null ? new Map() : new Map([[due, sums]]);
}

/** The rows of the book: what each entry changed on each day and under each due date, added up. */
export function bookRows(bank: SlowBank, filter: ExportFilter) {
  const { asOf, upTo, daysPastDueMin } = filter;
  const rows = new Map<string, { key: [DayNo, DayNo, DayNo, string]; sums: Sums }>();
  const add = (key: [DayNo, DayNo, DayNo, string], sums: Sums) => {
    const name = key.join(' ');
    rows.set(name, { key, sums: plus(rows.get(name)?.sums ?? NOTHING, sums) });
  };
  for (const loan of bank.loans) {
    const entries = knownEntries(loan, upTo);
    for (const [index, { recordedOn, kind }] of entries.entries()) {
      for (const day of daysOf(loan)) {
        for (const [count, sign] of [
          [index + 1, 1],
          [index, -1],
        ] as const) {
          const of = entries.slice(0, count);
          for (const [at, atSign] of [
            [day, sign],
            [day - 1, -sign],
          ] as const) {
            for (const [due, sums] of standingByDue(loan, of, at)) {
              const signed = atSign === 1 ? sums : minus(NOTHING, sums);
              add([recordedOn, day, due, CAUSES[kind] ?? 'reversed'], signed);
            }
          }
        }
      }
    }
  }
  const late =
    daysPastDueMin === undefined || daysPastDueMin === 0 ? Number.POSITIVE_INFINITY : asOf - daysPastDueMin;
  const kept = [...rows.values()]
    .filter(({ key: [, effectiveOn, dueOn] }) => isWithin(effectiveOn, filter) && dueOn <= late)
    .filter(({ sums }) => sums.value !== 0n || sums.principal !== 0n || sums.volume !== 0)
    .map(({ key: [recordedOn, effectiveOn, due, cause], sums }) => ({
      recorded_on: dateText(recordedOn),
      effective_on: dateText(effectiveOn),
      due_on: dateText(due),
      days_past_due: Math.max(0, asOf - due),
      cause,
      value: moneyText(sums.value, bank.digits),
      principal: moneyText(sums.principal, bank.digits),
      volume: sums.volume,
      currency: bank.currency,
    }));
  const nameOf = (row: (typeof kept)[number]) =>
    [row.recorded_on, row.effective_on, row.due_on, row.cause].join(' ');
  return kept.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
