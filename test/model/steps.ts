// What random histories are made of: descriptions of steps and questions that name nothing by itself ("the third loan",
// "two days after the fifth date that matters"), so that they still mean something when fast-check takes others away.

import { fc } from '../support/properties.ts';

/** A date: the n-th of those that matter, some days off. */
export interface Near {
  readonly nth: number;
  readonly days: number;
}

interface Keyed {
  /** Whether the request carries an idempotency key. */
  readonly keyed: boolean;
  readonly owner: 0 | 1;
}

export interface IssueAct extends Keyed {
  readonly act: 'issue';
  readonly surface: 'james' | 'v1';
  /** Minor units. */
  readonly amount: bigint;
  readonly rate: string;
  readonly term: number;
  /** How long before today it is dated; negative: after. */
  readonly daysAgo: number;
  readonly atMonthEnd: boolean;
  /** Undefined: none; few, so that they collide. */
  readonly reference: number | undefined;
}

export interface PaymentDay {
  /** The n-th month without a live record, or just the n-th month, counted from the loan's own. */
  readonly among: 'free' | 'all';
  readonly month: number;
  /** Of the month; cut to its length. */
  readonly day: number;
}

export interface PayAct extends Keyed {
  readonly act: 'pay';
  readonly surface: 'james' | 'v1';
  /** -1: a loan that does not exist. */
  readonly loan: number;
  readonly kind: 'made' | 'missed';
  readonly on: PaymentDay;
  readonly amount: 'right' | 'wrong' | 'omitted';
}

export interface ReplaceAct extends Keyed {
  readonly act: 'replace';
  readonly payment: number;
  /** Whether the new record is sent to a loan that may be another. */
  readonly loan: number | undefined;
  readonly kind: 'made' | 'missed';
  /** Undefined: in the month of what is replaced. */
  readonly on: PaymentDay | undefined;
  readonly day: number;
}

export interface ReversePaymentAct extends Keyed {
  readonly act: 'reverse-payment';
  /** -1: a payment that does not exist. */
  readonly payment: number;
  readonly reason: string | null;
}

export interface ReverseLoanAct extends Keyed {
  readonly act: 'reverse-loan';
  readonly loan: number;
  readonly reason: string | null;
}

/** A request with a key once more, as it was or with another body. */
export interface RetryAct {
  readonly act: 'retry';
  readonly nth: number;
  readonly how: 'same' | 'other-body' | 'other-owner';
}

/** Requests sent all at once; with `twice` the first of them is sent two times. */
export interface RaceAct {
  readonly act: 'race';
  readonly acts: readonly (PayAct | ReplaceAct | ReversePaymentAct | ReverseLoanAct)[];
  readonly twice: boolean;
}

export interface PassAct {
  readonly act: 'pass';
  readonly hours: number;
  readonly minutes: number;
}

/** Moves the clock to a minute before, or at, the bank's next midnight. */
export interface MidnightAct {
  readonly act: 'midnight';
  readonly minutes: number;
}

export interface RestartAct {
  readonly act: 'restart';
}

/** What a step comes to when it is shrunk away but for its questions. */
export interface NoAct {
  readonly act: 'nothing';
}

export type RequestAct = IssueAct | PayAct | ReplaceAct | ReversePaymentAct | ReverseLoanAct;
export type Act = RequestAct | NoAct | RetryAct | RaceAct | PassAct | MidnightAct | RestartAct;

interface AsOf {
  readonly asOf: Near | undefined;
  readonly knownAt: Near | undefined;
}

interface Period {
  readonly from: Near;
  readonly span: number;
  readonly knownAt: Near | undefined;
}

export type SeriesStep = 'day' | 'week' | 'month' | 'quarter' | 'year';

export type Question =
  | ({ readonly ask: 'balance'; readonly loan: number } & AsOf)
  | { readonly ask: 'james-balance'; readonly loan: number; readonly asOf: Near }
  | ({ readonly ask: 'outstanding' } & AsOf)
  | ({ readonly ask: 'arrears'; readonly bounds: readonly number[] | undefined } & AsOf)
  | ({ readonly ask: 'series'; readonly step: SeriesStep } & Period)
  | ({
      readonly ask: 'arrears-series';
      readonly step: SeriesStep;
      readonly bounds: readonly number[];
    } & Period)
  | ({ readonly ask: 'movements' } & Period)
  | { readonly ask: 'loan'; readonly loan: number }
  | { readonly ask: 'payments'; readonly loan: number }
  | { readonly ask: 'history'; readonly loan: number }
  | {
      readonly ask: 'list';
      readonly status: 'active' | 'paid_off' | 'reversed' | undefined;
      readonly reference: number | undefined;
      readonly dateFrom: Near | undefined;
      readonly dateTo: Near | undefined;
      readonly daysPastDueMin: number | undefined;
      readonly limit: number;
    }
  | ExportQuestion
  | { readonly ask: 'again'; readonly nth: number };

/** A filter that a table's export does not take is passed over. */
export interface ExportQuestion extends AsOf {
  readonly ask: 'export';
  readonly table: 'loans' | 'payments' | 'book';
  readonly reversed: boolean;
  readonly reference: number | undefined;
  readonly status: 'active' | 'paid_off' | 'reversed' | undefined;
  readonly kind: 'made' | 'missed' | undefined;
  readonly dateFrom: Near | undefined;
  readonly dateTo: Near | undefined;
  readonly daysPastDueMin: number | undefined;
}

/** A question that one request answers. */
export type SingleQuestion = Exclude<Question, { ask: 'payments' | 'history' | 'list' | 'export' | 'again' }>;

export interface Step {
  readonly act: Act;
  readonly questions: readonly Question[];
}

export interface History {
  readonly timeZone: string;
  readonly currency: 'USD' | 'JPY' | 'BHD';
  readonly rounding: 'down' | 'half-up' | 'half-even' | 'up';
  readonly startedOn: string;
  readonly steps: readonly Step[];
}

/** Plain objects only: others could not be made simpler once steps have been left out. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
const nth = fc.nat({ max: 20 });
const near: fc.Arbitrary<Near> = record({
  nth: fc.nat({ max: 200 }),
  days: fc.oneof(
    { arbitrary: fc.constantFrom(0, 1, -1), weight: 4 },
    { arbitrary: fc.integer({ min: -40, max: 40 }), weight: 2 },
    { arbitrary: fc.integer({ min: -900, max: 900 }), weight: 1 },
  ),
});
/** In so many of a hundred cases something, else nothing. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>, percent = 50): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 100 - percent }, { arbitrary, weight: percent });
const asOf = { asOf: maybe(near, 83), knownAt: maybe(near) };
const keyed = {
  keyed: fc.constantFrom(false, false, true),
  owner: fc.constantFrom<0 | 1>(0, 0, 0, 1),
};
const surface = fc.constantFrom<'v1' | 'james'>('v1', 'james');
const kind = fc.constantFrom<'made' | 'missed'>('made', 'made', 'made', 'missed');
const reason = fc.constantFrom(null, 'returned', 'booked on the wrong loan: “Müller”');
const dayOfMonth = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constantFrom(1, 28, 31));
const paymentDay: fc.Arbitrary<PaymentDay> = fc.oneof(
  {
    arbitrary: record({
      among: fc.constant('free' as const),
      month: fc.constantFrom(0, 0, 1, 1, 2, 4),
      day: dayOfMonth,
    }),
    weight: 5,
  },
  {
    arbitrary: record({
      among: fc.constant('all' as const),
      month: fc.integer({ min: -1, max: 14 }),
      day: dayOfMonth,
    }),
    weight: 1,
  },
);

const issue: fc.Arbitrary<IssueAct> = record({
  act: fc.constant('issue' as const),
  surface,
  amount: fc.oneof(
    { arbitrary: fc.constantFrom(100_000n, 10_000n), weight: 2 },
    { arbitrary: fc.bigInt({ min: 1_000n, max: 50_000_000n }), weight: 5 },
    { arbitrary: fc.bigInt({ min: 1n, max: 60n }), weight: 1 },
    { arbitrary: fc.bigInt({ min: 900_000_000_000_000n, max: 999_999_999_999_999n }), weight: 1 },
  ),
  rate: fc.constantFrom('0.05', '0', '0.1199', '0.2499', '1', '0.0000000001', '0.1234567891', '100'),
  term: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 6 }), weight: 8 },
    { arbitrary: fc.constantFrom(12, 24, 36), weight: 2 },
    { arbitrary: fc.constantFrom(120, 360), weight: 1 },
  ),
  daysAgo: fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 60 }), weight: 2 },
    { arbitrary: fc.integer({ min: -40, max: 400 }), weight: 2 },
    { arbitrary: fc.integer({ min: 300, max: 2500 }), weight: 1 },
  ),
  atMonthEnd: fc.constantFrom(false, false, true),
  reference: maybe(fc.nat({ max: 9 })),
  ...keyed,
});
const pay: fc.Arbitrary<PayAct> = record({
  act: fc.constant('pay' as const),
  surface,
  loan: fc.oneof({ arbitrary: nth, weight: 30 }, { arbitrary: fc.constant(-1), weight: 1 }),
  kind,
  on: paymentDay,
  amount: fc.oneof(
    { arbitrary: fc.constantFrom('omitted' as const, 'right' as const), weight: 20 },
    { arbitrary: fc.constant('wrong' as const), weight: 1 },
  ),
  ...keyed,
});
const replace: fc.Arbitrary<ReplaceAct> = record({
  act: fc.constant('replace' as const),
  payment: nth,
  loan: maybe(nth, 13),
  kind,
  on: maybe(paymentDay, 38),
  day: dayOfMonth,
  ...keyed,
});
const reversePayment: fc.Arbitrary<ReversePaymentAct> = record({
  act: fc.constant('reverse-payment' as const),
  payment: fc.oneof({ arbitrary: nth, weight: 30 }, { arbitrary: fc.constant(-1), weight: 1 }),
  reason,
  ...keyed,
});
const reverseLoan: fc.Arbitrary<ReverseLoanAct> = record({
  act: fc.constant('reverse-loan' as const),
  loan: fc.oneof({ arbitrary: nth, weight: 30 }, { arbitrary: fc.constant(-1), weight: 1 }),
  reason,
  ...keyed,
});
const retry: fc.Arbitrary<RetryAct> = record({
  act: fc.constant('retry' as const),
  nth,
  how: fc.constantFrom('same', 'same', 'same', 'other-body', 'other-owner'),
});
const race: fc.Arbitrary<RaceAct> = record({
  act: fc.constant('race' as const),
  acts: fc.array(fc.oneof(pay, pay, replace, reversePayment, reverseLoan), { minLength: 1, maxLength: 3 }),
  twice: fc.boolean(),
});
const pass: fc.Arbitrary<PassAct> = record({
  act: fc.constant('pass' as const),
  hours: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 48 }), weight: 3 },
    { arbitrary: fc.integer({ min: 24, max: 40 * 24 }), weight: 3 },
    { arbitrary: fc.integer({ min: 700, max: 14 * 730 }), weight: 1 },
    // A clock set back: what is recorded stays on the day that was reached.
    { arbitrary: fc.integer({ min: -30, max: -1 }), weight: 1 },
  ),
  minutes: fc.nat({ max: 59 }),
});
const midnight: fc.Arbitrary<MidnightAct> = record({
  act: fc.constant('midnight' as const),
  minutes: fc.constantFrom(0, -1, 1, 59),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: record<NoAct>({ act: fc.constant('nothing' as const) }), weight: 1 },
  { arbitrary: pay, weight: 24 },
  { arbitrary: issue, weight: 9 },
  { arbitrary: reversePayment, weight: 7 },
  { arbitrary: replace, weight: 6 },
  { arbitrary: reverseLoan, weight: 3 },
  { arbitrary: retry, weight: 5 },
  { arbitrary: race, weight: 4 },
  { arbitrary: pass, weight: 9 },
  { arbitrary: midnight, weight: 2 },
  { arbitrary: record<RestartAct>({ act: fc.constant('restart' as const) }), weight: 1 },
);

const bounds = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 2000 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map(
    (days) => days.toSorted((a, b) => a - b),
    (days) => days as number[],
  );
const step = fc.constantFrom<SeriesStep>('month', 'day', 'week', 'quarter', 'year');
const period = { from: near, span: fc.nat({ max: 100 }), knownAt: maybe(near) };

/** Any one request that writes. */
export const requestActs: fc.Arbitrary<RequestAct> = fc.oneof(
  { arbitrary: pay, weight: 24 },
  { arbitrary: issue, weight: 2 },
  { arbitrary: reversePayment, weight: 7 },
  { arbitrary: replace, weight: 6 },
  { arbitrary: reverseLoan, weight: 3 },
);

/** Any question that one request answers. */
export const singleQuestions: fc.Arbitrary<SingleQuestion> = fc.oneof(
  { arbitrary: record({ ask: fc.constant('outstanding' as const), ...asOf }), weight: 5 },
  { arbitrary: record({ ask: fc.constant('balance' as const), loan: nth, ...asOf }), weight: 5 },
  {
    arbitrary: record({ ask: fc.constant('james-balance' as const), loan: nth, asOf: near }),
    weight: 2,
  },
  {
    arbitrary: record({ ask: fc.constant('arrears' as const), bounds: maybe(bounds, 75), ...asOf }),
    weight: 4,
  },
  { arbitrary: record({ ask: fc.constant('series' as const), step, ...period }), weight: 3 },
  {
    arbitrary: record({ ask: fc.constant('arrears-series' as const), step, bounds, ...period }),
    weight: 3,
  },
  { arbitrary: record({ ask: fc.constant('movements' as const), ...period }), weight: 4 },
  { arbitrary: record({ ask: fc.constant('loan' as const), loan: nth }), weight: 1 },
);

const question: fc.Arbitrary<Question> = fc.oneof(
  { arbitrary: singleQuestions, weight: 27 },
  { arbitrary: record({ ask: fc.constant('payments' as const), loan: nth }), weight: 1 },
  { arbitrary: record({ ask: fc.constant('history' as const), loan: nth }), weight: 1 },
  {
    arbitrary: record({
      ask: fc.constant('list' as const),
      status: maybe(fc.constantFrom('active', 'paid_off', 'reversed')),
      reference: maybe(fc.nat({ max: 9 }), 17),
      dateFrom: maybe(near, 29),
      dateTo: maybe(near, 29),
      daysPastDueMin: maybe(fc.oneof(fc.constantFrom(0, 1, 30, 31), fc.integer({ min: 0, max: 400 })), 45),
      limit: fc.integer({ min: 1, max: 6 }),
    }),
    weight: 3,
  },
  {
    arbitrary: record<ExportQuestion>({
      ask: fc.constant('export' as const),
      table: fc.constantFrom('loans', 'payments', 'book'),
      reversed: fc.boolean(),
      reference: maybe(fc.nat({ max: 9 }), 10),
      status: maybe(fc.constantFrom('active', 'paid_off', 'reversed'), 25),
      kind: maybe(fc.constantFrom('made', 'missed'), 25),
      dateFrom: maybe(near, 20),
      dateTo: maybe(near, 20),
      daysPastDueMin: maybe(fc.oneof(fc.constantFrom(0, 1, 30, 31), fc.integer({ min: 0, max: 400 })), 25),
      ...asOf,
    }),
    weight: 5,
  },
  { arbitrary: record({ ask: fc.constant('again' as const), nth: fc.nat({ max: 60 }) }), weight: 3 },
);

export function histories(stepsMax: number): fc.Arbitrary<History> {
  return record({
    timeZone: fc.constantFrom(
      'UTC',
      'Pacific/Auckland',
      'America/New_York',
      // Days that begin at one o'clock: the clock is put forward at midnight.
      'America/Santiago',
      'Asia/Kolkata',
    ),
    currency: fc.constantFrom('USD', 'USD', 'JPY', 'BHD'),
    rounding: fc.constantFrom('down', 'down', 'half-up', 'half-even', 'up'),
    startedOn: fc.constantFrom(
      '2024-06-15',
      '2024-01-31',
      '2023-12-31',
      '2024-02-29',
      '2024-09-07',
      '2025-03-09',
    ),
    steps: fc.array(record({ act, questions: fc.array(question, { maxLength: 3 }) }), {
      maxLength: stepsMax,
      size: 'max',
    }),
  });
}
