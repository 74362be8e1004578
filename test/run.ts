// npm test: starts the PostgreSQL servers that tests need and hands the test files to Node's own runner, whose closing
// lines stay the last output.
// npm test -- test/unit payments    only the files whose path contains one of these
// npm test -- --name PATTERN        only the tests whose name matches

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  embeddedPostgres,
  machinePostgres,
  type PostgresPrograms,
  PostgresServer,
} from './support/postgres-server.ts';

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

const servers: PostgresServer[] = [];
/** How the tests hear of a server: its name and its URL (test/support/engines.ts). */
async function startServer(programs: PostgresPrograms): Promise<string> {
  const server = await PostgresServer.start(programs);
  servers.push(server);
  return `${programs.name}|${server.url('postgres')}`;
}

let status = 1;
let child: ReturnType<typeof spawn> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child?.kill(signal));
try {
  const machine = machinePostgres();
  if (machine === undefined) console.log('this machine has no PostgreSQL of its own: only npm’s is tested.');
  const env = {
    ...process.env,
    JAMES_TEST_POSTGRES: await startServer(embeddedPostgres()),
    JAMES_TEST_POSTGRES_MACHINE: machine === undefined ? '' : await startServer(machine),
  };
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
      ...values.name.map((pattern) => `--test-name-pattern=${pattern}`),
      ...files,
    ],
    { cwd: root, stdio: 'inherit', env },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  status = code ?? 1;
} finally {
  for (const server of servers) await server[Symbol.asyncDispose]();
}
process.exitCode = status;
