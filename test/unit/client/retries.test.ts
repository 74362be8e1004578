// When something is sent again, and how long the client waits before: bounds that hold for any attempt and any chance.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pauseMs, RETRIES, retryAfterMs } from '../../../client/src/retries.ts';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

test('the pause doubles from attempt to attempt, up to a limit, and is never quite the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), chance, (attempt, random) => {
      const pause = pauseMs(attempt, undefined, RETRIES, random);
      const step = Math.min(RETRIES.longestPauseMs, RETRIES.firstPauseMs * 2 ** (attempt - 1));
      assert.ok(pause >= step / 2 && pause <= step, `${pause} of ${step}`);
    }),
  );
  assert.notEqual(pauseMs(3, undefined, RETRIES, 0.1), pauseMs(3, undefined, RETRIES, 0.9));
});

test('the pause is never shorter than the server asks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(), chance, (attempt, asked, random) => {
      const pause = pauseMs(attempt, asked, RETRIES, random);
      assert.ok(pause >= asked && pause <= asked + RETRIES.longestPauseMs);
    }),
  );
});

test('Retry-After is read as seconds and as a date', () => {
  const now = Date.UTC(2026, 10, 25, 12);
  const cases: readonly (readonly [string | null, number | undefined])[] = [
    [null, undefined],
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [header, ms] of cases) assert.equal(retryAfterMs(header, now), ms, String(header));
});
