// A start uses what Node compiled for an earlier one, kept beside what npm installed or where the operator says.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot, runJames } from '../support/service.ts';
import { temporaryDirectory } from '../support/temporary-database.ts';

/** How much is kept, in folders for each version of Node. */
function kept(folder: string): number {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).length : 0;
}

test('what is compiled is kept in the place that is named', async () => {
  using directory = temporaryDirectory();
  const folder = join(directory.path, 'compiled');
  const { code, output } = await runJames(['--help'], { env: { NODE_COMPILE_CACHE: folder } });
  assert.equal(code, 0, output);
  assert.ok(kept(folder) > 10);
});

test('where none is named it is kept beside the packages, and not where anybody may write', async () => {
  // What is there already may be of another run: Node itself says which place it uses.
  const env = { NODE_COMPILE_CACHE: '', NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  const { code, output } = await runJames(['--help'], { env });
  assert.equal(code, 0, output);
  const place = /^\[compile cache\] resolved path (\S+) \+/m.exec(output)?.[1];
  assert.equal(place, join(projectRoot, 'node_modules/.cache/james'));
});

test('a place that cannot be written is gone without', async () => {
  const { code, output } = await runJames(['--help'], { env: { NODE_COMPILE_CACHE: '/dev/null/compiled' } });
  assert.equal(code, 0, output);
  assert.match(output, /^Usage: james/);
});
