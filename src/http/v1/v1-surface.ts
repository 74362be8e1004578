// The /v1 surface: bearer keys, strict JSON, problem details for whatever goes wrong. One resource a file.

import type { ErrorObject } from 'ajv';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../../ledger/ledger.ts';
import { InvalidIdempotencyKey } from '../idempotency.ts';
import { readJsonBody } from '../json-body.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { ServedParts } from '../surface.ts';
import { drainBody } from '../too-large.ts';
import { balanceRoutes } from './balance.ts';
import { bookRoutes } from './book.ts';
import { bookSeriesRoutes } from './book-series.ts';
import { demoRoutes } from './demo.ts';
import { exportRoutes } from './exports.ts';
import { historyRoutes } from './history.ts';
import { importRoutes } from './imports.ts';
import { keyRoutes } from './keys.ts';
import { loanRoutes } from './loans.ts';
import { paymentRoutes } from './payments.ts';
import { quoteRoutes } from './quotes.ts';
import { reversalRoutes } from './reversals.ts';
import { scheduleRoutes } from './schedules.ts';
import { sessionRoutes } from './sessions.ts';
import type { V1App } from './v1-app.ts';
import { authorize } from './v1-authorization.ts';
import { describe } from './v1-fields.ts';
import { fieldErrors, validatorCompiler } from './v1-validation.ts';

const RETRY_AFTER_SECONDS = 1;

/** What a large body may bring; see readJsonBody. */
const MEMBERS = [
  ...['reference', 'amount', 'currency', 'term', 'rate', 'date', 'payment', 'replaces', 'reason'],
  ...['name', 'role', 'expires_at', 'reads_per_second', 'writes_per_second', 'overlap_seconds'],
  ...['loans', 'years', 'seed'],
];

class InvalidJson extends Error {}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that takes a request without a body. */
    bodyOptional?: boolean;
  }
}

function answerError(
  error: FastifyError | StoreUnavailable | InvalidJson | InvalidIdempotencyKey,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof StoreUnavailable) {
    request.log.error({ err: error }, 'the database cannot serve');
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    return sendProblem(request, reply, PROBLEMS.unavailable, 'The database cannot serve now.');
  }
  if (error instanceof InvalidJson) {
    return sendProblem(request, reply, PROBLEMS.invalidRequest, 'The body is not a JSON text in UTF-8.');
  }
  if (error instanceof InvalidIdempotencyKey) {
    const detail = 'must be 1 to 255 printable ASCII characters';
    const errors = [{ pointer: 'idempotency-key', detail }];
    return sendProblem(request, reply, PROBLEMS.invalidRequest, `Idempotency-Key ${detail}.`, errors);
  }
  if (error.validation !== undefined) {
    const part = error.validationContext;
    const errors = fieldErrors(error.validation as unknown as ErrorObject[], part);
    const whole = errors.some(({ pointer }) => pointer === '');
    return sendProblem(
      request,
      reply,
      PROBLEMS.invalidRequest,
      whole ? 'The body must be a JSON object.' : describe(errors),
      errors,
    );
  }
  if (error.statusCode === 413) {
    drainBody(request, reply);
    return sendProblem(request, reply, PROBLEMS.bodyTooLarge, 'The body is over 1 MiB.');
  }
  if (error.statusCode === 415) {
    return sendProblem(request, reply, PROBLEMS.unsupportedMediaType, 'The body is not sent as JSON.');
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendProblem(request, reply, PROBLEMS.invalidRequest, error.message);
  }
  request.log.error({ err: error }, 'unexpected error');
  return sendProblem(request, reply, PROBLEMS.internal, 'The log has the details.');
}

/** JSON under another name is refused; a body sent to an unknown address is not looked at. */
async function refuseOtherTypes(request: FastifyRequest): Promise<void> {
  if (!request.is404) throw Object.assign(new Error('not JSON'), { statusCode: 415 });
}

async function parseBody(request: FastifyRequest, body: Buffer): Promise<unknown> {
  request.bodyBytes = body;
  if (body.length === 0 && request.routeOptions.config.bodyOptional) return undefined;
  const reading = await readJsonBody(body, MEMBERS, 'as nothing');
  if (!reading.ok) throw new InvalidJson();
  return reading.value;
}

export async function v1Surface(app: FastifyInstance, parts: ServedParts): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseBody);
  app.addContentTypeParser('*', refuseOtherTypes);
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      request,
      reply,
      PROBLEMS.notFound,
      `There is no ${request.method} ${request.url.split('?')[0]}.`,
    ),
  );

  authorize(app, parts);
  app.addHook('onRoute', (route) => {
    if (route.schema !== undefined)
      route.schema = { security: [{ apiKey: [] }, { session: [] }], ...route.schema };
  });

  const typed = app as unknown as V1App;
  loanRoutes(typed, parts);
  paymentRoutes(typed, parts);
  reversalRoutes(typed, parts);
  scheduleRoutes(typed, parts);
  balanceRoutes(typed, parts);
  historyRoutes(typed, parts);
  quoteRoutes(typed, parts);
  bookRoutes(typed, parts);
  bookSeriesRoutes(typed, parts);
  exportRoutes(typed, parts);
  importRoutes(typed, parts);
  keyRoutes(typed, parts);
  sessionRoutes(typed, parts);
  demoRoutes(typed, parts);
}
