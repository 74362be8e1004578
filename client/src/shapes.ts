// The things that James speaks of, under their names.

import type { Answer, Body, Query } from './contract.ts';

export type Loan = Answer<'getLoan'>;
export type LoanTerms = Body<'issueLoan'>;
export type LoanFilter = Query<'listLoans'>;
export type LoanPage = Answer<'listLoans'>;
export type Schedule = Answer<'getSchedule'>;
export type Balance = Answer<'getBalance'>;
export type HistoryPage = Answer<'getHistory'>;
/** A record in a loan's history: its issue, a payment, a reversal. */
export type HistoryEntry = HistoryPage['data'][number];
export type Payment = Answer<'getPayment'>;
export type PaymentPage = Answer<'listPayments'>;
export type NewPayment = Body<'recordPayment'>;
export type Reversal = Body<'reversePayment'>;
export type QuoteTerms = Body<'quoteLoan'>;
export type Quote = Answer<'quoteLoan'>;
export type Outstanding = Answer<'getOutstanding'>;
export type Arrears = Answer<'getArrears'>;
export type OutstandingSeries = Answer<'getOutstandingSeries'>;
export type ArrearsSeries = Answer<'getArrearsSeries'>;
export type Movements = Answer<'getMovements'>;
export type ApiKey = Answer<'getKey'>;
export type ApiKeyPage = Answer<'listKeys'>;
export type NewApiKey = Body<'createKey'>;
/** An API key with its secret, which is shown once. */
export type ApiKeySecret = Answer<'createKey'>;
export type Session = Answer<'getSession'>;
/** A file of loans or payments, and how far its rows are. */
export type Import = Answer<'getImport'>;
export type ImportPage = Answer<'listImports'>;
/** Whether a made-up bank can fill the book, and how far that is. */
export type Demo = Answer<'getDemo'>;
