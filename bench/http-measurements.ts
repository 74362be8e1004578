// What is measured over HTTP: each kind of request with what it sends to James and to the echo.
// The echo gets the same requests; only those that James takes once (payments) are others of the same making.

import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { BookLoan, FreshLoans } from './book-loans.ts';
import { REQUEST_NAMES, type RequestName } from './options.ts';
import {
  type BenchRequest,
  balanceRequests,
  bookRequests,
  JAMES_HEADERS,
  knownAtRequests,
  loanRequests,
  POOL_REQUESTS,
  paymentRequest,
  seriesRequests,
  V1_HEADERS,
  v1BalanceRequests,
} from './requests.ts';

export interface Supply {
  readonly requests: readonly BenchRequest[];
  /** Takes back the requests (by place) that were not sent. */
  giveBack(unsent: readonly number[]): void;
}

/** A kind of request, for one database. */
export interface Measurement {
  readonly name: RequestName;
  readonly title: string;
  readonly headers: Record<string, string>;
  readonly echoPrefix: string;
  /** Nothing is recorded: measured while payments are booked. */
  readonly reads: boolean;
  /** James takes each request once. */
  readonly once: boolean;
  /** At least so many requests to James. */
  supply(count: number): Promise<Supply>;
  readonly echoRequests: readonly BenchRequest[];
}

type Kind = Pick<Measurement, 'title' | 'headers' | 'echoPrefix' | 'reads'>;

const JAMES = { headers: JAMES_HEADERS, echoPrefix: '/echo' };
const V1 = { headers: V1_HEADERS, echoPrefix: '' };

const KINDS: Readonly<Record<RequestName, Kind>> = {
  balance: { title: 'POST /loans/:id/balance', ...JAMES, reads: true },
  'v1-balance': { title: 'GET /v1/loans/:id/balance', ...V1, reads: true },
  outstanding: { title: 'GET /v1/book/outstanding', ...V1, reads: true },
  'known-at': { title: 'GET /v1/book/outstanding, known_at', ...V1, reads: true },
  arrears: { title: 'GET /v1/book/arrears', ...V1, reads: true },
  series: { title: 'GET /v1/book/outstanding/series, ten years by month', ...V1, reads: true },
  payments: { title: 'POST /loans/:id/payments', ...JAMES, reads: false },
  loans: { title: 'POST /loans', ...JAMES, reads: false },
};

function repeatable(name: RequestName, requests: readonly BenchRequest[]): Measurement {
  const supply = { requests, giveBack: () => {} };
  return { name, ...KINDS[name], once: false, supply: async () => supply, echoRequests: requests };
}

function payments(loans: readonly BookLoan[], fresh: FreshLoans): Measurement {
  const random = new SeededRandom(19);
  const echoRandom = new SeededRandom(29);
  return {
    name: 'payments',
    ...KINDS.payments,
    once: true,
    supply: async (count) => {
      const taken = await fresh.take(count);
      return {
        requests: taken.map((loan) => paymentRequest(loan, random)),
        giveBack: (unsent) => fresh.giveBack(unsent.map((place) => taken[place] as BookLoan)),
      };
    },
    echoRequests: Array.from({ length: POOL_REQUESTS }, () =>
      paymentRequest(echoRandom.pick(loans), echoRandom),
    ),
  };
}

/** All kinds of requests, for a database that holds `loans`. */
export function httpMeasurements(loans: readonly BookLoan[], fresh: FreshLoans): Measurement[] {
  const made: Readonly<Record<RequestName, () => Measurement>> = {
    balance: () => repeatable('balance', balanceRequests(loans)),
    'v1-balance': () => repeatable('v1-balance', v1BalanceRequests(loans)),
    outstanding: () => repeatable('outstanding', bookRequests('outstanding')),
    'known-at': () => repeatable('known-at', knownAtRequests()),
    arrears: () => repeatable('arrears', bookRequests('arrears')),
    series: () => repeatable('series', seriesRequests()),
    payments: () => payments(loans, fresh),
    loans: () => repeatable('loans', loanRequests()),
  };
  return REQUEST_NAMES.map((name) => made[name]());
}
