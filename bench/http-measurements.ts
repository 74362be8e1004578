// What is measured over HTTP: each kind of request with what it sends to James and to the echo.
// The echo gets the same requests; only those that James takes once (payments) are others of the same making.

import { SeededRandom } from '../src/demo/seeded-random.ts';
import type { BookLoan, FreshLoans } from './book-loans.ts';
import type { Name } from './options.ts';
import {
  type BenchRequest,
  balanceRequests,
  bookRequests,
  JAMES_HEADERS,
  loanRequests,
  POOL_REQUESTS,
  paymentRequest,
  V1_HEADERS,
} from './requests.ts';

export interface Supply {
  readonly requests: readonly BenchRequest[];
  /** Takes back the requests (by place) that were not sent. */
  giveBack(unsent: readonly number[]): void;
}

export interface Measurement {
  readonly name: Name;
  readonly title: string;
  readonly headers: Record<string, string>;
  readonly echoPrefix: string;
  /** James takes each request once. */
  readonly once: boolean;
  /** At least so many requests to James. */
  supply(count: number): Promise<Supply>;
  readonly echoRequests: readonly BenchRequest[];
}

function repeatable(
  name: Name,
  title: string,
  requests: readonly BenchRequest[],
  target: Pick<Measurement, 'headers' | 'echoPrefix'>,
): Measurement {
  const supply = { requests, giveBack: () => {} };
  return { name, title, ...target, once: false, supply: async () => supply, echoRequests: requests };
}

function payments(loans: readonly BookLoan[], fresh: FreshLoans): Measurement {
  const random = new SeededRandom(19);
  const echoRandom = new SeededRandom(29);
  return {
    name: 'payments',
    title: 'POST /loans/:id/payments',
    headers: JAMES_HEADERS,
    echoPrefix: '/echo',
    once: true,
    supply: async (count) => {
      const taken = await fresh.take(count);
      return {
        requests: taken.map((loan) => paymentRequest(loan, random)),
        giveBack: (unsent) => fresh.giveBack(unsent.map((place) => taken[place] as BookLoan)),
      };
    },
    echoRequests: loans.slice(0, POOL_REQUESTS).map((loan) => paymentRequest(loan, echoRandom)),
  };
}

/** All measurements over a database that holds `loans`. */
export function httpMeasurements(loans: readonly BookLoan[], fresh: FreshLoans): Measurement[] {
  const james = { headers: JAMES_HEADERS, echoPrefix: '/echo' };
  const v1 = { headers: V1_HEADERS, echoPrefix: '' };
  return [
    repeatable('loans', 'POST /loans', loanRequests(), james),
    payments(loans, fresh),
    repeatable('balance', 'POST /loans/:id/balance', balanceRequests(loans), james),
    repeatable('outstanding', 'GET /v1/book/outstanding', bookRequests('outstanding'), v1),
    repeatable('arrears', 'GET /v1/book/arrears', bookRequests('arrears'), v1),
  ];
}
