// Starts the programs that are measured, each as a process of its own: servers, and commands that run to their end.
// It ends only what it started; a program that fails ends the benchmark with what it said.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImportYardstick } from './bench-engine.ts';
import type { ImportFile } from './csv-files.ts';

const ROOT = join(import.meta.dirname, '..');
const JAMES = join(ROOT, 'bin/james.js');
const PEAK_MEMORY = pathToFileURL(join(import.meta.dirname, 'peak-memory.ts')).href;
const START_LIMIT_MS = 60_000;
const KIB = 1024;

/** Settings of this machine that must not reach the programs. */
const SETTINGS = [
  'NODE_ENV',
  'DATABASE_URL',
  'SQLALCHEMY_URL',
  'API_KEY',
  'AUTH_SECRET',
  'CURRENCY',
  'BANK_TIME_ZONE',
  'INSTALLMENT_ROUNDING',
  'DATABASE_POOL',
  'LANES',
  'WORKERS',
  'TLS_CERT',
  'TLS_KEY',
  'NODE_OPTIONS',
  'NODE_TEST_CONTEXT',
];

type Settings = Readonly<Record<string, string>>;

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

function start(script: string, args: readonly string[], settings: Settings, nodeArgs: string[] = []) {
  const env: NodeJS.ProcessEnv = { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn' };
  for (const name of SETTINGS) delete env[name];
  const child = spawn(process.execPath, [...process.execArgv, ...nodeArgs, script, ...args], {
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithBenchmark = () => child.kill('SIGKILL');
  process.once('exit', killWithBenchmark);
  child.once('close', () => process.removeListener('exit', killWithBenchmark));
  return child;
}

/** Gathers what a program says on both outputs. */
function outputOf(child: ChildProcess): () => string {
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  }
  return () => written;
}

async function startServer(script: string, args: readonly string[], settings: Settings): Promise<Server> {
  const child = start(script, args, settings);
  const output = outputOf(child);
  const closed = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`${script} did not start:\n${output()}`));
    const limit = setTimeout(fail, START_LIMIT_MS);
    child.once('close', fail);
    child.stdout?.on('data', () => {
      const found = /listening on (http:\S+)\n/.exec(output())?.[1];
      if (found === undefined) return;
      clearTimeout(limit);
      child.removeListener('close', fail);
      resolve(found);
    });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const [code] = await closed;
    if (code !== 0) throw new Error(`${script} ended with ${code}:\n${output()}`);
  };
  return { url, stop };
}

export function startJames(databaseUrl: string, workers: number): Promise<Server> {
  return startServer(JAMES, ['serve'], { DATABASE_URL: databaseUrl, WORKERS: String(workers) });
}

/** `bareFile`: each POST /loans is also one bare durable insert into an SQLite file. */
export function startEcho(workers: number, bareFile?: string): Promise<Server> {
  const settings = { WORKERS: String(workers), ...(bareFile === undefined ? {} : { BARE_FILE: bareFile }) };
  return startServer(join(import.meta.dirname, 'echo-server.ts'), [], settings);
}

/** Runs a program to its end and resolves with what it said and the time from its start to its end. */
async function run(
  script: string,
  args: readonly string[],
  settings: Settings = {},
  nodeArgs: string[] = [],
): Promise<{ output: string; seconds: number }> {
  const startedMs = performance.now();
  const child = start(script, args, settings, nodeArgs);
  const output = outputOf(child);
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - startedMs) / 1000;
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${output()}`);
  return { output: output(), seconds };
}

function importArguments({ kind, csv }: ImportFile): string[] {
  return ['import', kind, csv, '--json'];
}

function requireAllAccepted({ kind, rows }: ImportFile, output: string): void {
  const line = output.split('\n').find((text) => text.startsWith('{')) ?? '{}';
  const { accepted } = JSON.parse(line) as { accepted?: number };
  if (accepted !== rows)
    throw new Error(`james import ${kind} accepted ${accepted} of ${rows} rows:\n${output}`);
}

/** `james import`: resolves with its wall time; every row must have been accepted. */
export async function importCsv(databaseUrl: string, file: ImportFile): Promise<number> {
  const { output, seconds } = await run(JAMES, importArguments(file), { DATABASE_URL: databaseUrl });
  requireAllAccepted(file, output);
  return seconds;
}

/** `james import`: resolves with the most memory that its process held, in bytes. `peakFile` is a file to write to. */
export async function importPeakBytes(
  databaseUrl: string,
  file: ImportFile,
  peakFile: string,
): Promise<number> {
  const settings = { DATABASE_URL: databaseUrl, PEAK_MEMORY_FILE: peakFile };
  const { output } = await run(JAMES, importArguments(file), settings, ['--import', PEAK_MEMORY]);
  requireAllAccepted(file, output);
  const peakKib = Number(readFileSync(peakFile, 'utf8'));
  rmSync(peakFile);
  return peakKib * KIB;
}

/** An import that is only there to be in the way. */
export interface RunningImport {
  /** Resolves when it has come to its end. */
  readonly ended: Promise<void>;
  /** Ends it after the batch under way. */
  stop(): Promise<void>;
}

/** Starts `james import` and doesn't wait for its end. */
export function startImport(databaseUrl: string, file: ImportFile): RunningImport {
  const child = start(JAMES, importArguments(file), { DATABASE_URL: databaseUrl });
  const output = outputOf(child);
  let stopping = false;
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0 && !stopping) throw new Error(`an import beside ended with ${code}:\n${output()}`);
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill('SIGTERM');
    await ended;
  };
  return { ended, stop };
}

/** A yardstick over the same file: resolves with the time that its loading alone took. */
export async function loadBare(
  { name, script }: ImportYardstick,
  databaseUrl: string,
  { kind, csv, rows }: ImportFile,
): Promise<number> {
  const { output } = await run(script, [kind, csv, databaseUrl]);
  const told = JSON.parse(output) as { rows: number; seconds: number };
  if (told.rows !== rows) throw new Error(`${name} took ${told.rows} of ${rows} rows`);
  return told.seconds;
}

/** Makes a book; resolves when it is closed. What it says while it works goes to `progress`. */
export async function makeBook(url: string, loans: number, progress: (text: string) => void): Promise<void> {
  const script = join(import.meta.dirname, 'make-book.ts');
  const child = start(script, [url, String(loans)], {});
  const output = outputOf(child);
  child.stderr?.on('data', (text: string) => progress(`  ${text.trim()}`));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${output()}`);
}

/** What one connection of `pg` does by itself: so many a second of single-row durable inserts, or of SELECT 1. */
export async function barePerSecond(
  kind: 'insert' | 'select',
  databaseUrl: string,
  seconds: number,
): Promise<number> {
  const script = join(import.meta.dirname, 'bare-statements.ts');
  const { output } = await run(script, [kind, databaseUrl, String(seconds)]);
  const told = JSON.parse(output) as { statements: number; seconds: number };
  return told.statements / told.seconds;
}
