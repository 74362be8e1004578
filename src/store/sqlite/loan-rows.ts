// Loans and payments between SQLite's columns and the records of the store interface.

import type { MonthRecord } from '../../domain/payment.ts';
import type { LoanRecord } from '../store.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The 16 bytes of a UUID in its canonical form, or undefined for any other text. */
export function idBytes(id: string): Buffer | undefined {
  return ID.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : undefined;
}

/** The canonical form of 16 bytes. */
export function idText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export interface LoanRow {
  readonly no: number;
  readonly id: Buffer;
  readonly reference: string | null;
  // Money of one loan stays below 2^53 (DOMAIN.md section 2), so SQLite's integers arrive here unharmed.
  readonly amount: number;
  readonly rate: number;
  readonly term: number;
  readonly date: number;
  readonly installment: number;
  readonly payments_made: number;
  readonly recorded_at: number;
  readonly recorded_on: number;
  readonly request_id: string;
  readonly recorded_by: string;
}

export const LOAN_COLUMNS = `no, id, reference, amount, rate, term, date, installment, payments_made,
  recorded_at, recorded_on, request_id, recorded_by`;

export function loanOf(row: LoanRow): LoanRecord {
  return {
    id: idText(row.id),
    reference: row.reference,
    terms: {
      amountCents: BigInt(row.amount),
      rate: BigInt(row.rate),
      term: row.term,
      date: row.date,
      installmentCents: BigInt(row.installment),
    },
    recording: { at: row.recorded_at, on: row.recorded_on },
    origin: { requestId: row.request_id, recordedBy: row.recorded_by },
    paymentsMade: row.payments_made,
  };
}

export interface MonthRow {
  readonly made: number;
  readonly date: number;
  readonly reversal: number;
}

export function monthRecordOf(row: MonthRow): MonthRecord {
  return {
    kind: row.made === 1 ? 'made' : 'missed',
    date: row.date,
    reversed: row.reversal > 0,
  };
}
