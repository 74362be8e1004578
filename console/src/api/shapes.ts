// The answers that pages pass on, by name.

export type {
  Arrears,
  ArrearsSeries,
  Balance,
  HistoryEntry,
  HistoryPage,
  Loan,
  LoanPage,
  Outstanding,
  OutstandingSeries as Series,
  Payment,
  PaymentPage,
  Quote,
  Schedule,
  Session,
} from '../../../client/src/index.ts';

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
