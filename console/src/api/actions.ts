// Everything that pages change. Each write carries an idempotency key, which the caller keeps while it asks for the same:
// a second click or a retry after a broken connection books nothing twice.

import { answer, holdToken, http } from './james.ts';
import type { TermsAsked } from './queries.ts';
import type { Import, Loan, Payment, Session } from './shapes.ts';

/** For one intention of one person. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keyed(key: string) {
  return { headers: { 'idempotency-key': key } };
}

export async function signIn(apiKey: string) {
  const session = await answer<Session>(
    http.POST('/v1/session', { headers: { authorization: `Bearer ${apiKey}` } }),
  );
  holdToken(session.csrf_token);
  return session;
}

export async function signOut(): Promise<void> {
  await answer(http.DELETE('/v1/session'));
  holdToken(undefined);
}

export function issueLoan(terms: TermsAsked & { readonly reference: string | null }, key: string) {
  return answer<Loan>(http.POST('/v1/loans', { ...keyed(key), body: terms }));
}

export interface PaymentAsked {
  readonly payment: 'made' | 'missed';
  readonly date: string;
  readonly replaces?: string;
}

export function recordPayment(loanId: string, payment: PaymentAsked, key: string) {
  return answer<Payment>(
    http.POST('/v1/loans/{id}/payments', {
      ...keyed(key), params: { path: { id: loanId } },
      body: payment,
    }),
  );
}

export function reversePayment(paymentId: string, reason: string, key: string) {
  return answer(
    http.POST('/v1/payments/{id}/reversal', {
      ...keyed(key), params: { path: { id: paymentId } },
      body: { reason },
    }),
  );
}

export function reverseLoan(loanId: string, reason: string, key: string) {
  return answer(
    http.POST('/v1/loans/{id}/reversal', { ...keyed(key), params: { path: { id: loanId } }, body: { reason } }),
  );
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
  const type = isGzip ? 'application/gzip' : format === 'csv' ? 'text/csv' : 'application/x-ndjson';
  return answer<Import>(
    http.POST('/v1/imports' as never, {
      headers: { ...keyed(key).headers, 'content-type': type },
      params: { query: { kind, format, dry_run: dryRun } },
      body: file,
      bodySerializer: (body: unknown) => body,
    } as never),
  );
}

export function cancelImport(id: string) {
  return answer<Import>(
    http.POST('/v1/imports/{id}/cancellation' as never, { params: { path: { id } } } as never),
  );
}
