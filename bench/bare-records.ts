// The columns of the bare tables that James's room on disk is measured against: all that James keeps of a loan and of a
// payment, as James keeps it, whatever tables it has it in.

import type { LoanRecords } from '../src/store/store.ts';

type ColumnType = 'id' | 'hash' | 'text' | 'integer' | 'bigint';

export interface BareColumn {
  readonly name: string;
  readonly type: ColumnType;
}

function columns(text: string): BareColumn[] {
  return text.split(',').map((column) => {
    const [name = '', type = ''] = column.trim().split(' ');
    return { name, type: type as ColumnType };
  });
}

export const BARE_LOAN_COLUMNS = columns(
  `id id, reference text, amount bigint, rate bigint, term integer, date integer, installment bigint,
   payments_made integer, record_count integer, reversed_at bigint, reversed_on integer, recorded_at bigint,
   recorded_on integer, request_id text, recorded_by text, hash hash, head hash`,
);

export const BARE_PAYMENT_COLUMNS = columns(
  `loan_id id, id id, sequence integer, made integer, date integer, recorded_at bigint, recorded_on integer,
   request_id text, recorded_by text, hash hash, reversed_at bigint, reversed_on integer`,
);

/** An id and a hash are hexadecimal, an id with hyphens; a driver takes them in a form of its own. */
export type BareValue = string | number | bigint | null;

export function bareLoan({ loan }: LoanRecords): BareValue[] {
  const { id, reference, terms, paymentsMade, recordCount, reversed, recording, origin, hash, head } = loan;
  const { amountCents, rate, term, date, installmentCents } = terms;
  return [
    ...[id, reference, amountCents, rate, term, date, installmentCents, paymentsMade, recordCount],
    ...[reversed?.at ?? null, reversed?.on ?? null, recording.at, recording.on],
    ...[origin.requestId, origin.recordedBy, hash, head],
  ];
}

export function barePayments({ payments }: LoanRecords): BareValue[][] {
  return payments.map(({ loanId, id, sequence, kind, date, recording, origin, hash, reversed }) => [
    ...[loanId, id, sequence, kind === 'made' ? 1 : 0, date, recording.at, recording.on],
    ...[origin.requestId, origin.recordedBy, hash, reversed?.at ?? null, reversed?.on ?? null],
  ]);
}
