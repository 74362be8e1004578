// What an export is asked for. Plain values: a question crosses threads.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { Currency } from '../domain/money.ts';
import type { PaymentKind } from '../domain/payment.ts';
import type { LoanStatusFilter, RecordId } from '../store/store.ts';

export const EXPORT_TABLES = ['loans', 'payments', 'book'] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];

export const EXPORT_FORMATS = ['csv', 'ndjson', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface Asked {
  readonly format: ExportFormat;
  readonly currency: Currency;
  /** What is effective after this date is left out, and states are of this date. */
  readonly asOf: CalendarDate;
  /** What was recorded after this date is left out; undefined: everything known now is in. */
  readonly knownAt: CalendarDate | undefined;
  /** The known-at date that the file names. */
  readonly knownOn: CalendarDate;
  /** Effective dates (of loans: of their origination). */
  readonly dateFrom?: CalendarDate;
  readonly dateTo?: CalendarDate;
}

export interface LoansQuestion extends Asked {
  readonly table: 'loans';
  readonly reference?: string;
  /** As of the date; `reversed` alone shows loans that had been taken back, unless `reversed` is set. */
  readonly status?: LoanStatusFilter;
  /** Only active loans that are at least so many days past due as of the date. */
  readonly daysPastDueMin?: number;
  /** Whether what had been taken back comes along. */
  readonly reversed: boolean;
}

export interface PaymentsQuestion extends Asked {
  readonly table: 'payments';
  readonly reference?: string;
  readonly loanId?: RecordId;
  readonly kind?: PaymentKind;
  readonly reversed: boolean;
}

export interface BookQuestion extends Asked {
  readonly table: 'book';
  readonly daysPastDueMin?: number;
}

export type ExportQuestion = LoansQuestion | PaymentsQuestion | BookQuestion;

/** Media types, the registered one first. */
export const MEDIA_TYPES: Record<ExportFormat, readonly string[]> = {
  csv: ['text/csv'],
  ndjson: ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
  parquet: ['application/vnd.apache.parquet', 'application/x-parquet'],
};
