// The HTTP server: both surfaces and the service's own addresses on one Fastify application.
// It makes no decisions and touches no store; it listens nowhere by itself (src/cli/serve.ts does).

import { randomUUIDv7 } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { BodyTimes } from './body-times.ts';
import { type ConsoleOptions, consoleRoutes } from './console.ts';
import { InFlight } from './in-flight.ts';
import { NOT_FOUND, sendError, sendJson } from './james/james-answers.ts';
import { jamesSurface } from './james/james-surface.ts';
import { stopLargeJson } from './large-json.ts';
import { demandHost, refuseConnection } from './no-request.ts';
import { docsOptions, openApiOptions } from './openapi.ts';
import { PROBLEMS, sendProblem } from './problem.ts';
import { PROBLEM_SCHEMAS } from './problem-schema.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { buildSerializer } from './serializers.ts';
import { serviceRoutes } from './service/service-routes.ts';
import type { SurfaceParts } from './surface.ts';
import { v1Surface } from './v1/v1-surface.ts';
import { type Watch, watchRequests } from './watch-requests.ts';

/** The largest request body that is read at all. */
const BODY_BYTES_MAX = 1024 * 1024;

const REQUEST_ID = /^[\x21-\x7e]{1,100}$/;

/** Pages of these origins may call with a key; cookies are for the console's own pages alone. */
function corsOptions(origins: readonly string[]): FastifyCorsOptions {
  return {
    origin: [...origins],
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-request-id'],
    exposedHeaders: [
      'location',
      'retry-after',
      'idempotent-replayed',
      'x-request-id',
      'content-disposition',
      'x-as-of',
      'x-known-at',
    ],
    maxAge: 600,
  };
}

function requestId({ headers }: { headers: Record<string, unknown> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUIDv7();
}

/** A request may name its address in full, with a host (RFC 9112); what counts is the path. */
function pathOnly(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*\/?/i, '/');
}

/** A path that can't be decoded is an unknown path, on either surface. */
function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  if (error.code !== 'FST_ERR_BAD_URL') sendError(reply, 400, 'Invalid request.');
  else if (request.url.startsWith('/v1/'))
    sendProblem(request, reply, PROBLEMS.notFound, 'The path is malformed.');
  else sendJson(reply, 404, NOT_FOUND);
}

export interface ServerOptions {
  readonly logger?: FastifyServerOptions['logger'];
  /** With which the server speaks HTTPS (certificate.ts). */
  readonly tls?: SecureContextOptions;
  /** Proxies whose word of the caller's address and protocol counts. */
  readonly trustProxy?: readonly string[];
  /** Origins whose pages may call. */
  readonly corsOrigins?: readonly string[];
  readonly inFlight?: InFlight;
  /** Adds a span to each request. */
  readonly traceRequests?: (app: FastifyInstance) => void;
  /** The web console; without it there is none. */
  readonly console?: ConsoleOptions;
  /** Where requests are counted, and what /metrics tells; without it there is none. */
  readonly watch?: Watch;
}

/** What slow or sprawling requests may cost. */
const HEADER_BYTES_MAX = 16_384;
const HEADERS_TIMEOUT_MS = 10_000;
/** Of every body but that of an import. */
const BODY_TIMEOUT_MS = 30_000;
/** Longer than a proxy in front keeps its connections (deploy/nginx: 60 s), or it would send into closed ones. */
const KEEP_ALIVE_MS = 72_000;
const TIMEOUTS_CHECKED_MS = 2_000;
const IN_FLIGHT_DEFAULT = 1_000;

export async function buildServer(
  parts: SurfaceParts,
  options: ServerOptions = {},
): Promise<FastifyInstance> {
  const { logger = false, tls, trustProxy = [], corsOrigins = [] } = options;
  const { inFlight = new InFlight(IN_FLIGHT_DEFAULT) } = options;
  const limits = {
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Bodies have limits of their own.
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: TIMEOUTS_CHECKED_MS,
    requireHostHeader: false,
  };
  const bodyTimes = new BodyTimes(BODY_TIMEOUT_MS);
  const app = Fastify({
    logger,
    serverFactory: (handler) => {
      const serve = demandHost(inFlight.limited(bodyTimes.limited(handler)));
      const server =
        tls === undefined ? createServer(limits, serve) : createSecureServer({ ...limits, ...tls }, serve);
      // Whatever a client expects, it gets an answer to its request.
      server.on('checkExpectation', serve);
      return server;
    },
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    // A line a request would cost a third of the throughput; faults are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    schemaController: { compilersFactory: { buildSerializer } },
    genReqId: requestId,
    rewriteUrl: ({ url = '/' }) => pathOnly(url),
    routerOptions: { maxParamLength: 16_384 },
    // What comes in on an open connection while the server closes is still answered, and the connection then closed.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: refuseConnection,
  });
  options.traceRequests?.(app);
  app.decorateRequest('keyName', '');
  app.decorateRequest('caller', undefined);
  app.decorateRequest('session', undefined);
  app.decorateRequest('answerId', '');
  app.decorateRequest('bodyBytes', undefined);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS[request.protocol as 'http' | 'https']).header('x-request-id', request.id);
    // Nobody reads a body that was sent to no address, so its content type can't be wrong.
    if (request.is404) request.raw.headers['content-type'] = undefined;
  });
  if (corsOrigins.length > 0) await app.register(cors, corsOptions(corsOrigins));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    parts.exports.endAll();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('onClose', stopLargeJson);
  app.addHook('onClose', async () => bodyTimes.stop());
  app.setNotFoundHandler((_request, reply) => sendJson(reply, 404, NOT_FOUND));

  for (const schema of PROBLEM_SCHEMAS) app.addSchema(schema);
  await app.register(swagger, openApiOptions);
  // The page for people; it loads nothing from anywhere else.
  await app.register(swaggerUi, docsOptions);
  await app.register(jamesSurface, parts);
  await app.register(v1Surface, { ...parts, bodyTimes, prefix: '/v1' });
  await app.register(serviceRoutes, parts);
  if (options.console !== undefined) await app.register(consoleRoutes, options.console);
  if (options.watch !== undefined) watchRequests(app, parts, options.watch);
  return app;
}
