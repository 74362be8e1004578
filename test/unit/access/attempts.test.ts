// Failed attempts cost nothing at first, and then ever more.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressName, FailedAttempts } from '../../../src/access/attempts.ts';

function attempts() {
  const clock = { ms: 1_000_000 };
  return { clock, failed: new FailedAttempts(() => clock.ms) };
}

describe('who fails', () => {
  test('waits not at all at first, then twice as long each time, and at most a quarter of an hour', () => {
    const { failed } = attempts();
    assert.equal(failed.none, true);
    const waits: number[] = [];
    for (let count = 0; count < 45; count++) {
      failed.failed('address 1');
      waits.push(failed.waitSeconds('address 1'));
    }
    assert.equal(failed.none, false);
    assert.deepEqual(
      waits.slice(0, 30),
      Array.from({ length: 30 }, () => 0),
    );
    assert.deepEqual(waits.slice(30, 36), [1, 2, 4, 8, 16, 32]);
    assert.deepEqual(waits.slice(-3), [900, 900, 900]);
  });

  test('waits no longer than it takes, and alone', () => {
    const { failed, clock } = attempts();
    for (let count = 0; count < 33; count++) failed.failed('one');
    assert.equal(failed.waitSeconds('one'), 4);
    assert.equal(failed.waitSeconds('two'), 0);
    clock.ms += 3_001;
    assert.equal(failed.waitSeconds('one'), 1);
    clock.ms += 1_000;
    assert.equal(failed.waitSeconds('one'), 0);
    failed.failed('one');
    assert.equal(failed.waitSeconds('one'), 8);
  });
});

test('an address of IPv6 counts as its network, one of IPv4 as itself', () => {
  const names: Record<string, string> = {
    '192.0.2.7': '192.0.2.7',
    '::ffff:192.0.2.7': '192.0.2.7',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '2001:db8:1:2::6': '2001:db8:1:2::/64',
    '2001:db8::6': '2001:db8:0:0::/64',
    '::1': '0:0:0:0::/64',
  };
  for (const [address, name] of Object.entries(names)) assert.equal(addressName(address), name);
});
