// The answers that pages pass on, by name.

export type {
  Arrears,
  ArrearsSeries,
  Balance,
  Demo,
  HistoryEntry,
  HistoryPage,
  Import,
  ImportPage,
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
