// The test files of a project, handed to Node's own runner, whose closing lines stay the last output. A file that ran
// no test fails the run (silent-suite-reporter.ts).

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';

// Long enough for the slowest model or crash test on a busy machine: it ends what hangs, it measures nothing.
const timeoutMs = 10 * 60 * 1000;

/** The test files under a project's root whose path contains one of the filters; all where there is none. */
export function testFiles(root: string, filters: readonly string[]): string[] {
  const parts = filters.map((filter) => filter.replace(/^\.\//, ''));
  return globSync('test/**/*.test.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort();
}

/** Runs test files, those tests only that a name pattern matches where there is one; resolves with the exit code. */
export async function runTestFiles(
  root: string,
  files: readonly string[],
  names: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals) => child?.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  child = spawn(
    process.execPath,
    [
      '--test',
      '--test-concurrency=2',
      `--test-timeout=${timeoutMs}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./test/silent-suite-reporter.ts',
      '--test-reporter-destination=stderr',
      ...names.map((pattern) => `--test-name-pattern=${pattern}`),
      ...files,
    ],
    { cwd: root, stdio: 'inherit', env },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  process.removeListener('SIGINT', pass);
  process.removeListener('SIGTERM', pass);
  return code ?? 1;
}
