// A reader who copies a document's commands into a shell, one block after the other, in a folder that looks like the
// project. Nothing in a command tells that it runs in a test: curl's own settings lead localhost:8080 to the port
// that the server got, and the document's PostgreSQL is a database of the test.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestDatabase, TestEngine } from '../support/engines.ts';
import { POSTGRES } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { projectRoot } from '../support/service.ts';

/** The databases of documents that show PostgreSQL, each with a name of its own. */
const POSTGRES_URL = /postgresql:\/\/james:secret@db\.bank\.example\/(\w+)\?sslmode=verify-full/g;
/** Everything else of the project is there for a reader; these a command could change. */
const NOT_LINKED = new Set(['.git', 'james.sqlite']);
const BLOCK_LIMIT_MS = 120_000;
const LISTENING = /listening on https?:\/\/[^:\s]+:(\d+)/;

export interface BlockResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** node_modules is there already, so `npm install` has nothing to do; .ci/run does it in a clean clone. */
const NPM = `#!/bin/sh
if [ "$1" = install ]; then exit 0; fi
PATH="\${PATH#*:}"
exec npm "$@"
`;

export class Reader implements AsyncDisposable {
  readonly folder: string;
  readonly #home: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #databases: TestDatabase[] = [];
  readonly #postgresUrls = new Map<string, string>();
  #server: ChildProcess | undefined;
  #serverOutput = '';

  private constructor() {
    this.#home = mkdtempSync(join(tmpdir(), 'james-reader-'));
    this.folder = join(this.#home, 'james');
    mkdirSync(this.folder);
    for (const name of readdirSync(projectRoot)) {
      if (!NOT_LINKED.has(name)) symlinkSync(join(projectRoot, name), join(this.folder, name));
    }
    const bin = join(this.#home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), NPM);
    chmodSync(join(bin, 'npm'), 0o755);
    this.#env = {
      PATH: [bin, process.env['PATH']].join(delimiter),
      HOME: this.#home,
      TMPDIR: tmpdir(),
      LANG: 'C.UTF-8',
      PORT: '0',
      npm_config_update_notifier: 'false',
    };
  }

  /** On PostgreSQL a document that says nothing of a database finds one in DATABASE_URL, as a bank's engineer would. */
  static async on(engine: TestEngine): Promise<Reader> {
    const reader = new Reader();
    if (engine === POSTGRES) reader.#env['DATABASE_URL'] = await reader.#freshDatabase();
    return reader;
  }

  async #freshDatabase(): Promise<string> {
    const database = await POSTGRES.freshDatabase();
    this.#databases.push(database);
    return database.url;
  }

  /** Runs one block in a shell that knows the variables and the folder of the blocks before. */
  async run(commands: string): Promise<BlockResult> {
    const state = join(this.#home, 'state');
    const script = [
      `if [ -e '${state}' ]; then . '${state}'; fi`,
      `trap '{ export -p; echo cd "$PWD"; } >"${state}"' EXIT`,
      'set -ae',
      await this.#withDatabase(commands),
    ].join('\n');
    const child = this.#spawn('bash', ['-c', script]);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const late = setTimeout(() => end(child, 'SIGKILL'), BLOCK_LIMIT_MS);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(late);
    return { code, stdout: this.#asShown(stdout), stderr: this.#asShown(stderr) };
  }

  /** Starts a server, in place of the one before, and leads localhost:8080 to it. */
  async serve(commands: string): Promise<void> {
    await this.stop();
    const state = join(this.#home, 'state');
    const script = `if [ -e '${state}' ]; then . '${state}'; fi\n${await this.#withDatabase(commands)}`;
    const server = this.#spawn('bash', ['-c', script]);
    this.#server = server;
    this.#serverOutput = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#serverOutput += text;
      });
    }
    const port = () => LISTENING.exec(this.#serverOutput.replace(/[^\n]*$/, ''))?.[1];
    await until(() => {
      assert.equal(server.exitCode, null, `the server ended: ${this.#serverOutput}`);
      return port() !== undefined;
    }, `the server listens: ${commands}`);
    writeFileSync(
      join(this.#home, '.curlrc'),
      `connect-to = "localhost:8080:127.0.0.1:${port()}"\nfail-with-body\n`,
    );
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const gone = once(server, 'close');
    if (server.exitCode === null) end(server, 'SIGTERM');
    const late = setTimeout(() => end(server, 'SIGKILL'), BLOCK_LIMIT_MS);
    await gone;
    clearTimeout(late);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    for (const database of this.#databases) await database[Symbol.asyncDispose]();
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #withDatabase(commands: string): Promise<string> {
    for (const [shown] of commands.matchAll(POSTGRES_URL)) {
      if (!this.#postgresUrls.has(shown)) this.#postgresUrls.set(shown, await this.#freshDatabase());
    }
    return commands.replace(POSTGRES_URL, (shown) => this.#postgresUrls.get(shown) ?? shown);
  }

  /** What was written, with the document's databases in place of the test's, as James writes them: without a password. */
  #asShown(written: string): string {
    return [...this.#postgresUrls].reduce(
      (text, [shown, real]) => text.replaceAll(withoutSecrets(real), withoutSecrets(shown)),
      written,
    );
  }

  /** In a group of its own, so that npm, its shell and what that starts can be ended together. */
  #spawn(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, {
      cwd: this.folder,
      env: this.#env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endWithTest = () => end(child, 'SIGKILL');
    process.once('exit', endWithTest);
    child.once('close', () => process.removeListener('exit', endWithTest));
    return child;
  }
}

function withoutSecrets(databaseUrl: string): string {
  return databaseUrl.replace(/:[^:@/]*@/, '@').replace(/\?.*$/, '');
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}
