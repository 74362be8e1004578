// npm test: starts the PostgreSQL servers that tests need and runs the test files.
// npm test -- test/unit payments    only the files whose path contains one of these
// npm test -- --name PATTERN        only the tests whose name matches

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTestFiles, testFiles } from './test-files.ts';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { name: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});

// Without a file Node's runner would look for tests itself, and find others than ours.
const files = testFiles(root, positionals);
if (files.length === 0) {
  console.error(`no test file found${positionals.length === 0 ? '' : ` for ${positionals.join(', ')}`}`);
  process.exit(1);
}
if (!existsSync(join(root, '../shared/data'))) {
  console.log('../shared/data is absent: the tests on real data skip.');
}

// The tests in a browser see what is in console/src now.
const { buildConsole } = await import('../scripts/console.ts');
await buildConsole();

const { startTestServers } = await import('./support/test-servers.ts');
const servers = await startTestServers();
try {
  process.exitCode = await runTestFiles(root, files, values.name, { ...process.env, ...servers.env });
} finally {
  await servers.stop();
}
