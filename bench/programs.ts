// Starts the programs that are measured, each as a process of its own: servers, and commands that run to their end.
// It ends only what it started; a program that fails ends the benchmark with what it said.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Yardstick } from './bench-engine.ts';
import type { ImportFile } from './csv-files.ts';

const ROOT = join(import.meta.dirname, '..');
const JAMES = join(ROOT, 'bin/james.js');
const START_LIMIT_MS = 30_000;

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

function start(script: string, args: readonly string[], settings: Settings): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn' };
  for (const name of SETTINGS) delete env[name];
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
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

export function startEcho(workers: number): Promise<Server> {
  return startServer(join(import.meta.dirname, 'echo-server.ts'), [], { WORKERS: String(workers) });
}

/** Runs a program to its end and resolves with what it said and the time from its start to its end. */
async function run(
  script: string,
  args: readonly string[],
  settings: Settings = {},
): Promise<{ output: string; seconds: number }> {
  const startedMs = performance.now();
  const child = start(script, args, settings);
  const output = outputOf(child);
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - startedMs) / 1000;
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${output()}`);
  return { output: output(), seconds };
}

/** `james import`: resolves with its wall time; every row must have been accepted. */
export async function importCsv(databaseUrl: string, { kind, csv, rows }: ImportFile): Promise<number> {
  const args = ['import', kind, csv, '--json'];
  const { output, seconds } = await run(JAMES, args, { DATABASE_URL: databaseUrl });
  const line = output.split('\n').find((text) => text.startsWith('{')) ?? '{}';
  const { accepted } = JSON.parse(line) as { accepted?: number };
  if (accepted !== rows)
    throw new Error(`james import ${kind} accepted ${accepted} of ${rows} rows:\n${output}`);
  return seconds;
}

/** A yardstick over the same file: resolves with the time that its loading alone took. */
export async function loadBare(
  { name, script }: Yardstick,
  databaseUrl: string,
  { kind, csv, rows }: ImportFile,
): Promise<number> {
  const { output } = await run(script, [kind, csv, databaseUrl]);
  const told = JSON.parse(output) as { rows: number; seconds: number };
  if (told.rows !== rows) throw new Error(`${name} took ${told.rows} of ${rows} rows`);
  return told.seconds;
}
