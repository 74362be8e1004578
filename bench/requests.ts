// The requests of each measurement, made before it starts: paths and bodies for James, and the same for the echo.
// Every one of them must be accepted; an answer other than 2xx ends the benchmark.

import { tokenOf } from '../src/access/credentials.ts';
import { DEVELOPMENT_KEYS } from '../src/config.ts';
import { SeededRandom } from '../src/demo/seeded-random.ts';
import { formatDate, monthStart } from '../src/domain/calendar-date.ts';
import type { LoanTerms } from '../src/domain/loan.ts';
import { formatMoneyShort, USD } from '../src/domain/money.ts';
import { formatRate } from '../src/domain/rate.ts';
import type { BookLoan } from './book-loans.ts';
import { FIRST_YEAR, LAST_YEAR, randomPaymentDate, randomTerms } from './generated-loans.ts';

export interface BenchRequest {
  readonly path: string;
  /** Absent: a GET. */
  readonly body?: string;
}

/** How many different requests a measurement goes round in, where they can be sent again. */
export const POOL_REQUESTS = 8_192;

const KEY = DEVELOPMENT_KEYS[0]?.key ?? '';
export const JAMES_HEADERS = { authorization: tokenOf(KEY), 'content-type': 'application/json' };
export const V1_HEADERS = { authorization: `Bearer ${KEY}` };

function pool(seed: number, make: (random: SeededRandom) => BenchRequest): BenchRequest[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: POOL_REQUESTS }, () => make(random));
}

function loanBody({ amountCents, term, rate, date }: LoanTerms): string {
  const amount = formatMoneyShort(amountCents, USD);
  return `{"amount":${amount},"term":${term},"rate":${formatRate(rate)},"date":"${formatDate(date)} 02:18Z"}`;
}

export function loanRequests(): BenchRequest[] {
  return pool(11, (random) => ({ path: '/loans', body: loanBody(randomTerms(random)) }));
}

/** A loan's first payment. */
export function paymentRequest(loan: BookLoan, random: SeededRandom): BenchRequest {
  const date = formatDate(randomPaymentDate(loan.date, 1, random));
  const amount = formatMoneyShort(loan.installmentCents, USD);
  return {
    path: `/loans/${loan.id}/payments`,
    body: `{"payment":"made","date":"${date} 02:18Z","amount":${amount}}`,
  };
}

/** Balances of any of the loans, as of a day in their first two years. */
export function balanceRequests(loans: readonly BookLoan[]): BenchRequest[] {
  return pool(13, (random) => {
    const loan = random.pick(loans);
    const asOf = formatDate(loan.date + random.integer(0, 730));
    return { path: `/loans/${loan.id}/balance`, body: `{"date":"${asOf} 02:18Z"}` };
  });
}

/** The book as of any day of its years. */
export function bookRequests(question: 'outstanding' | 'arrears'): BenchRequest[] {
  const first = monthStart(FIRST_YEAR * 12);
  const last = monthStart((LAST_YEAR + 1) * 12);
  return pool(17, (random) => ({
    path: `/v1/book/${question}?as_of=${formatDate(random.integer(first, last))}`,
  }));
}
