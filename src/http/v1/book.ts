// GET /v1/book/outstanding, GET /v1/book/arrears

import { Type } from 'typebox';
import { BUCKET_BOUNDS_DEFAULT } from '../../domain/arrears.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { AsOfQuery, asOfOf } from './as-of.ts';
import { problemResponses } from './problem-responses.ts';
import { CurrencyCode, DateText, KnownAt, Money, SumFields, Sums } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { arrearsShape, outstandingShape } from './v1-shapes.ts';

const Heading = {
  as_of: DateText('The effective date that was asked about.', '2010-12-31'),
  known_at: KnownAt,
  currency: CurrencyCode,
};

const Outstanding = Type.Object({ ...Heading, ...SumFields });

const Arrears = Type.Object({
  ...Heading,
  total: Sums,
  buckets: Type.Array(
    Type.Object({
      days_from: Type.Integer({ description: 'Days past due, from.' }),
      days_to: Type.Union([Type.Integer(), Type.Null()], {
        description: 'Days past due, to; null: no upper bound.',
      }),
      ...SumFields,
    }),
    { description: 'Ageing: every outstanding loan in one bucket; they add up to the total.' },
  ),
  par: Type.Array(
    Type.Object({
      days: Type.Integer({ description: 'Loans more than this many days past due.' }),
      principal: Money('Their whole outstanding principal.'),
      of: Money('The outstanding principal of the book.'),
      ratio: Type.Union([Type.String(), Type.Null()], {
        description: 'The one through the other, half up to six places; null if there is no principal.',
        examples: ['0.013400'],
      }),
    }),
    { description: 'Portfolio at risk.' },
  ),
});

const BUCKETS_MAX = 20;
const DAYS_MAX = 100_000;

const ArrearsQuery = Type.Object(
  {
    ...AsOfQuery.properties,
    buckets: Type.Optional(
      Type.String({
        description: `Upper bounds of the buckets in days past due, ascending, at most ${BUCKETS_MAX}.`,
        format: 'bucket-bounds',
        examples: ['30,60,90'],
      }),
    ),
  },
  { additionalProperties: false },
);

/** The bucket bounds of a query, or undefined where they do not ascend. */
function boundsOf(buckets: string | undefined): readonly number[] | undefined {
  if (buckets === undefined) return BUCKET_BOUNDS_DEFAULT;
  const bounds = buckets.split(',').map(Number);
  const ascends = bounds.every((days, index) => index === 0 || days > (bounds[index - 1] as number));
  return ascends && (bounds.at(-1) as number) <= DAYS_MAX ? bounds : undefined;
}

export function bookRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.get(
    '/book/outstanding',
    {
      schema: {
        operationId: 'getOutstanding',
        summary: 'The whole book as of a date: value, principal, volume',
        tags: ['Book'],
        querystring: AsOfQuery,
        response: { 200: Outstanding, ...problemResponses(PROBLEMS.invalidRequest) },
      },
    },
    async (request, reply) => {
      const asked = asOfOf(ledger, request.query);
      const sums = await ledger.outstanding(asked.asOf);
      return reply.send(outstandingShape({ ...asked, currency }, sums));
    },
  );

  app.get(
    '/book/arrears',
    {
      schema: {
        operationId: 'getArrears',
        summary: 'Ageing and portfolio at risk as of a date',
        tags: ['Book'],
        querystring: ArrearsQuery,
        response: { 200: Arrears, ...problemResponses(PROBLEMS.invalidRequest) },
      },
    },
    async (request, reply) => {
      const bounds = boundsOf(request.query.buckets);
      if (bounds === undefined) {
        const detail = `must ascend and be at most ${DAYS_MAX}`;
        return sendProblem(request, reply, PROBLEMS.invalidRequest, `buckets ${detail}.`, [
          { pointer: 'buckets', detail },
        ]);
      }
      const asked = asOfOf(ledger, request.query);
      const arrears = await ledger.arrears(asked.asOf, bounds);
      return reply.send(arrearsShape({ ...asked, currency }, arrears));
    },
  );
}
