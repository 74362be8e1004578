// The benchmark runs on every engine: as short as it can be, from end to end, so that it can't rot unseen.
// What it measures is not looked at: this machine is busy with other tests, and no figure here means anything.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';

interface Pace {
  readonly perSecond: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

interface Row {
  readonly name: string;
  readonly engine: string;
  readonly workers: number;
  readonly james: Pace;
  readonly ratio: number;
}

interface Report {
  readonly databases: readonly {
    readonly engine: string;
    readonly version: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly bytes: number;
  }[];
  readonly http: readonly (Row & { readonly connections: number; readonly echo: Pace })[];
  readonly imports: readonly (Row & {
    readonly rows: number;
    readonly yardstick: string;
    readonly bare: Pace;
  })[];
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

/** What is asked over HTTP, in the order of the report. */
const REQUESTS = [
  'POST /loans',
  'POST /loans/:id/payments',
  'POST /loans/:id/balance',
  'GET /v1/book/outstanding',
  'GET /v1/book/arrears',
];

/** Everything over HTTP on an engine in so many processes. */
function everyRequest(engine: string, workers: number): string[] {
  return REQUESTS.flatMap((name) =>
    [1, 64].map((connections) => `${engine} ${workers} ${name} ${connections}`),
  );
}

/** The cells of a table's line; two spaces or more stand between them. */
function cellsOf(line: string): string[] {
  return line.trim().split(/ {2,}/);
}

test('a short run of the benchmark ends well and has a positive figure for all that it measures, on every engine', () => {
  const out = join(folder, 'report.json');
  const args = [bench, '--quick', '--seconds', '0.1', '--rounds', '1', '--out', out];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);

  const { databases, http, imports } = JSON.parse(readFileSync(out, 'utf8')) as Report;
  const lines = stdout.split('\n').map(cellsOf);
  assert.deepEqual(
    http.map(({ engine, workers, name, connections }) => `${engine} ${workers} ${name} ${connections}`),
    [...everyRequest('sqlite', 1), ...everyRequest('postgres', 1), ...everyRequest('postgres', 2)],
  );
  for (const { name, engine, workers, connections, james, echo, ratio } of http) {
    requirePositive(james, `${name}, James on ${engine}`);
    requirePositive(echo, `${name}, echo`);
    requirePositive({ ratio }, name);
    const begin = [name, engine, String(workers), String(connections)];
    assert.ok(
      lines.some((cells) => isDeepStrictEqual(cells.slice(0, begin.length), begin)),
      `the table has no line ${begin.join(', ')}`,
    );
  }

  assert.deepEqual(
    imports.map(({ engine, workers, name, yardstick }) => `${engine} ${workers} ${name}: ${yardstick}`),
    [
      'sqlite 1 james import loans: bare loop',
      'sqlite 1 james import payments: bare loop',
      'postgres 1 james import loans: COPY',
      'postgres 1 james import payments: COPY',
    ],
  );
  for (const { name, engine, rows, james, bare, ratio } of imports) {
    requirePositive({ rows, ratio, ...james }, `${name}, James on ${engine}`);
    requirePositive(bare, `${name}, the yardstick of ${engine}`);
  }

  assert.deepEqual(
    databases.map(({ engine, settings: { shared_buffers: _memory, ...durability } }) => [engine, durability]),
    [
      ['sqlite', { journal_mode: 'wal', synchronous: 'FULL' }],
      ['postgres', { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }],
    ],
  );
  for (const { engine, version, bytes } of databases) {
    requirePositive({ bytes }, `the database of ${engine}`);
    assert.match(version, /^(SQLite|PostgreSQL) \d+\.\d+/);
    assert.ok(stdout.includes(version));
  }
});

/** Ends with a message that names what it takes. */
function assertRefused(args: readonly string[], message: RegExp): void {
  const { status, stderr } = spawnSync(process.execPath, [bench, ...args], {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  assert.notEqual(status, 0);
  assert.match(stderr, message);
}

test('an engine that there is not, and no workers at all, are refused before anything is measured', () => {
  assertRefused(['--engine', 'oracle'], /--engine does not know "oracle".*\n(.*\n)*.*sqlite, postgres/);
  assertRefused(['--workers', '0'], /--workers takes a number greater than zero/);
});
