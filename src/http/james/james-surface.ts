// The James surface: three routes, frozen (the contract of the Python service that this one succeeds).
// Checks run: authorization → loan exists → JSON → fields → date → amount → duplicate.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../../ledger/ledger.ts';
import { InvalidIdempotencyKey } from '../idempotency.ts';
import type { SurfaceParts } from '../surface.ts';
import { drainBody } from '../too-large.ts';
import { askBalanceRoute } from './ask-balance.ts';
import { issueLoanRoute } from './issue-loan.ts';
import { INVALID_KEY, sendError } from './james-answers.ts';
import { authorizeJames } from './james-authorization.ts';
import { recordPaymentRoute } from './record-payment.ts';

const RETRY_AFTER_SECONDS = 1;

function answerError(
  error: FastifyError | StoreUnavailable | InvalidIdempotencyKey,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (error instanceof StoreUnavailable) {
    request.log.error({ err: error }, 'the database cannot serve');
    return sendError(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, 'Service unavailable.');
  }
  if (error instanceof InvalidIdempotencyKey) return sendError(reply, 400, INVALID_KEY);
  if (error.statusCode === 413) {
    drainBody(request, reply);
    return sendError(reply, 413, 'Request body is too large.');
  }
  if (error.statusCode !== undefined && error.statusCode < 500)
    return sendError(reply, 400, 'Invalid request.');
  request.log.error({ err: error }, 'unexpected error');
  return sendError(reply, 500, 'Internal error.');
}

export async function jamesSurface(app: FastifyInstance, parts: SurfaceParts): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(answerError);

  authorizeJames(app, parts);
  app.addHook('onRequest', async (request) => {
    // The content type does not matter, not even one that is no media type at all.
    request.raw.headers['content-type'] = undefined;
  });

  issueLoanRoute(app, parts);
  recordPaymentRoute(app, parts);
  askBalanceRoute(app, parts);
}
