// Every command of README.md and of the guides is run as a reader would run it, on a real server and database, and what
// they show must be what comes out.

import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { debianProgram } from '../support/debian-program.ts';
import { ENGINES, SQLITE } from '../support/engines.ts';
import { projectRoot } from '../support/service.ts';
import { readDocument } from './document.ts';
import { runDocument } from './run-document.ts';

/** Documents that say themselves which database they use; the others are true on both engines. */
const OF_THEIR_OWN_DATABASE = new Set(['README.md', 'docs/operator.md', 'docs/developing.md']);

const documents = ['README.md', ...globSync('docs/*.md', { cwd: projectRoot }).sort()];

before(async () => {
  await debianProgram({ name: 'curl', debianPackage: 'curl' });
});

for (const name of documents) {
  describe(name, () => {
    const file = join(projectRoot, name);

    test('each block says its part, or why it is not run', () => {
      const { blocks } = readDocument(file);
      const silent = blocks.filter(({ part }) => part === undefined);
      assert.deepEqual(
        silent.map(({ line }) => line),
        [],
        'lines of the blocks',
      );
      assert.ok(blocks.some(({ part }) => part === 'run'));
      assert.ok(blocks.some(({ part }) => part === 'output'));
    });

    for (const engine of OF_THEIR_OWN_DATABASE.has(name) ? [SQLITE] : ENGINES) {
      test(`what it says is so, on ${engine.name}`, () => runDocument(file, engine));
    }
  });
}
