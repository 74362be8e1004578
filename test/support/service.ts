// Starts the real James service as a process of its own, on a free port and a fresh database of whatever engine,
// and says when it is ready. It must never end a process that it did not start, and never import
// src/: what these tests know of the service is its command line, its settings and its answers.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SQLITE, type TestDatabase, type TestEngine } from './engines.ts';

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Settings by name; undefined takes a default of startService away. */
export type Settings = Readonly<Record<string, string | undefined>>;

export type ServiceOptions = {
  readonly env?: Settings;
  /** Where its database is, or will be: a SQLite file, or a URL; whoever made it removes it. */
  readonly databaseFile?: string;
  readonly databaseUrl?: string;
  /** Unless one of those is given, a fresh database on this engine (SQLite unless given) that goes with the service. */
  readonly engine?: TestEngine;
  /** Arguments after `serve`. */
  readonly args?: readonly string[];
  /** Working directory, the project's root unless given. */
  readonly cwd?: string;
  /** The user and group that the process runs as; only root can say another than its own. */
  readonly uid?: number;
};

export type Service = {
  readonly url: string;
  /** What DATABASE_URL was set to. */
  readonly databaseUrl: string;
  readonly pid: number;
  /** What the process has written so far, standard output and standard error together. */
  output(): string;
  /** SIGTERM, then waits. Removes the database if startService made it. */
  stop(): Promise<Exit>;
  /** SIGKILL, then waits. The files stay until stop, so that a second process can be started on them. */
  kill(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The process ended, or said nothing in time, instead of listening. */
export class ServiceStartError extends Error {
  override readonly name = 'ServiceStartError';
  readonly exit: Exit | undefined;
  readonly output: string;

  constructor(reason: string, exit: Exit | undefined, output: string) {
    super(`${reason}\n--- output ---\n${output}`);
    this.exit = exit;
    this.output = output;
  }
}

export const projectRoot = resolve(import.meta.dirname, '../..');

const startLimitMs = 20_000;
const stopLimitMs = 20_000;
const listening = /listening on (https?:\/\/[^\s"',]+)/;

const settingNames = [
  'NODE_ENV',
  'HOST',
  'PORT',
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
  'TRUST_PROXY',
  'CORS_ORIGINS',
  'IN_FLIGHT_MAX',
  'EXPORTS_MAX',
  'EXPORT_MINUTES',
  'SESSION_IDLE_MINUTES',
  'SESSION_HOURS',
  'KEY_READS_PER_SECOND',
  'KEY_WRITES_PER_SECOND',
  'IMPORT_MIB_MAX',
  'IMPORT_IDLE_SECONDS',
  'IMPORT_RECEIVING_MAX',
  'IMPORT_REJECTS_MAX',
  'IMPORT_REJECTS_DAYS',
  'IMPORT_STREAMS_MAX',
  'IMPORT_TAKEOVER_SECONDS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'DEMO',
  'LOG_LEVEL',
  'NODE_OPTIONS',
  'NODE_TEST_CONTEXT',
];

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'james-test-'));
}

/** The DATABASE_URL of a SQLite file: an absolute path gives four slashes. */
export function sqliteUrl(file: string): string {
  return `sqlite:///${file}`;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { databaseFile, engine = SQLITE } = options;
  const given = options.databaseUrl ?? (databaseFile === undefined ? undefined : sqliteUrl(databaseFile));
  const made = given === undefined ? await engine.freshDatabase() : undefined;
  const databaseUrl = given ?? (made as TestDatabase).url;

  const env = { HOST: '127.0.0.1', PORT: '0', DATABASE_URL: databaseUrl, ...options.env };
  const running = startJames(['serve', ...(options.args ?? [])], env, options);
  let url: string;
  try {
    url = await listeningUrl(running);
  } catch (error) {
    await made?.[Symbol.asyncDispose]();
    throw error;
  }

  const stop = async () => {
    try {
      return await endBy(running, 'SIGTERM');
    } finally {
      await made?.[Symbol.asyncDispose]();
    }
  };
  return {
    url,
    databaseUrl,
    pid: running.pid,
    output: running.output,
    stop,
    kill: async () => {
      await endBy(running, 'SIGKILL');
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

/** Runs one command of James to its end. A command that does not end is killed and rejects. */
export async function runJames(
  args: readonly string[],
  options: Pick<ServiceOptions, 'env' | 'cwd' | 'uid'> = {},
): Promise<Exit & { readonly output: string }> {
  const running = startJames(args, options.env ?? {}, options);
  const exit = await within(running.exited, 60_000);
  if (exit === undefined) {
    await endBy(running, 'SIGKILL');
    throw new Error(`james ${args.join(' ')} did not end\n${running.output()}`);
  }
  return { ...exit, output: running.output() };
}

/** A process of James's that was started and not waited for. */
export type Running = {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  output(): string;
  onOutput(listener: () => void): void;
};

/** Starts one command of James; the caller ends it. */
export function startJames(
  args: readonly string[],
  settings: Settings,
  { cwd = projectRoot, uid }: Pick<ServiceOptions, 'cwd' | 'uid'>,
): Running {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of settingNames) delete env[name];
  for (const [name, value] of Object.entries({ NODE_ENV: 'development', LOG_LEVEL: 'warn', ...settings })) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }

  const child = spawn(process.execPath, [join(projectRoot, 'bin/james.js'), ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);

  let written = '';
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      written += text;
      for (const listener of listeners) listener();
    });
  }
  const exited = new Promise<Exit>((settle) => {
    child.once('error', (error) => {
      written += String(error);
      settle({ code: null, signal: null });
    });
    child.once('close', (code, signal) => {
      process.removeListener('exit', killWithTest);
      settle({ code, signal });
    });
  });
  return {
    child,
    pid: child.pid ?? -1,
    exited,
    output: () => written,
    onOutput: (listener) => {
      listeners.push(listener);
    },
  };
}

async function listeningUrl(running: Running): Promise<string> {
  const ready = new Promise<string>((settle) => {
    running.onOutput(() => {
      // A chunk may end within the address: only a whole line, or the end of one, is read.
      const found = listening.exec(running.output().replace(/[^\n]*$/, ''));
      if (found?.[1] !== undefined) settle(found[1]);
    });
  });
  const outcome = await within(Promise.race([ready, running.exited]), startLimitMs);
  if (typeof outcome === 'string') return outcome;
  if (outcome === undefined) {
    await endBy(running, 'SIGKILL');
    throw new ServiceStartError('james serve was not ready in time', undefined, running.output());
  }
  const how = outcome.signal ?? `code ${outcome.code}`;
  throw new ServiceStartError(`james serve ended with ${how} before it was ready`, outcome, running.output());
}

async function endBy(running: Running, signal: NodeJS.Signals): Promise<Exit> {
  if (running.child.exitCode === null && running.child.signalCode === null) running.child.kill(signal);
  const exit = await within(running.exited, stopLimitMs);
  if (exit !== undefined) return exit;
  running.child.kill('SIGKILL');
  await running.exited;
  throw new Error(`james (process ${running.pid}) did not end after ${signal}\n${running.output()}`);
}

async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((settle) => {
    timer = setTimeout(() => settle(undefined), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
