// A second reporter beside spec: fails the run when a test file ran no test, or ended before its tests did.
// Node's runner counts such a file as one passed test: an exit hook, a process.exit or an empty file is enough
// (PLATFORM.md, trap 2). Only a file's own summary proves that its tests ran to their end.

import { resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

export default async function* silentSuites(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Map<string, string>();
  const testsByFile = new Map<string, number>();
  const byName = process.execArgv.some((argument) => argument.startsWith('--test-name-pattern'));

  for await (const { type, data } of events) {
    if (type === 'test:enqueue' && data.file && resolve(data.name) === data.file) {
      files.set(data.file, data.name);
    }
    if (type === 'test:summary' && data.file) testsByFile.set(data.file, data.counts.tests);
    // The first of the runner's closing lines: what is wrong stands before them.
    if (type === 'test:diagnostic' && !data.file && /^tests \d+$/.test(data.message)) {
      const complaints = complaintsOf(files, testsByFile, byName);
      if (complaints.length > 0) process.exitCode = 1;
      yield* complaints.map((complaint) => `✖ ${complaint}\n`);
    }
  }
}

function complaintsOf(
  files: ReadonlyMap<string, string>,
  testsByFile: ReadonlyMap<string, number>,
  byName: boolean,
): string[] {
  const complaints: string[] = [];
  let tests = 0;
  for (const [file, name] of files) {
    const count = testsByFile.get(file);
    tests += count ?? 0;
    if (count === undefined) complaints.push(`${name} ran no test, or ended before its tests did`);
    // Asked for by name, a file may well have none of these tests.
    else if (count === 0 && !byName) complaints.push(`${name} ran no test`);
  }
  if (tests === 0) complaints.push('no test ran');
  return complaints;
}
