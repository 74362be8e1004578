// GET /v1/book/outstanding/series, /v1/book/arrears/series, /v1/book/movements: the book through time.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { type CalendarDate, formatDate } from '../../domain/calendar-date.ts';
import { SERIES_POINTS_MAX, type Step, seriesDates } from '../../domain/series.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { type KnownAt, KnownAtParameter, knownAtOf } from './as-of.ts';
import { askedBounds } from './book.ts';
import { ArrearsSeries, BucketParameter, Movements, OutstandingSeries } from './book-schemas.ts';
import { problemResponses } from './problem-responses.ts';
import { DateInput } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { dateField } from './v1-fields.ts';
import { ageingShape, knownShape, movementsShape, sumsShape } from './v1-shapes.ts';

const PeriodParameters = {
  from: DateInput('The first day.'),
  to: DateInput('The last day, on or after the first.'),
  ...KnownAtParameter,
};

const PeriodQuery = Type.Object(PeriodParameters, { additionalProperties: false });

const SeriesParameters = {
  ...PeriodParameters,
  step: Type.Optional(
    Type.Union(
      [
        Type.Literal('day'),
        Type.Literal('week'),
        Type.Literal('month'),
        Type.Literal('quarter'),
        Type.Literal('year'),
      ],
      {
        description: `day and week step from \`from\`; month, quarter and year take the period ends in from … to, and \`to\` itself. At most ${SERIES_POINTS_MAX} points. month unless given.`,
      },
    ),
  ),
};

const SeriesQuery = Type.Object(SeriesParameters, { additionalProperties: false });
const ArrearsSeriesQuery = Type.Object(
  { ...SeriesParameters, ...BucketParameter },
  { additionalProperties: false },
);

interface Period extends KnownAt {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

function refuse(request: FastifyRequest, reply: FastifyReply, pointer: string, detail: string): undefined {
  const errors = [{ pointer, detail }];
  sendProblem(request, reply, PROBLEMS.invalidRequest, `${pointer} ${detail}.`, errors);
  return undefined;
}

async function periodOf(
  ledger: Ledger,
  query: Static<typeof PeriodQuery>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Period | undefined> {
  const from = dateField(query.from);
  const to = dateField(query.to);
  if (to < from) return refuse(request, reply, 'to', 'must not be before from');
  const known = await knownAtOf(ledger, query, request, reply);
  return known === undefined ? undefined : { ...known, from, to };
}

interface Series extends Period {
  readonly step: Step;
  readonly dates: readonly CalendarDate[];
}

async function seriesOf(
  ledger: Ledger,
  query: Static<typeof SeriesQuery>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Series | undefined> {
  const period = await periodOf(ledger, query, request, reply);
  if (period === undefined) return undefined;
  const step = query.step ?? 'month';
  const dates = seriesDates(period.from, period.to, step);
  if (dates === undefined) {
    return refuse(request, reply, 'step', `gives more than ${SERIES_POINTS_MAX} points; take a longer one`);
  }
  return { ...period, step, dates };
}

function periodShape({ from, to }: Period) {
  return { from: formatDate(from), to: formatDate(to) };
}

export function bookSeriesRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;
  const problems = problemResponses(PROBLEMS.invalidRequest, PROBLEMS.knownAtInFuture);

  app.get(
    '/book/outstanding/series',
    {
      schema: {
        operationId: 'getOutstandingSeries',
        summary: 'The whole book through time',
        tags: ['Book'],
        querystring: SeriesQuery,
        response: { 200: OutstandingSeries, ...problems },
      },
    },
    async (request, reply) => {
      const series = await seriesOf(ledger, request.query, request, reply);
      if (series === undefined) return reply;
      const points = await ledger.outstandingSeries(series.dates, series.asked);
      return reply.send({
        ...periodShape(series),
        step: series.step,
        ...knownShape({ ...series, currency }),
        points: points.map((sums, index) => ({
          as_of: formatDate(series.dates[index] as CalendarDate),
          ...sumsShape(sums, currency),
        })),
      });
    },
  );

  app.get(
    '/book/arrears/series',
    {
      schema: {
        operationId: 'getArrearsSeries',
        summary: 'Ageing and portfolio at risk through time',
        tags: ['Book'],
        querystring: ArrearsSeriesQuery,
        response: { 200: ArrearsSeries, ...problems },
      },
    },
    async (request, reply) => {
      const bounds = askedBounds(request.query, request, reply);
      if (bounds === undefined) return reply;
      const series = await seriesOf(ledger, request.query, request, reply);
      if (series === undefined) return reply;
      const points = await ledger.arrearsSeries(series.dates, bounds, series.asked);
      return reply.send({
        ...periodShape(series),
        step: series.step,
        ...knownShape({ ...series, currency }),
        points: points.map((arrears, index) => ({
          as_of: formatDate(series.dates[index] as CalendarDate),
          ...ageingShape(arrears, currency),
        })),
      });
    },
  );

  app.get(
    '/book/movements',
    {
      schema: {
        operationId: 'getMovements',
        summary: 'What moved the book in a period: opening + issued − paid + reversed = closing',
        tags: ['Book'],
        querystring: PeriodQuery,
        response: { 200: Movements, ...problems },
      },
    },
    async (request, reply) => {
      const period = await periodOf(ledger, request.query, request, reply);
      if (period === undefined) return reply;
      const movements = await ledger.movements(period.from, period.to, period.asked);
      return reply.send({
        ...periodShape(period),
        ...knownShape({ ...period, currency }),
        ...movementsShape(movements, currency),
      });
    },
  );
}
