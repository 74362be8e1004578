// The comparison of documents with what is so: it must find each difference, or the documents prove nothing.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ShownOutput } from './shown-output.ts';

const SHOWN_ID = '01a2116f-7c38-7000-882b-63ff16f591e9';
const OTHER_SHOWN_ID = '01a2116f-7c79-7000-85e4-f07f96a32ac9';
const REAL_ID = '01a30000-0000-7000-8000-000000000001';
const OTHER_REAL_ID = '01a30000-0000-7000-8000-000000000002';

function shownOutput(): ShownOutput {
  return new ShownOutput('2026-11-25', '2027-03-01');
}

describe('text', () => {
  test('must be as shown, but for spaces at the ends', () => {
    shownOutput().compareText('a 1\nb (2)\n', 'a 1  \nb (2)\n\n');
    assert.throws(() => shownOutput().compareText('a 1', 'a 2'), /not as shown/);
    assert.throws(() => shownOutput().compareText('a', 'a\nb'), /not as shown/);
    assert.throws(() => shownOutput().compareText('a\nb', 'a'), /not as shown/);
    assert.throws(() => shownOutput().compareText('a.', 'ab'), /not as shown/);
  });

  test('… stands for anything within a line, and alone for lines', () => {
    shownOutput().compareText('read in … s (… rows/s)', 'read in 0.9 s (49158 rows/s)');
    assert.throws(() => shownOutput().compareText('read in … s', 'read in 1\n2 s'), /not as shown/);
    shownOutput().compareText('a\n…\nz', 'a\nb\nc\nz');
    shownOutput().compareText('a\n…\nz', 'a\nz');
    assert.throws(() => shownOutput().compareText('a\n…\nz', 'a\nb\nc'), /not as shown/);
    shownOutput().compareText('…\nb\n…', 'a\na\nb\nc\nd');
    assert.throws(() => shownOutput().compareText('…\nb\n…', 'a\nc\nd'), /not as shown/);
    shownOutput().compareText(`…\n${SHOWN_ID}\n…`, `a\n${REAL_ID}\nb\nc`);
  });

  test('an id stands for any, and from then on for the same one', () => {
    const shown = shownOutput();
    shown.compareText(`loan ${SHOWN_ID} of ${SHOWN_ID}`, `loan ${REAL_ID} of ${REAL_ID}`);
    assert.equal(shown.real(`curl /v1/loans/${SHOWN_ID}`), `curl /v1/loans/${REAL_ID}`);
    shown.compareText(SHOWN_ID, REAL_ID);
    assert.throws(() => shown.compareText(SHOWN_ID, OTHER_REAL_ID), /not as shown/);
    assert.throws(
      () => shownOutput().compareText(`${SHOWN_ID} ${SHOWN_ID}`, `${REAL_ID} ${OTHER_REAL_ID}`),
      /not as shown/,
    );
    assert.equal(shown.real(OTHER_SHOWN_ID), OTHER_SHOWN_ID);
    assert.throws(() => shownOutput().compareText(SHOWN_ID, 'no id'), /not as shown/);
  });

  test('instants, hashes and keys stand for their kind alone', () => {
    const hash = 'ab'.repeat(32);
    const key = `james_${'k'.repeat(43)}`;
    const shown = shownOutput();
    shown.compareText(
      `at 2026-11-25T06:40:48.696Z ${hash} ${key}`,
      `at 2027-03-01T00:00:00.000Z ${'0'.repeat(64)} james_${'_-'.repeat(21)}x`,
    );
    assert.equal(shown.real(`KEY=${key}`), `KEY=james_${'_-'.repeat(21)}x`);
    assert.throws(() => shownOutput().compareText('2026-11-25T06:40:48.696Z', '2027-03-01'), /not as shown/);
    assert.throws(() => shownOutput().compareText(hash, 'ab'), /not as shown/);
    assert.throws(() => shownOutput().compareText(key, 'james_short'), /not as shown/);
  });

  test('the day of writing is today, the day before yesterday; other dates are themselves', () => {
    shownOutput().compareText('2026-11-24 2026-11-25 2017-08-05', '2027-02-28 2027-03-01 2017-08-05');
    assert.throws(() => shownOutput().compareText('2026-11-25', '2026-11-25'), /not as shown/);
    assert.throws(() => shownOutput().compareText('2026-11-23', '2027-02-27'), /not as shown/);
    assert.equal(shownOutput().real('head --date 2026-11-24'), 'head --date 2027-02-28');
  });
});

describe('JSON', () => {
  const compare = (shown: unknown, real: unknown) =>
    shownOutput().compareJson(JSON.stringify(shown), JSON.stringify(real));

  test('must have the same members and values, in whatever form it is written', () => {
    shownOutput().compareJson('{ "a": [1, null,\n "x"] }', '{"a":[1,null,"x"]}');
    for (const real of [{ a: 2 }, { a: '1' }, { b: 1 }, { a: 1, b: 1 }, [1], 'text', null]) {
      assert.throws(() => compare({ a: 1 }, real), assert.AssertionError);
    }
    assert.throws(() => compare([1], [1, 2]), /how many/);
    assert.throws(() => compare([1, 2], [1]), assert.AssertionError);
    assert.throws(() => shownOutput().compareJson('{}', 'no JSON'), /not JSON/);
  });

  test('… stands for a value, for more members and for more of a list', () => {
    compare({ a: '…', b: 'x … y' }, { a: { c: 1 }, b: 'x and y' });
    compare({ a: 1, '…': '…' }, { a: 1, b: 2 });
    compare([1, '…'], [1, 2, 3]);
    compare([1, '…'], [1]);
    assert.throws(() => compare({ a: 1, '…': '…' }, { b: 2 }), /has no a/);
    assert.throws(() => compare([1, 2, '…'], [1]), assert.AssertionError);
    assert.throws(() => compare({ b: 'x … y' }, { b: 'x and z' }), /not as shown/);
  });

  test('learns ids as text does', () => {
    const shown = shownOutput();
    shown.compareJson(JSON.stringify({ id: SHOWN_ID }), JSON.stringify({ id: REAL_ID }));
    assert.throws(
      () => shown.compareJson(JSON.stringify({ id: SHOWN_ID }), JSON.stringify({ id: OTHER_REAL_ID })),
      /not as shown/,
    );
  });
});
