// Everything that pages change. Each write carries an idempotency key, which the caller keeps while it asks for the same:
// a second click or a retry after a broken connection books nothing twice.

import { newIdempotencyKey } from '../../../client/src/index.ts';
import { james, unwrap } from './james.ts';
import type { TermsAsked } from './loan-queries.ts';

/** For one intention of one person. */
export const newKey = newIdempotencyKey;

export function signIn(apiKey: string) {
  return unwrap(james.session.signIn(apiKey));
}

export function signOut() {
  return unwrap(james.session.signOut());
}

export function issueLoan(terms: TermsAsked & { readonly reference: string | null }, key: string) {
  return unwrap(james.loans.issue(terms, { idempotencyKey: key }));
}

export interface PaymentAsked {
  readonly payment: 'made' | 'missed';
  readonly date: string;
  /** A record of the same month that it takes the place of. */
  readonly replaces?: string;
}

export function recordPayment(loanId: string, payment: PaymentAsked, key: string) {
  return unwrap(james.payments.record(loanId, payment, { idempotencyKey: key }));
}

export function reversePayment(paymentId: string, reason: string, key: string) {
  return unwrap(james.payments.reverse(paymentId, { reason }, { idempotencyKey: key }));
}

export function reverseLoan(loanId: string, reason: string, key: string) {
  return unwrap(james.loans.reverse(loanId, { reason }, { idempotencyKey: key }));
}

export interface FileSent {
  readonly kind: 'loans' | 'payments';
  readonly format: 'csv' | 'ndjson';
  readonly dryRun: boolean;
  readonly file: Blob;
  readonly isGzip: boolean;
}

/** Sends a file; resolves once all of it is safe with James. */
export function createImport({ kind, format, dryRun, file, isGzip }: FileSent, key: string) {
  const about = { kind, format, dryRun, gzip: isGzip };
  return unwrap(james.imports.create(file, about, { idempotencyKey: key }));
}

export function cancelImport(id: string) {
  return unwrap(james.imports.cancel(id));
}

/** A made-up bank of the usual size. */
export function startDemo() {
  return unwrap(james.demo.start());
}
