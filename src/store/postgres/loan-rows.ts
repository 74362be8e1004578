// Loans, payments and reversals between PostgreSQL's columns and the records of the store interface.

import type { MonthRecord } from '../../domain/payment.ts';
import type { LoanRecord, Origin, PaymentRecord, RecordHash, Recording, ReversalRecord } from '../store.ts';
import { TERMS_COLUMNS, type TermsRow, termsOf } from '../terms-row.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in its canonical form; PostgreSQL would refuse some others and take some more. */
export function isId(text: string): boolean {
  return ID.test(text);
}

interface RecordedRow {
  readonly recorded_at: number;
  readonly recorded_on: number;
  readonly request_id: string;
  readonly recorded_by: string;
  readonly hash: Buffer | null;
}

interface ReversibleRow {
  readonly reversed_at: number | null;
  readonly reversed_on: number | null;
}

const RECORDED_COLUMNS = 'recorded_at, recorded_on, request_id, recorded_by, hash';
const REVERSIBLE_COLUMNS = 'reversed_at, reversed_on';

/** The 32 bytes of a record's hash. */
export function hashBytes(hash: RecordHash): Buffer {
  return Buffer.from(hash, 'hex');
}

/** A record without a hash has none that could be right. */
function hashText(hash: Buffer | null): RecordHash {
  return hash === null ? '' : hash.toString('hex');
}

function recordedOf(row: RecordedRow): { recording: Recording; origin: Origin; hash: RecordHash } {
  return {
    recording: { at: row.recorded_at, on: row.recorded_on },
    origin: { requestId: row.request_id, recordedBy: row.recorded_by },
    hash: hashText(row.hash),
  };
}

function reversedOf({ reversed_at: at, reversed_on: on }: ReversibleRow): Recording | null {
  return at === null || on === null ? null : { at, on };
}

export interface LoanRow extends TermsRow, RecordedRow, ReversibleRow {
  readonly id: string;
  readonly reference: string | null;
  readonly payments_made: number;
  readonly next_due_on: number | null;
  readonly record_count: number;
  readonly head: Buffer | null;
}

export const LOAN_COLUMNS = `id, reference, ${TERMS_COLUMNS}, payments_made, next_due_on,
  record_count, head, ${RECORDED_COLUMNS}, ${REVERSIBLE_COLUMNS}`;

export function loanOf(row: LoanRow): LoanRecord {
  return {
    id: row.id,
    reference: row.reference,
    terms: termsOf(row),
    ...recordedOf(row),
    paymentsMade: row.payments_made,
    recordCount: row.record_count,
    head: hashText(row.head),
    reversed: reversedOf(row),
  };
}

export interface MonthRow {
  readonly id: string;
  readonly made: boolean;
  readonly date: number;
  readonly reversal: number;
}

export const MONTH_COLUMNS = 'id, made, date, reversal';

export function monthRecordOf(row: MonthRow): MonthRecord {
  return { id: row.id, kind: row.made ? 'made' : 'missed', date: row.date, reversed: row.reversal > 0 };
}

export interface PaymentRow extends MonthRow, RecordedRow, ReversibleRow {
  readonly loan_id: string;
  readonly month: number;
  readonly sequence: number;
}

export const PAYMENT_COLUMNS = `loan_id, ${MONTH_COLUMNS}, month, sequence, ${RECORDED_COLUMNS}, ${REVERSIBLE_COLUMNS}`;

export function paymentOf(row: PaymentRow): PaymentRecord {
  return {
    id: row.id,
    loanId: row.loan_id,
    sequence: row.sequence,
    kind: row.made ? 'made' : 'missed',
    date: row.date,
    ...recordedOf(row),
    reversed: reversedOf(row),
  };
}

export interface ReversalRow extends RecordedRow {
  readonly loan_id: string;
  readonly id: string;
  readonly sequence: number;
  readonly payment_id: string | null;
  readonly reason: string | null;
}

export const REVERSAL_COLUMNS = `loan_id, id, sequence, payment_id, reason, ${RECORDED_COLUMNS}`;

export function reversalOf(row: ReversalRow): ReversalRecord {
  return {
    id: row.id,
    loanId: row.loan_id,
    sequence: row.sequence,
    paymentId: row.payment_id,
    reason: row.reason,
    ...recordedOf(row),
  };
}
