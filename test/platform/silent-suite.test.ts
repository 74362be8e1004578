// npm test must never pass on a suite that did not run: each way in which Node's own runner counts a silent
// file as a pass is tried here, in a small project that uses the real test/run.ts but needs no server. A hook
// that never settles is not among them: the time limit of test/test-files.ts ends it, and Node then fails the file by
// itself.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const passing = "import { test } from 'node:test';\ntest('passes', () => {});";

/** What the real run starts and builds, which these files do without. */
const stubs = {
  'test/support/test-servers.ts':
    'export const startTestServers = async () => ({ env: {}, stop: async () => {} });',
  'scripts/console.ts': 'export const buildConsole = async () => {};',
};

const projects: string[] = [];
after(() => {
  for (const path of projects) rmSync(path, { recursive: true });
});

function runTests(files: Record<string, string>, ...args: string[]) {
  const path = mkdtempSync(join(tmpdir(), 'james-tests-'));
  projects.push(path);
  mkdirSync(join(path, 'test'));
  for (const file of ['package.json', 'test/run.ts', 'test/test-files.ts', 'test/silent-suite-reporter.ts']) {
    cpSync(join(root, file), join(path, file));
  }
  for (const [file, source] of Object.entries({ ...files, ...stubs })) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), source);
  }
  // Node's runner refuses to start inside a test, which it knows by this variable.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return spawnSync(process.execPath, ['test/run.ts', ...args], { cwd: path, encoding: 'utf8', env });
}

test("a run in which every file ran a test passes and ends with the runner's own closing lines", () => {
  const { status, stdout, stderr } = runTests({ 'test/a.test.ts': passing, 'test/unit/b.test.ts': passing });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  assert.match(stdout, /ℹ tests 2\nℹ suites 0\nℹ pass 2\nℹ fail 0\n(ℹ \w+ [\d.]+\n)+$/);
});

test('a skipped test counts as one that ran', () => {
  const skipped = "import { test } from 'node:test';\ntest('skips', { skip: 'no data' }, () => {});";
  assert.equal(runTests({ 'test/a.test.ts': skipped }).status, 0);
});

test('a failing test fails the run', () => {
  const failing = "import { test } from 'node:test';\ntest('fails', () => { throw new Error('no'); });";
  assert.equal(runTests({ 'test/a.test.ts': passing, 'test/b.test.ts': failing }).status, 1);
});

const silent: readonly [what: string, source: string][] = [
  ['is empty', 'export {};'],
  ['has a suite without a test', "import { describe } from 'node:test';\ndescribe('suite', () => {});"],
  [
    'ends its process before its tests',
    "import { before, test } from 'node:test';\n" +
      'before(() => new Promise(() => setTimeout(() => process.exit(0), 50)));\n' +
      "test('never', () => {});",
  ],
  [
    'ends its process between its tests',
    "import { test } from 'node:test';\ntest('first', () => {});\n" +
      "test('second', () => process.exit(0));\ntest('third', () => {});",
  ],
];

for (const [what, source] of silent) {
  test(`a test file that ${what} fails the run and is named`, () => {
    const { status, stderr } = runTests({ 'test/a.test.ts': passing, 'test/silent.test.ts': source });
    assert.equal(status, 1);
    assert.match(stderr, /✖ test\/silent\.test\.ts ran no test/);
    assert.doesNotMatch(stderr, /a\.test\.ts/);
  });
}

test('a run without a test file fails', () => {
  const { status, stderr } = runTests({});
  assert.equal(status, 1);
  assert.equal(stderr, 'no test file found\n');
});

test('a filter keeps only the files under it, and fails when it keeps none', () => {
  const files = {
    'test/unit/a.test.ts': passing,
    'test/contract/b.test.ts': 'throw new Error("not asked for");',
  };
  assert.equal(runTests(files, 'test/unit').status, 0);
  assert.equal(runTests(files, './test/unit/a.test.ts').status, 0);
  const { status, stderr } = runTests(files, 'test/none');
  assert.equal(status, 1);
  assert.equal(stderr, 'no test file found for test/none\n');
});

test('a name keeps only the tests that match it, and fails when none does', () => {
  const other = "import { test } from 'node:test';\ntest('other', () => {});";
  const files = { 'test/a.test.ts': passing, 'test/b.test.ts': other };
  assert.equal(runTests(files, '--name', 'pass').status, 0);
  const { status, stderr } = runTests(files, '--name', 'nothing');
  assert.equal(status, 1);
  assert.match(stderr, /✖ no test ran/);
});
