// The rules of .dependency-cruiser.cjs really catch what they forbid, each with a small source tree that
// breaks just that rule; the tree that breaks none shows that the rules don't refuse everything.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkImportDirections } from '../../scripts/import-directions.ts';

type Tree = Record<string, string>;

const root = join(import.meta.dirname, '../..');

const allowed: Tree = {
  'src/main.ts': "import './config.ts';\nimport './wiring/store.ts';\nimport './cli/serve.ts';",
  'src/config.ts': "import { join } from 'node:path';\nimport './domain/money.ts';\njoin('a');",
  'src/domain/money.ts': "import type { Rate } from './rate.ts';\nexport type Money = Rate;",
  'src/domain/rate.ts': 'export type Rate = string;',
  'src/store/store.ts':
    "import 'node:crypto';\nimport type { Money } from '../domain/money.ts';\nexport type Store = Money;",
  'src/store/sqlite/sqlite-store.ts': "import 'better-sqlite3';\nimport 'node:fs';\nimport '../store.ts';",
  'src/store/postgres/postgres-store.ts': "import 'kysely';\nimport '../store.ts';",
  'src/ledger/ledger.ts': "import 'node:crypto';\nimport '../store/store.ts';\nimport '../domain/money.ts';",
  'src/import/loans-file.ts': "import 'csv-parse';\nimport '../ledger/ledger.ts';",
  'src/export/rows.ts': "import 'csv-stringify';\nimport '../store/store.ts';\nimport '../domain/money.ts';",
  'src/http/server.ts': "import 'fastify';\nimport './james/loans.ts';\nimport './v1/loans.ts';",
  'src/http/james/loans.ts': "import '../../ledger/ledger.ts';",
  'src/http/v1/loans.ts': "import '../../ledger/ledger.ts';\nimport '../../export/rows.ts';",
  'src/cli/serve.ts':
    "import '../http/server.ts';\nimport '../import/loans-file.ts';\nimport './progress.ts';",
  'src/cli/progress.ts': "import 'cli-progress';\nimport '../store/sqlite/sqlite-store.ts';",
  'src/wiring/store.ts':
    "import '../store/sqlite/sqlite-store.ts';\nimport '../store/postgres/postgres-store.ts';",
  'client/src/james.ts': "import 'openapi-fetch';\nimport './calls.ts';",
  'client/src/calls.ts': 'export const calls = 1;',
  'console/src/main.tsx': "import './pages/book.tsx';",
  'console/src/pages/book.tsx': "import '../api/james.ts';",
  'console/src/api/james.ts': "import '../../../client/src/james.ts';",
  'test/support.ts': 'export const support = 1;',
  'bench/run.ts': 'export const bench = 1;',
  'scripts/check.ts': 'export const script = 1;',
};

/** The file that gets one more import, what it imports, and the rule that this breaks. */
const violations: readonly [file: string, imported: string, rule: string][] = [
  ['src/domain/money.ts', 'node:fs', 'domain-is-pure'],
  ['src/domain/money.ts', 'kysely', 'domain-is-pure'],
  ['src/domain/money.ts', '../store/store.ts', 'domain-is-pure'],
  ['src/store/store.ts', 'node:fs', 'store-interface'],
  ['src/store/store.ts', 'kysely', 'store-interface'],
  ['src/store/store.ts', './sqlite/sqlite-store.ts', 'store-interface'],
  ['src/store/store.ts', '../ledger/ledger.ts', 'store-interface'],
  ['src/store/sqlite/sqlite-store.ts', '../postgres/postgres-store.ts', 'store-engine'],
  ['src/store/postgres/postgres-store.ts', '../sqlite/sqlite-store.ts', 'store-engine'],
  ['src/store/sqlite/sqlite-store.ts', '../../ledger/ledger.ts', 'store-engine'],
  ['src/ledger/ledger.ts', 'kysely', 'ledger'],
  ['src/ledger/ledger.ts', '../config.ts', 'ledger'],
  ['src/ledger/ledger.ts', '../store/sqlite/sqlite-store.ts', 'ledger'],
  ['src/import/loans-file.ts', '../store/sqlite/sqlite-store.ts', 'import'],
  ['src/import/loans-file.ts', '../http/server.ts', 'import'],
  ['src/export/rows.ts', '../ledger/ledger.ts', 'export'],
  ['src/export/rows.ts', '../store/sqlite/sqlite-store.ts', 'export'],
  ['src/http/server.ts', '../store/sqlite/sqlite-store.ts', 'http'],
  ['src/http/server.ts', '../cli/progress.ts', 'http'],
  ['src/http/james/loans.ts', '../v1/loans.ts', 'james-knows-no-v1'],
  ['src/http/v1/loans.ts', '../james/loans.ts', 'v1-knows-no-james'],
  ['src/wiring/store.ts', '../cli/progress.ts', 'cli-only-from-main'],
  ['src/config.ts', './store/sqlite/sqlite-store.ts', 'engines-only-from-wiring'],
  ['src/config.ts', './ledger/ledger.ts', 'config'],
  ['src/config.ts', 'fastify', 'config'],
  ['src/main.ts', '../test/support.ts', 'src-stands-alone'],
  ['src/main.ts', '../bench/run.ts', 'src-stands-alone'],
  ['src/main.ts', '../scripts/check.ts', 'src-stands-alone'],
  ['client/src/calls.ts', 'node:fs', 'client-runs-anywhere'],
  ['client/src/calls.ts', 'kysely', 'client-runs-anywhere'],
  ['client/src/calls.ts', '../../src/domain/rate.ts', 'client-runs-anywhere'],
  ['src/http/server.ts', '../../client/src/james.ts', 'server-knows-no-client'],
  ['src/http/server.ts', '../../console/src/main.tsx', 'server-knows-no-console'],
  ['console/src/pages/book.tsx', '../../../src/domain/rate.ts', 'console-is-a-page'],
  ['console/src/pages/book.tsx', '../../../client/src/james.ts', 'console-asks-at-one-door'],
  ['console/src/pages/book.tsx', 'node:fs', 'console-runs-in-a-browser'],
  ['src/domain/rate.ts', './money.ts', 'no-circle'],
];

const projects: string[] = [];
after(() => {
  for (const path of projects) rmSync(path, { recursive: true });
});

function projectWith(tree: Tree): string {
  const path = mkdtempSync(join(tmpdir(), 'james-imports-'));
  projects.push(path);
  for (const file of ['package.json', '.dependency-cruiser.cjs']) cpSync(join(root, file), join(path, file));
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  for (const [file, source] of Object.entries(tree)) {
    mkdirSync(join(path, dirname(file)), { recursive: true });
    writeFileSync(join(path, file), source);
  }
  return path;
}

test('a tree that keeps every direction passes, all its modules seen', async () => {
  const { ok, modules, report } = await checkImportDirections(projectWith(allowed));
  assert.ok(ok, report);
  assert.ok(modules >= Object.keys(allowed).filter((file) => file.startsWith('src/')).length);
});

for (const [file, imported, rule] of violations) {
  test(`${file} importing ${imported} breaks the rule ${rule}`, async () => {
    const source = `import '${imported}';\n${allowed[file]}`;
    const { ok, report } = await checkImportDirections(projectWith({ ...allowed, [file]: source }));
    assert.equal(ok, false);
    assert.match(report, new RegExp(`error ${rule}: ${file}`));
  });
}

test('an import of a type alone breaks a rule too', async () => {
  const source = "import type { Stats } from 'node:fs';\nexport type Rate = Stats;";
  const { ok, report } = await checkImportDirections(
    projectWith({ ...allowed, 'src/domain/rate.ts': source }),
  );
  assert.equal(ok, false);
  assert.match(report, /error domain-is-pure: src\/domain\/rate\.ts/);
});

test('a file that nothing joins to the rest is reported', async () => {
  const tree = { ...allowed, 'src/domain/left-over.ts': 'export const leftOver = 1;' };
  const { ok, report } = await checkImportDirections(projectWith(tree));
  assert.equal(ok, false);
  assert.match(report, /error no-orphan: src\/domain\/left-over\.ts/);
});

test('a check that saw no module fails', async () => {
  const { ok, report } = await checkImportDirections(projectWith({ 'src/empty.txt': '' }));
  assert.equal(ok, false);
  assert.match(report, /cruised 0 modules/);
});

test('a check that did not see every file fails', async () => {
  const path = projectWith(allowed);
  const rules = join(path, '.dependency-cruiser.cjs');
  const options = `{ exclude: { path: '^src/http/v1/' }, doNotFollow: { path: 'node_modules' } }`;
  writeFileSync(rules, `module.exports = { forbidden: [], options: ${options} };`);
  const { ok, report } = await checkImportDirections(path);
  assert.equal(ok, false);
  assert.match(report, /did not see:\nsrc\/http\/v1\/loans\.ts/);
});
