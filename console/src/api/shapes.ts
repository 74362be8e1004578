// The answers that pages pass on, by name.

import type { operations } from './openapi.ts';

type Ok<Id extends keyof operations, Status extends number = 200> = operations[Id]['responses'] extends {
  readonly [status in Status]: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

export type Session = Ok<'getSession'>;
export type Outstanding = Ok<'getOutstanding'>;
export type Arrears = Ok<'getArrears'>;
export type Series = Ok<'getOutstandingSeries'>;
export type ArrearsSeries = Ok<'getArrearsSeries'>;
export type Loan = Ok<'getLoan'>;
export type Balance = Ok<'getBalance'>;
export type Schedule = Ok<'getSchedule'>;
export type Payment = Ok<'getPayment'>;
export type HistoryEntry = Ok<'getHistory'>['data'][number];
export type Quote = Ok<'quoteLoan'>;
export type LoanPage = Ok<'listLoans'>;
export type PaymentPage = Ok<'listPayments'>;
export type HistoryPage = Ok<'getHistory'>;

/** Until the generated client has it. */
export interface Import {
  readonly id: string;
  readonly kind: 'loans' | 'payments';
  readonly dry_run: boolean;
  readonly state: 'receiving' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly reason: string | null;
  readonly rows: number;
  readonly rows_read: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly rows_per_second: number | null;
  readonly seconds_left: number | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly ended_at: string | null;
}
export interface ImportPage {
  readonly data: readonly Import[];
  readonly next: string | null;
}
