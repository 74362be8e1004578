// Traces by OpenTelemetry: with OTEL_EXPORTER_OTLP_ENDPOINT set a collector gets, for each request, the way from the
// socket over the command to its commit, within the trace that the caller has begun.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { startService } from '../support/service.ts';
import { v1Client } from '../support/v1-client.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** A collector as it is spoken to: OTLP over HTTP, as JSON. */
async function collector() {
  const spans: Span[] = [];
  const names: string[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await request.setEncoding('utf8').toArray()).join('')) as {
      resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[];
    };
    for (const { resource, scopeSpans } of body.resourceSpans) {
      names.push(String(resource.attributes.find(({ key }) => key === 'service.name')?.value['stringValue']));
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    names,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function attribute(span: Span | undefined, key: string): unknown {
  return Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];
}

onEachEngine((engine) => {
  test('a payment is traced from the socket to its commit, in its caller’s trace', async () => {
    await using collected = await collector();
    const service = await startService({ engine, env: { OTEL_EXPORTER_OTLP_ENDPOINT: collected.url } });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const parent = 'b7ad6b7169203331';
    const client = v1Client(service.url);
    const { id } = await client.loan();
    const headers = { traceparent: `00-${traceId}-${parent}-01`, 'x-request-id': 'traced' };
    assert.equal((await client.pay(id, '2017-09-05', {}, { headers })).status, 201);
    // What has not been sent yet is sent before the process ends.
    await service.stop();

    assert.deepEqual(new Set(collected.names), new Set(['james']));
    const spans = collected.spans.filter((span) => span.traceId === traceId);
    const request = spans.find(({ name }) => name === 'POST /v1/loans/:id/payments');
    assert.equal(request?.parentSpanId, parent);
    assert.equal(attribute(request, 'http.response.status_code'), 201);
    assert.equal(attribute(request, 'james.request_id'), 'traced');
    const command = spans.find(({ name }) => name === 'ledger record-payment');
    assert.equal(command?.parentSpanId, request?.spanId);
    const commit = spans.find(({ name }) => name === 'commit');
    assert.equal(commit?.parentSpanId, command?.spanId);
    assert.equal(attribute(commit, 'james.batch.commands'), 1);
    const [outer, middle, inner] = [request, command, commit].map((span) => {
      assert.ok(span);
      return [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)] as const;
    });
    assert.ok(outer && middle && inner);
    assert.ok(outer[0] <= middle[0] && middle[0] <= inner[0] && inner[1] <= outer[1]);
    // Other requests have traces of their own.
    assert.ok(
      collected.spans.some(({ name, traceId: other }) => name === 'POST /v1/loans' && other !== traceId),
    );
  });
});
