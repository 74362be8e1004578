// A loan's terms between a database's columns and the domain, the same on every engine.

import type { LoanTerms } from '../domain/loan.ts';

/** Money of one loan stays below 2^53 (DOMAIN.md section 2), so a database's integers arrive here unharmed. */
export interface TermsRow {
  readonly amount: number;
  readonly rate: number;
  readonly term: number;
  readonly date: number;
  readonly installment: number;
}

export const TERMS_COLUMNS = 'amount, rate, term, date, installment';

export function termsOf({ amount, rate, term, date, installment }: TermsRow): LoanTerms {
  return {
    amountCents: BigInt(amount),
    rate: BigInt(rate),
    term,
    date,
    installmentCents: BigInt(installment),
  };
}
