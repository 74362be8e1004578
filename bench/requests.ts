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

/** A day in a loan's first two years. */
function randomBalanceDate(loan: BookLoan, random: SeededRandom): string {
  return formatDate(loan.date + random.integer(0, 730));
}

/** Balances of any of the loans. */
export function balanceRequests(loans: readonly BookLoan[]): BenchRequest[] {
  return pool(13, (random) => {
    const loan = random.pick(loans);
    const body = `{"date":"${randomBalanceDate(loan, random)} 02:18Z"}`;
    return { path: `/loans/${loan.id}/balance`, body };
  });
}

/** The same, asked of /v1. */
export function v1BalanceRequests(loans: readonly BookLoan[]): BenchRequest[] {
  return pool(37, (random) => {
    const loan = random.pick(loans);
    return { path: `/v1/loans/${loan.id}/balance?as_of=${randomBalanceDate(loan, random)}` };
  });
}

const FIRST = monthStart(FIRST_YEAR * 12);
const LAST = monthStart((LAST_YEAR + 1) * 12);

function randomDay(random: SeededRandom): string {
  return formatDate(random.integer(FIRST, LAST));
}

/** The book as of any day of its years. */
export function bookRequests(question: 'outstanding' | 'arrears'): BenchRequest[] {
  return pool(17, (random) => ({ path: `/v1/book/${question}?as_of=${randomDay(random)}` }));
}

/** The book as of any day of its years, as it was known on any other. */
export function knownAtRequests(): BenchRequest[] {
  return pool(47, (random) => ({
    path: `/v1/book/outstanding?as_of=${randomDay(random)}&known_at=${randomDay(random)}`,
  }));
}

const SERIES_DAYS = 3_652;

/** Ten years by month, from any day of the first year on. */
export function seriesRequests(): BenchRequest[] {
  return pool(53, (random) => {
    const from = FIRST + random.integer(0, 364);
    const period = `from=${formatDate(from)}&to=${formatDate(from + SERIES_DAYS)}`;
    return { path: `/v1/book/outstanding/series?${period}&step=month` };
  });
}
