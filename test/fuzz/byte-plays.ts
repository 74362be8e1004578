// What may happen to a connection that is no orderly HTTP: requests torn, run together and spoilt, chunked bodies that lie,
// absurd request lines, clients that dribble or go away, and other protocols than HTTP.

import { fc } from '../support/properties.ts';
import type { Act } from './connection.ts';
import { type Draft, oftener } from './drafts.ts';
import type { RequestDraft } from './request-drafts.ts';
import { LIES, LINES, OTHER_PROTOCOLS } from './wild-bytes.ts';
import { bytesOf } from './wire-request.ts';

export type PlayDraft = Draft<readonly Act[]>;

function written(...texts: readonly string[]): PlayDraft {
  return () => texts.map((text): Act => ({ write: Buffer.from(text, 'latin1') }));
}

/** Of a request's bytes, so that larger ones don't take for ever. */
const BYTES_MAX = 5_000;

/** An answer to HEAD is told from others only by knowing which request it answers; so here there is none. */
function bytes(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<Draft<Buffer>> {
  return request.map((draft) => (moment) => {
    const { method, ...others } = draft(moment);
    return bytesOf({ ...others, method: method === 'HEAD' ? 'GET' : method }).subarray(0, BYTES_MAX);
  });
}

function torn(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<PlayDraft> {
  const end = fc.constantFrom<Act>({ end: 'said all' }, { end: 'gone' }, { pauseMs: 5 });
  return fc.tuple(bytes(request), fc.nat(BYTES_MAX), end).map(
    ([draft, at, last]): PlayDraft =>
      (moment) => {
        const whole = draft(moment);
        return [{ write: whole.subarray(0, at % (whole.length + 1)) }, last];
      },
  );
}

/** Whole, but in pieces with nothing between them for a moment. */
function dribbled(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<PlayDraft> {
  return fc.tuple(bytes(request), fc.array(fc.nat(BYTES_MAX), { maxLength: 12 })).map(
    ([draft, places]): PlayDraft =>
      (moment) => {
        const whole = draft(moment);
        const cuts = [...places.map((place) => place % (whole.length + 1)), whole.length].toSorted(
          (a, b) => a - b,
        );
        return cuts.flatMap((cut, index): Act[] => [
          { write: whole.subarray(index === 0 ? 0 : cuts[index - 1], cut) },
          { pauseMs: 2 },
        ]);
      },
  );
}

const garbage = oftener(
  [
    2,
    fc.constantFrom(
      'garbage',
      '\r\n',
      '\r\n\r\n',
      '\u0000'.repeat(100),
      'GET',
      '{}',
      'HTTP/1.1 200 OK\r\n\r\n',
    ),
  ],
  [1, fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some).toString('latin1'))],
);

/** Several at once on one connection, with something else between them at times. */
function runTogether(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<PlayDraft> {
  const between = oftener([3, fc.constant('')], [1, garbage]);
  return fc.array(fc.tuple(bytes(request), between), { minLength: 2, maxLength: 6 }).map(
    (pairs): PlayDraft =>
      (moment) => {
        const pieces = pairs.flatMap(([draft, junk]) => [draft(moment), Buffer.from(junk, 'latin1')]);
        return [{ write: Buffer.concat(pieces) }];
      },
  );
}

function spoilt(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<PlayDraft> {
  const changes = fc.array(fc.tuple(fc.nat(BYTES_MAX), fc.nat(255)), { minLength: 1, maxLength: 4 });
  return fc.tuple(bytes(request), changes).map(
    ([draft, places]): PlayDraft =>
      (moment) => {
        const whole = Buffer.from(draft(moment));
        for (const [place, byte] of places) whole[place % whole.length] = byte;
        return [{ write: whole }];
      },
  );
}

const fixedBytes = oftener(
  [3, fc.constantFrom(...LIES).map((text) => written(text))],
  [3, fc.constantFrom(...LINES).map((line) => written(`${line}\r\nHost: x\r\n\r\n`))],
  [1, fc.constantFrom(...LINES).map((line) => written(line))],
  [2, fc.constantFrom(...OTHER_PROTOCOLS).map((text) => written(text))],
  [2, garbage.map((text) => written(text))],
  [
    1,
    fc
      .integer({ min: 20, max: 200 })
      .map((times) => written('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times))),
  ],
);

/** The bytes, and then the client is gone before an answer can come. */
function leftAtOnce(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<PlayDraft> {
  return bytes(request).map(
    (draft): PlayDraft =>
      (moment) => [{ write: draft(moment) }, { end: 'gone' }],
  );
}

export function anyPlay(request: fc.Arbitrary<RequestDraft>): fc.Arbitrary<PlayDraft> {
  return oftener(
    [5, fixedBytes],
    [3, torn(request)],
    [2, dribbled(request)],
    [3, runTogether(request)],
    [4, spoilt(request)],
    [1, leftAtOnce(request)],
  );
}
