// GET /v1/book/outstanding, /v1/book/arrears

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { AsOfQuery, asOfOf } from './as-of.ts';
import { Arrears, BucketParameter, boundsOf, DAYS_MAX, Outstanding } from './book-schemas.ts';
import { problemResponses } from './problem-responses.ts';
import type { V1App } from './v1-app.ts';
import { arrearsShape, outstandingShape } from './v1-shapes.ts';

const ArrearsQuery = Type.Object(
  { ...AsOfQuery.properties, ...BucketParameter },
  { additionalProperties: false },
);

/** The bounds of a query; sends the problem and returns undefined where they do not ascend. */
export function askedBounds(
  query: { readonly buckets?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): readonly number[] | undefined {
  const bounds = boundsOf(query.buckets);
  if (bounds === undefined) {
    const detail = `must ascend and be at most ${DAYS_MAX}`;
    const errors = [{ pointer: 'buckets', detail }];
    sendProblem(request, reply, PROBLEMS.invalidRequest, `buckets ${detail}.`, errors);
  }
  return bounds;
}

export function bookRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.get(
    '/book/outstanding',
    {
      schema: {
        operationId: 'getOutstanding',
        summary: 'The whole book as of a date, as known on a date: value, principal, volume',
        tags: ['Book'],
        querystring: AsOfQuery,
        response: {
          200: Outstanding,
          ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.knownAtInFuture),
        },
      },
    },
    async (request, reply) => {
      const asked = await asOfOf(ledger, request.query, request, reply);
      if (asked === undefined) return reply;
      const sums = await ledger.outstanding(asked.asOf, asked.asked);
      return reply.send(outstandingShape({ ...asked, currency }, sums));
    },
  );

  app.get(
    '/book/arrears',
    {
      schema: {
        operationId: 'getArrears',
        summary: 'Ageing and portfolio at risk as of a date, as known on a date',
        tags: ['Book'],
        querystring: ArrearsQuery,
        response: { 200: Arrears, ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.knownAtInFuture) },
      },
    },
    async (request, reply) => {
      const bounds = askedBounds(request.query, request, reply);
      if (bounds === undefined) return reply;
      const asked = await asOfOf(ledger, request.query, request, reply);
      if (asked === undefined) return reply;
      const arrears = await ledger.arrears(asked.asOf, bounds, asked.asked);
      return reply.send(arrearsShape({ ...asked, currency }, arrears));
    },
  );
}
