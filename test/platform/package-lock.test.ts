// The lock file must install on any machine, from whichever registry npm is set to there.
// So it never names a host: .npmrc (omit-lockfile-registry-resolved) keeps the addresses out.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

type Lock = { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }> };

const root = join(import.meta.dirname, '../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

test('no package of the lock file names the registry that it came from', () => {
  const addressed = Object.entries(lock.packages).filter(([, entry]) => entry.resolved?.includes('://'));
  assert.deepEqual(addressed, []);
});

test('every package of the lock file is bound to its content', () => {
  const fetched = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.link);
  assert.ok(fetched.length > 0);
  const unbound = fetched.filter(([, entry]) => entry.integrity === undefined);
  assert.deepEqual(unbound, []);
});
