// The benchmark runs on every engine: as short as it can be, from end to end, so that it can't rot unseen.
// What it measures is not looked at: this machine is busy with other tests, and no figure here means anything.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';

interface Figures {
  readonly perSecond?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly bytes?: number;
}

interface Row {
  readonly name: string;
  readonly title: string;
  readonly engine: string;
  readonly workers: number | null;
  readonly connections: number | null;
  readonly james?: Figures;
  readonly yardstick?: Figures & { readonly name: string };
  readonly figure: number;
  readonly rounds: readonly number[];
  readonly target: { readonly atLeast?: number; readonly atMost?: number } | null;
  readonly passes: boolean | null;
}

interface Report {
  readonly databases: readonly {
    readonly engine: string;
    readonly version: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly bytes: number;
  }[];
  readonly options: { readonly loans: number; readonly smallLoans: number };
  readonly roundTripsPerSecond: number;
  readonly rows: readonly Row[];
}

const LIMIT_MS = 10 * 60 * 1000;
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

/** What is asked over HTTP, in the order of the report, with the least ratio to the echo on each engine. */
const REQUESTS = [
  ['POST /loans/:id/balance', 0.8, 0.6],
  ['GET /v1/loans/:id/balance', 0.8, 0.6],
  ['GET /v1/book/outstanding', 0.7, 0.5],
  ['GET /v1/book/outstanding, known_at', 0.25, 0.15],
  ['GET /v1/book/arrears', 0.3, 0.2],
  ['GET /v1/book/outstanding/series, ten years by month', 0.05, 0.05],
  ['POST /loans/:id/payments', 0.65, 0.45],
  ['POST /loans', 0.8, 0.55],
] as const;

/** Every row of an engine: its title with the target and the yardstick. */
function everyRow(engine: 'sqlite' | 'postgres'): string[] {
  const isSqlite = engine === 'sqlite';
  const of = (sqlite: number, postgres: number) => (isSqlite ? sqlite : postgres);
  const bare = isSqlite ? 'bare loop' : 'COPY';
  return [
    'process start to the first GET /v1/book/outstanding: at most 1',
    `bytes on disk, a loan with its payments: at most ${of(1.6, 1.8)} of bare tables`,
    ...REQUESTS.flatMap(([title, sqlite, postgres]) => [
      `${title}: at least ${of(sqlite, postgres)} of echo`,
      `growth: ${title}: at least 0.85 of small book`,
    ]),
    `POST /loans over one connection: at least ${of(0.85, 0.6)} of ${isSqlite ? 'server with one bare insert' : 'one bare insert over pg'}`,
    ...REQUESTS.map(([title]) => `p99 beside an import: ${title}: at most 8 of echo`),
    `james import loans, 2000 rows: at least ${of(0.4, 0.3)} of ${bare}`,
    `james import payments, 8000 rows: at least ${of(0.25, 0.2)} of ${bare}`,
    'peak memory, james import of 100 loans: at most 256',
  ];
}

function told({ title, target, yardstick }: Row): string {
  const bound = target?.atLeast === undefined ? `at most ${target?.atMost}` : `at least ${target.atLeast}`;
  const name = title.replace(/ with its [\d.]+ payments$/, ' with its payments');
  return `${name}: ${bound}${yardstick === undefined ? '' : ` of ${yardstick.name}`}`;
}

function isReached({ figure, target }: Row): boolean {
  return target?.atLeast === undefined ? figure <= (target?.atMost ?? Number.NaN) : figure >= target.atLeast;
}

/** The cells of a table's line; two spaces or more stand between them. */
function cellsOf(line: string): string[] {
  return line.trim().split(/ {2,}/);
}

test('a short run of the benchmark ends well and has every row with its target and a positive figure, on every engine', () => {
  const out = join(folder, 'report.json');
  const args = [bench, '--quick', '--seconds', '0.1', '--rounds', '1', '--out', out];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);

  const { databases, options, roundTripsPerSecond, rows } = JSON.parse(readFileSync(out, 'utf8')) as Report;
  const lines = stdout.split('\n').map(cellsOf);
  for (const engine of ['sqlite', 'postgres'] as const) {
    assert.deepEqual(rows.filter((row) => row.engine === engine).map(told), everyRow(engine));
  }
  for (const row of rows) {
    const { title, engine, workers, connections, james, yardstick, figure, rounds, passes } = row;
    const { name: _name, ...bare } = yardstick ?? { name: '' };
    requirePositive({ figure, ...rounds, ...james, ...bare }, `${title} on ${engine}`);
    assert.equal(passes, isReached(row), title);
    if (workers !== null) assert.equal(workers, engine === 'sqlite' ? 1 : 2, title);
    const begin = [title, engine, ...[workers, connections].flatMap((count) => count?.toString() ?? [])];
    const line = lines.find((cells) => isDeepStrictEqual(cells.slice(0, begin.length), begin));
    assert.equal(line?.at(-1), passes ? 'pass' : 'FAIL', `the table's line of ${begin.join(', ')}`);
  }
  requirePositive({ roundTripsPerSecond, loans: options.loans, smallLoans: options.smallLoans }, 'the run');
  assert.ok(options.smallLoans < options.loans);

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

test('an engine or a row that there is not, no workers at all, and too small a book are refused before anything is measured', () => {
  assertRefused(['--engine', 'oracle'], /--engine does not know "oracle".*\n(.*\n)*.*sqlite, postgres/);
  assertRefused(['--workers', '0'], /--workers takes a number greater than zero/);
  assertRefused(['--only', 'everything'], /--only does not know "everything"/);
  assertRefused(['--loans', '10'], /--loans takes 50 or more/);
});
