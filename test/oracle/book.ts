// The oracle: the book as of any date, computed loan by loan from the CSV files by the closed forms of
// DOMAIN.md sections 4 and 6. No timelines and no running sums: for each date every loan's payments are counted anew.
// It shares nothing with src/; where the two differ, one of them is wrong.

import {
  type ExactRate,
  installmentExactly,
  principalLeft,
  readCents,
  readRatio,
  roundDown,
  roundHalfUp,
  writeCents,
} from './annuity.ts';
import { type Day, dayNumber, monthsLater, readDay } from './calendar.ts';
import { type CsvRow, column } from './csv-file.ts';

export interface OracleLoan {
  readonly reference: string;
  readonly amountCents: bigint;
  readonly term: number;
  readonly rate: ExactRate;
  readonly date: Day;
  readonly installmentCents: bigint;
  /** The effective dates of the made payments, as day numbers, in no order. */
  readonly madeOn: readonly number[];
}

export interface OracleSums {
  readonly value: string;
  readonly principal: string;
  readonly volume: number;
}

export interface OracleBucket extends OracleSums {
  readonly days_from: number;
  readonly days_to: number | null;
}

export interface OraclePar {
  readonly days: number;
  readonly principal: string;
  readonly of: string;
  readonly ratio: string | null;
}

export interface OracleBook {
  readonly total: OracleSums;
  readonly buckets: readonly OracleBucket[];
  readonly par: readonly OraclePar[];
}

/** One loan as of one date: what is outstanding, and by how many days its next installment is past due. */
export interface Standing {
  readonly valueCents: bigint;
  readonly principalCents: bigint;
  readonly daysPastDue: number;
}

function readLoan(row: CsvRow, madeOn: readonly number[]): OracleLoan {
  const amountCents = readCents(column(row, 'amount'));
  const term = Number(column(row, 'term'));
  const rate = readRatio(column(row, 'rate'));
  const contractual = row['installment'] ?? '';
  const installmentCents =
    contractual === '' ? roundDown(installmentExactly(amountCents, rate, term)) : readCents(contractual);
  const date = readDay(column(row, 'date'));
  return { reference: column(row, 'reference'), amountCents, term, rate, date, installmentCents, madeOn };
}

/** Loans with their made payments. The contractual installment counts where there is one, else the one rounded down. */
export function readLoans(loans: readonly CsvRow[], payments: readonly CsvRow[]): OracleLoan[] {
  const madeOn = new Map<string, number[]>();
  for (const loan of loans) madeOn.set(column(loan, 'reference'), []);
  for (const payment of payments) {
    const days = madeOn.get(column(payment, 'reference'));
    if (days === undefined) throw new Error(`a payment of no loan: ${column(payment, 'reference')}`);
    if (column(payment, 'payment') === 'made') days.push(dayNumber(readDay(column(payment, 'date'))));
  }
  return loans.map((row) => readLoan(row, madeOn.get(column(row, 'reference')) ?? []));
}

/** The loan as of `asOf`, or undefined where nothing is outstanding: before its date, or paid off. */
export function standingOf(loan: OracleLoan, asOf: Day): Standing | undefined {
  const today = dayNumber(asOf);
  if (dayNumber(loan.date) > today) return undefined;
  const made = loan.madeOn.filter((day) => day <= today).length;
  if (made >= loan.term) return undefined;
  const nextDueOn = monthsLater(loan.date, made + 1);
  return {
    valueCents: loan.installmentCents * BigInt(loan.term - made),
    principalCents: principalLeft(loan.amountCents, loan.rate, loan.term, made),
    daysPastDue: Math.max(0, today - dayNumber(nextDueOn)),
  };
}

function principalOf(standings: readonly Standing[]): bigint {
  return standings.reduce((sum, standing) => sum + standing.principalCents, 0n);
}

function sumsOf(standings: readonly Standing[]): OracleSums {
  const value = standings.reduce((sum, standing) => sum + standing.valueCents, 0n);
  return {
    value: writeCents(value),
    principal: writeCents(principalOf(standings)),
    volume: standings.length,
  };
}

/** Days past due 0, then from one more than each bound to the next one, then all above the last. */
function bucketsOf(standings: readonly Standing[], bounds: readonly number[]): OracleBucket[] {
  const ends = [0, ...bounds];
  const ranges = [...ends, null].map((to, index) => ({
    days_from: index === 0 ? 0 : (ends[index - 1] ?? 0) + 1,
    days_to: to,
  }));
  return ranges.map((range) => {
    const inside = standings.filter(
      ({ daysPastDue }) =>
        daysPastDue >= range.days_from && (range.days_to === null || daysPastDue <= range.days_to),
    );
    return { ...range, ...sumsOf(inside) };
  });
}

function writeSixPlaces(over: bigint, under: bigint): string {
  const millionths = roundHalfUp({ over: over * 1_000_000n, under });
  return `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
}

function parOf(standings: readonly Standing[], days: number): OraclePar {
  const late = principalOf(standings.filter(({ daysPastDue }) => daysPastDue > days));
  const of = principalOf(standings);
  const ratio = of === 0n ? null : writeSixPlaces(late, of);
  return { days, principal: writeCents(late), of: writeCents(of), ratio };
}

/** The book as of a date `YYYY-MM-DD`: outstanding, ageing by the bounds, and PAR(x) for each bound. */
export function bookAsOf(
  loans: readonly OracleLoan[],
  asOf: string,
  bounds: readonly number[] = [30, 60, 90],
): OracleBook {
  const day = readDay(asOf);
  const standings = loans.map((loan) => standingOf(loan, day)).filter((standing) => standing !== undefined);
  return {
    total: sumsOf(standings),
    buckets: bucketsOf(standings, bounds),
    par: bounds.map((days) => parOf(standings, days)),
  };
}
