// What a row of an import must say, and which command it becomes. Faults name the field and the reason.

import { type CalendarDate, parseDate } from '../domain/calendar-date.ts';
import { parseDecimal, toScaledInteger } from '../domain/decimal.ts';
import {
  decideTerms,
  isReference,
  REFERENCE_LENGTH_MAX,
  TERM_MAX,
  type TermsReason,
} from '../domain/loan.ts';
import type { Currency } from '../domain/money.ts';
import { PAYMENT_KINDS } from '../domain/payment.ts';
import { RATE_DECIMAL_PLACES } from '../domain/rate.ts';
import type { Rounding } from '../domain/rounding.ts';
import type { Command } from '../ledger/commands.ts';
import type { Origin } from '../ledger/ledger.ts';

export interface RowFault {
  readonly field: string;
  readonly reason: string;
}

export type RowReading =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly fault: RowFault };

/** The values of one row by column name; a column that the file doesn't have is undefined. */
export type Row = (column: string) => string | undefined;

/** One kind of import: which columns it needs, which more it takes, and how a row becomes a command. */
export interface ImportKind {
  readonly name: 'loans' | 'payments';
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly read: (row: Row, context: RowContext) => RowReading;
}

export interface RowContext {
  readonly currency: Currency;
  readonly rounding: Rounding;
  readonly origin: Origin;
}

class Fault extends Error {
  readonly fault: RowFault;

  constructor(field: string, reason: string) {
    super(reason);
    this.fault = { field, reason };
  }
}

const REASONS: Record<TermsReason, string> = {
  'too-large': 'is too large',
  'too-precise': 'has too many decimal places',
  'other-currency': "is not the bank's currency",
  'not-positive': 'must be greater than zero',
  'too-small-for-term': 'is too small for this term',
  'below-amount': 'is too small: the installments do not add up to the amount',
};

function text(row: Row, field: string): string {
  const value = row(field)?.trim();
  if (value === undefined || value === '') throw new Fault(field, 'is missing');
  return value;
}

function reference(row: Row): string {
  const value = text(row, 'reference');
  if (!isReference(value)) {
    throw new Fault(
      'reference',
      `must have at most ${REFERENCE_LENGTH_MAX} characters, none of them a control character`,
    );
  }
  return value;
}

function scaled(row: Row, field: string, decimalPlaces: number): bigint {
  const written = text(row, field);
  const decimal = parseDecimal(written);
  if (decimal === undefined) throw new Fault(field, `"${written}" is not a number`);
  const integer = toScaledInteger(decimal, decimalPlaces);
  if (integer.ok) return integer.value;
  if (integer.reason === 'too-large') throw new Fault(field, REASONS['too-large']);
  throw new Fault(
    field,
    decimalPlaces === 0
      ? `"${written}" is not a whole number`
      : `must have at most ${decimalPlaces} decimal places`,
  );
}

function date(row: Row): CalendarDate {
  const written = text(row, 'date');
  const read = parseDate(written);
  if (read === undefined) throw new Fault('date', `"${written}" is not a calendar date (YYYY-MM-DD)`);
  return read;
}

function readLoan(row: Row, { currency, rounding, origin }: RowContext): Command {
  const term = scaled(row, 'term', 0);
  const contractual = row('installment')?.trim();
  const request = {
    amountCents: scaled(row, 'amount', currency.minorDigits),
    rate: scaled(row, 'rate', RATE_DECIMAL_PLACES),
    // Terms beyond all limits are refused below; a bigint that big would lose digits as a number.
    term: term > BigInt(TERM_MAX) ? TERM_MAX + 1 : Number(term),
    date: date(row),
    ...(contractual ? { contractualInstallmentCents: scaled(row, 'installment', currency.minorDigits) } : {}),
  };
  const decision = decideTerms(request, rounding);
  if (!decision.ok) {
    const { field, reason } = decision.faults[0] as (typeof decision.faults)[number];
    throw new Fault(field, REASONS[reason]);
  }
  return {
    kind: 'issue-loan',
    terms: decision.terms,
    reference: reference(row),
    ifRecorded: 'skip',
    origin,
  };
}

function readPayment(row: Row, { currency, origin }: RowContext): Command {
  const by = reference(row);
  const written = text(row, 'payment');
  const payment = PAYMENT_KINDS.find((kind) => kind === written);
  if (payment === undefined) {
    throw new Fault('payment', `"${written}" is not one of ${PAYMENT_KINDS.join(', ')}`);
  }
  return {
    kind: 'record-payment',
    loan: { by: 'reference', reference: by },
    payment,
    date: date(row),
    amountCents: scaled(row, 'amount', currency.minorDigits),
    ifRecorded: 'skip',
    origin,
  };
}

function reading(read: (row: Row, context: RowContext) => Command): ImportKind['read'] {
  return (row, context) => {
    try {
      return { ok: true, command: read(row, context) };
    } catch (error) {
      if (error instanceof Fault) return { ok: false, fault: error.fault };
      throw error;
    }
  };
}

export const LOANS: ImportKind = {
  name: 'loans',
  required: ['reference', 'amount', 'term', 'rate', 'date'],
  optional: ['installment'],
  read: reading(readLoan),
};

export const PAYMENTS: ImportKind = {
  name: 'payments',
  required: ['reference', 'payment', 'date', 'amount'],
  optional: [],
  read: reading(readPayment),
};
