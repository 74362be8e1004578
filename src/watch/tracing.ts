// Traces by OpenTelemetry, where OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) is set: from the socket over the wait
// for a batch to its commit. Loaded only then: without it no request pays for it.

import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { FastifyInstance } from 'fastify';
import type { BatchObserver } from '../ledger/batch-observer.ts';

export interface Tracing {
  readonly observer: BatchObserver;
  /** Adds a span to each request; before every other hook, so that it covers them. */
  traceRequests(app: FastifyInstance): void;
  /** Sends what has not been sent yet. */
  stop(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | undefined;
  }
}

/** A command on its way: its span, and the context that its parts belong to. */
interface Traced {
  readonly span: Span;
  readonly within: Context;
}

/** The share of requests that begin a trace, unless their caller has decided: OTEL_TRACES_SAMPLER_ARG, or all. */
function sampledShare(): number {
  const share = Number(process.env['OTEL_TRACES_SAMPLER_ARG'] || 1);
  return share >= 0 && share <= 1 ? share : 1;
}

export function startTracing(): Tracing {
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'james' }))
      .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampledShare()) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const tracer = trace.getTracer('james');

  const observer: BatchObserver = {
    submitted: (command): Traced => {
      const span = tracer.startSpan(`ledger ${command.kind}`);
      return { span, within: trace.setSpan(context.active(), span) };
    },
    executing: (marks) => {
      const traced = marks as readonly Traced[];
      const attributes = { 'james.batch.commands': traced.length };
      const commits = traced.map(({ within }) => tracer.startSpan('commit', { attributes }, within));
      return (error) => {
        for (const span of [...commits, ...traced.map((one) => one.span)]) {
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        }
      };
    },
  };

  return {
    observer,
    traceRequests: (app) => {
      app.decorateRequest('span', undefined);
      app.addHook('onRequest', (request, _reply, done) => {
        const parent = propagation.extract(context.active(), request.headers);
        const route = request.is404 ? 'unknown' : request.routeOptions.url;
        const attributes = { 'http.request.method': request.method, 'http.route': route ?? 'unknown' };
        const span = tracer.startSpan(
          `${request.method} ${route}`,
          { kind: SpanKind.SERVER, attributes },
          parent,
        );
        request.span = span;
        context.with(trace.setSpan(parent, span), done);
      });
      app.addHook('onResponse', async ({ span, id }, { statusCode }) => {
        if (span === undefined) return;
        span.setAttributes({ 'http.response.status_code': statusCode, 'james.request_id': id });
        if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      });
    },
    stop: () => provider.shutdown(),
  };
}
