// The client as a package: the example of its README runs and type-checks in a project that installed it, and the types
// tell what a caller relies on.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type ClientProject, clientProject, TSC } from '../support/client-package.ts';
import { projectRoot, startService } from '../support/service.ts';
import { developmentKey } from '../support/v1-client.ts';

const run = promisify(execFile);

const EXAMPLE_SAYS = `installment 85.60
paid on 2017-09-05
that month has a record already
found 1
outstanding: 941.60 USD
`;

/** Each line marked as wrong must be refused, and no other. */
const TYPES = `
import { createJames, type CallError, type Loan, type ProblemIn } from 'james-client';
const james = createJames({ url: 'http://james', apiKey: 'key' });
const page = createJames({ url: 'http://james', session: true });
export async function issued(): Promise<Loan | string> {
  const answer = await james.loans.issue({ amount: '1.00', term: 1, rate: '0', date: '2017-08-05' });
  if (answer.ok) return answer.data;
  const { error } = answer;
  switch (error.type) {
    case '/problems/reference-taken':
      const status: 409 = error.status;
      return String(status);
    case 'unexpected-answer':
      return error.body;
    case 'network-failure':
      return String(error.cause);
    default:
      return error.detail;
  }
}
export function all(error: CallError<ProblemIn<'getPayment'>>): number {
  switch (error.type) {
    case '/problems/payment-not-found':
    case '/problems/not-found':
    case '/problems/unauthorized':
    case '/problems/forbidden':
    case '/problems/too-many-requests':
    case '/problems/internal-error':
    case '/problems/unavailable':
    case '/problems/overloaded':
    case 'network-failure':
    case 'timed-out':
    case 'aborted':
    case 'unexpected-answer':
      return 1;
  }
}
export const right = [page.session.get(), james.loans.reverse('id', {}, { idempotencyKey: 'k' })];
export const wrong = [
  /* wrong */ james.loans.issue({ amount: 1000, term: 12, rate: '0.05', date: '2017-08-05' }),
  /* wrong */ james.loans.issue({ amount: '1000.00', term: 12, rate: '0.05' }),
  /* wrong */ james.loans.list({ state: 'active' }),
  /* wrong */ james.loans.list({}, { idempotencyKey: 'k' }),
  /* wrong */ james.call('get', '/v1/loan/{id}', { params: { path: { id: 'x' } } }),
  /* wrong */ james.call('get', '/v1/loans/{id}', {}),
  /* wrong */ james.session.get(),
  /* wrong */ createJames({ url: 'http://james' }),
];
/* wrong */ export const never: CallError<ProblemIn<'getLoan'>>['type'] = '/problems/reference-taken';
`;

const strict = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--noImplicitReturns'];
const nodeTypes = ['--module', 'nodenext', '--target', 'esnext', '--types', 'node'];
const browserTypes = [
  '--module',
  'esnext',
  '--moduleResolution',
  'bundler',
  '--lib',
  'esnext,dom',
  '--types',
  '',
];

describe('the package of the client', () => {
  let project: ClientProject;

  before(() => {
    project = clientProject();
  });
  after(() => project?.[Symbol.dispose]());

  function checked(name: string, source: string, options: readonly string[]): string[] {
    writeFileSync(join(project.directory, name), source);
    const { directory: cwd } = project;
    const { stdout } = spawnSync(process.execPath, [TSC, ...strict, ...options, name], {
      cwd,
      encoding: 'utf8',
    });
    return stdout.split('\n').filter((line) => line !== '');
  }

  function example(): string {
    const [, source] =
      /```ts\n(.+?)```/s.exec(readFileSync(join(project.packageDirectory, 'README.md'), 'utf8')) ?? [];
    return source ?? assert.fail('the README has no example');
  }

  test('runs the example of its README, as it stands', async () => {
    assert.deepEqual(checked('example.ts', example(), nodeTypes), []);
    const service = await startService();
    try {
      const env = { ...process.env, JAMES_URL: service.url, JAMES_API_KEY: developmentKey };
      const { stdout } = await run(process.execPath, ['example.ts'], { cwd: project.directory, env });
      assert.equal(stdout, EXAMPLE_SAYS);
    } finally {
      await service.stop();
    }
  });

  for (const [where, options] of [
    ['Node.js', nodeTypes],
    ['a browser', browserTypes],
  ] as const) {
    test(`its types say what can be sent and what comes back, in ${where}`, () => {
      const lines = TYPES.split('\n');
      const wrong = lines.flatMap((line, index) => (line.includes('/* wrong */') ? [index + 1] : []));
      const complaints = checked('types.ts', TYPES, options);
      const found = complaints.map((line) => Number(/^types\.ts\((\d+),/.exec(line)?.[1] ?? Number.NaN));
      assert.deepEqual(
        [...new Set(found.filter((line) => !Number.isNaN(line)))],
        wrong,
        complaints.join('\n'),
      );
    });
  }

  test('has its types and code, and nothing else', () => {
    const files = globSync('**/*.*', { cwd: project.packageDirectory }).sort();
    const sources = globSync('**/*.ts', { cwd: join(projectRoot, 'client/src') });
    const built = sources.flatMap((name) => [
      `dist/${name.replace('.ts', '.d.ts')}`,
      `dist/${name.replace('.ts', '.js')}`,
    ]);
    assert.deepEqual(files, ['README.md', 'package.json', ...built].sort());
  });
});
