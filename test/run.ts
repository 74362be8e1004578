// npm test: hands the test files to Node's own runner, whose closing lines stay the last output.
// npm test -- test/unit payments    only the files whose path contains one of these
// npm test -- --name PATTERN        only the tests whose name matches

import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// Long enough for the slowest model or crash test on a busy machine: it ends what hangs, it measures nothing.
const timeoutMs = 10 * 60 * 1000;

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { name: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});

const filters = positionals.map((filter) => filter.replace(/^\.\//, ''));
const files = globSync('test/**/*.test.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  .sort();

// Without a file Node's runner would look for tests itself, and find others than ours.
if (files.length === 0) {
  console.error(`no test file found${filters.length === 0 ? '' : ` for ${filters.join(', ')}`}`);
  process.exit(1);
}
if (!existsSync(join(root, '../shared/data'))) {
  console.log('../shared/data is absent: the tests on real data skip.');
}

const { status, error } = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-concurrency=2',
    `--test-timeout=${timeoutMs}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/silent-suite-reporter.ts',
    '--test-reporter-destination=stderr',
    ...values.name.map((pattern) => `--test-name-pattern=${pattern}`),
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
);
if (error) console.error(String(error));
process.exitCode = status ?? 1;
