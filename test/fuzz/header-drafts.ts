// The headers of a request: who is asking, what the body is, the keys and ids that James reads, and whatever else a client
// or a proxy may send.

import { fc } from '../support/properties.ts';
import { credentialOf, otherCredential } from './credential-drafts.ts';
import { fixed, oftener } from './drafts.ts';
import { FRAMING } from './framing-headers.ts';
import { anyValue, type HeadersDraft, NO_HEADERS } from './header-values.ts';
import { nearText } from './near-values.ts';
import type { Operation } from './operations.ts';
import { saidBy, validText } from './valid-values.ts';

const MEDIA_TYPES = [
  ...[
    'application/json; charset=utf-16',
    'application/json;',
    'APPLICATION/JSON',
    'application/json, text/plain',
  ],
  ...[
    'application/problem+json',
    'text/plain',
    'text/json',
    'multipart/form-data',
    'multipart/form-data; boundary=',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'a',
    ';',
    '/',
    '',
    'application/json/json',
  ],
];

const otherType = oftener([4, fc.constantFrom(...MEDIA_TYPES)], [1, anyValue]).map(
  (value): HeadersDraft => fixed([['Content-Type', value]]),
);
function typeOf({ body, mediaType }: Operation): HeadersDraft {
  return body === undefined ? NO_HEADERS : fixed([['Content-Type', mediaType]]);
}

/** A few keys come again and again, with the same request or another one. */
const validKey = oftener(
  [2, fc.constantFrom('again-1', 'again-2', 'again-3', 'again-4')],
  [2, fc.uuid()],
  [1, fc.constantFrom(' ', '~'.repeat(255), "';--")],
).map((value): HeadersDraft => fixed([['Idempotency-Key', value]]));
const otherKey = oftener([1, fc.constantFrom('', 'x'.repeat(256), 'é', 'a\tb')], [1, anyValue]).map(
  (value): HeadersDraft => fixed([['Idempotency-Key', value]]),
);

const requestId = fc.uuid().map((value): HeadersDraft => fixed([['X-Request-Id', value]]));
const otherRequestId = oftener(
  [2, fc.constantFrom('x'.repeat(100), 'x'.repeat(101), '"\\', '{}', '', 'é', '<script>', '\u0007')],
  [1, anyValue],
).map((value): HeadersDraft => fixed([['X-Request-Id', value]]));

/** Headers that clients, browsers and proxies send, with values of theirs. */
const OTHERS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['Accept', ['*/*', 'text/html', 'application/xml;q=0.9', 'image/*', '']],
  ['Accept-Encoding', ['gzip, br', 'identity;q=0', '*']],
  ['Content-Encoding', ['gzip', 'br', 'identity', 'chunked']],
  ['Content-Language', ['de']],
  ['If-Match', ['*', '"a"']],
  ['If-None-Match', ['*']],
  ['If-Modified-Since', ['Wed, 21 Oct 2015 07:28:00 GMT', 'yesterday']],
  ['Range', ['bytes=0-0', 'bytes=-1', 'bytes=5-1', 'lines=1-2']],
  ['Origin', ['https://evil.example', 'null', '']],
  ['Referer', ['https://evil.example/']],
  ['Sec-Fetch-Site', ['cross-site']],
  ['Access-Control-Request-Method', ['POST']],
  ['Access-Control-Request-Headers', ['authorization']],
  ['X-Forwarded-For', ['127.0.0.1', '::1', 'a, b', '999.1.1.1']],
  ['X-Forwarded-Proto', ['https', 'gopher']],
  ['X-Forwarded-Host', ['evil.example']],
  ['Forwarded', ['for=127.0.0.1;proto=https', 'for="_']],
  ['X-HTTP-Method-Override', ['DELETE']],
  ['X-CSRF-Token', ['', 'x', 'x'.repeat(43)]],
  ['traceparent', ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-0-0-00', 'ff']],
  ['tracestate', ['a=b', ',,,']],
  ['Max-Forwards', ['0']],
  [
    'Cookie',
    ['james=', 'james=a.b.c.d.e', '__Host-james=x; james=y', 'james', ';;;', '__proto__=1', 'a=%ff'],
  ],
  ['__proto__', ['x']],
];

const otherHeader: fc.Arbitrary<HeadersDraft> = fc
  .constantFrom(...OTHERS)
  .chain(([name, values]) =>
    oftener([3, fc.constantFrom(...values)], [1, anyValue]).map(
      (value): HeadersDraft => fixed([[name, value]]),
    ),
  );

/** The headers that the document has for an operation, with values that are made from their schemas. */
function documented({ parameters }: Operation, valuesOf: typeof validText): fc.Arbitrary<HeadersDraft> {
  const headers = parameters.filter((parameter) => parameter.in === 'header');
  const drafts = headers.map(({ name, schema }) =>
    valuesOf(name, schema).map(
      (draft): HeadersDraft =>
        (moment) => [[name, Buffer.from(saidBy(draft(moment))).toString('latin1')]],
    ),
  );
  return fc.tuple(...drafts).map(together);
}

function together(drafts: readonly HeadersDraft[]): HeadersDraft {
  return (moment) => drafts.flatMap((draft) => draft(moment));
}

/** Headers with which the operation takes a request. */
export function validHeaders(operation: Operation): fc.Arbitrary<HeadersDraft> {
  const type = typeOf(operation);
  const key = oftener([4, fc.constant(NO_HEADERS)], [2, validKey], [1, documented(operation, validText)]);
  const credential = credentialOf(operation.security, fc.constant(true));
  return fc.tuple(fc.constant(type), credential, key, requestId).map(together);
}

/** Headers of which some are wrong; seldom those that frame the message. */
export function otherHeaders(operation: Operation): fc.Arbitrary<HeadersDraft> {
  const type = oftener([6, fc.constant(typeOf(operation))], [1, otherType], [1, fc.constant(NO_HEADERS)]);
  const own = oftener([3, fc.constant(true)], [1, fc.constant(false)]);
  const credential = oftener([8, credentialOf(operation.security, own)], [2, otherCredential]);
  const key = oftener(
    [4, fc.constant(NO_HEADERS)],
    [2, validKey],
    [1, otherKey],
    [1, documented(operation, nearText)],
  );
  const id = oftener([4, requestId], [1, otherRequestId], [1, fc.tuple(requestId, requestId).map(together)]);
  const others = oftener<readonly HeadersDraft[]>(
    [3, fc.constant([])],
    [1, fc.array(otherHeader, { maxLength: 5 })],
  ).map(together);
  const framing = oftener(
    [20, fc.constant(NO_HEADERS)],
    [1, fc.constantFrom(...FRAMING).map((header): HeadersDraft => fixed([header]))],
  );
  return fc.tuple(type, credential, key, id, others, framing).map(together);
}
