// The benchmark runs: as short as it can be, from end to end, so that it can't rot unseen.
// What it measures is not looked at: this machine is busy with other tests, and no figure here means anything.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

interface Pace {
  readonly perSecond: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

interface Report {
  readonly database: { readonly journalMode: string; readonly synchronous: string; readonly bytes: number };
  readonly http: readonly { name: string; connections: number; james: Pace; echo: Pace; ratio: number }[];
  readonly imports: readonly { name: string; rows: number; james: Pace; bare: Pace; ratio: number }[];
}

const LIMIT_MS = 5 * 60 * 1000;
const bench = join(import.meta.dirname, '../../bench/run.ts');
const folder = mkdtempSync(join(tmpdir(), 'james-bench-test-'));
after(() => rmSync(folder, { recursive: true }));

function requirePositive(figures: object, name: string): void {
  for (const [figure, value] of Object.entries(figures)) {
    assert.ok(
      typeof value === 'number' && value > 0 && Number.isFinite(value),
      `${name}: ${figure} is ${value}`,
    );
  }
}

test('a short run of the benchmark ends well and has a positive figure for all that it measures', () => {
  const out = join(folder, 'report.json');
  const args = [bench, '--quick', '--seconds', '0.1', '--rounds', '1', '--out', out];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);

  const { database, http, imports } = JSON.parse(readFileSync(out, 'utf8')) as Report;
  assert.deepEqual(
    http.map(({ name, connections }) => `${name} at ${connections}`),
    [
      'POST /loans at 1',
      'POST /loans at 64',
      'POST /loans/:id/payments at 1',
      'POST /loans/:id/payments at 64',
      'POST /loans/:id/balance at 1',
      'POST /loans/:id/balance at 64',
      'GET /v1/book/outstanding at 1',
      'GET /v1/book/outstanding at 64',
      'GET /v1/book/arrears at 1',
      'GET /v1/book/arrears at 64',
    ],
  );
  for (const { name, james, echo, ratio } of http) {
    requirePositive(james, `${name}, James`);
    requirePositive(echo, `${name}, echo`);
    requirePositive({ ratio }, name);
    assert.match(stdout, new RegExp(`^${name.replaceAll('/', '\\/')} `, 'm'));
  }
  assert.deepEqual(
    imports.map(({ name }) => name),
    ['james import loans', 'james import payments'],
  );
  for (const { name, rows, james, bare, ratio } of imports) {
    requirePositive({ rows, ratio, ...james }, `${name}, James`);
    requirePositive(bare, `${name}, bare loop`);
  }
  assert.deepEqual(
    { journalMode: database.journalMode, synchronous: database.synchronous },
    { journalMode: 'wal', synchronous: 'FULL' },
  );
  requirePositive({ bytes: database.bytes }, 'database');
});
