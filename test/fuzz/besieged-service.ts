// The service that is fuzzed: with secrets of its own, which must appear nowhere, and a log that is read as it is written.

import type { TestDatabase, TestEngine } from '../support/engines.ts';
import { tokenOf } from '../support/james-client.ts';
import { until } from '../support/polling.ts';
import { type Exit, runJames, type Service, startService } from '../support/service.ts';
import { developmentKey } from '../support/v1-client.ts';
import { leakIn } from './leaks.ts';

const API_KEY = 'the-api-key-of-the-fuzz-test';
const AUTH_SECRET = 'the-auth-secret-of-the-fuzz-test-long-enough';
const DATABASE_PASSWORD = 'the-database-password-of-the-fuzz-test';

const ERROR_LEVEL = 50;

/** What it says of its start, to people, ends with this line. */
const WHOLE_GREETING = /^ {2}try it .*\n/m;

/** The same address with a password; the servers of tests let everybody in, with whatever password. */
function withPassword(url: string): string {
  if (!url.startsWith('postgres')) return url;
  return Object.assign(new URL(url), { password: DATABASE_PASSWORD }).toString();
}

function lineFault(line: string, secrets: readonly string[]): string | undefined {
  let level: unknown;
  try {
    level = (JSON.parse(line) as { level?: unknown }).level;
  } catch {
    return 'is not of the log';
  }
  if (typeof level !== 'number' || level >= ERROR_LEVEL) return 'tells of a fault';
  const leak = leakIn(line, secrets);
  return leak === undefined ? undefined : `tells ${leak}`;
}

export class BesiegedService implements AsyncDisposable {
  readonly apiKeys: readonly string[] = [API_KEY, developmentKey];
  /** What nobody may ever be told. */
  readonly secrets: readonly string[];
  readonly #database: TestDatabase;
  readonly #service: Service;
  #outputRead: number;

  static async start(engine: TestEngine): Promise<BesiegedService> {
    const database = await engine.freshDatabase();
    try {
      const service = await startService({
        databaseUrl: withPassword(database.url),
        env: { API_KEY, AUTH_SECRET, LOG_LEVEL: 'info', DEMO: 'no', INSTALLMENT_ROUNDING: 'down' },
      });
      await until(() => WHOLE_GREETING.test(service.output()), 'the service has said where it is');
      return new BesiegedService(database, service);
    } catch (error) {
      await database[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(database: TestDatabase, service: Service) {
    this.#database = database;
    this.#service = service;
    const hashes = [API_KEY, tokenOf(API_KEY), tokenOf(tokenOf(API_KEY))];
    const where = database.address.engine === 'sqlite' ? [database.address.file] : [];
    this.secrets = [...hashes, AUTH_SECRET, DATABASE_PASSWORD, ...where];
    // What it says of its start names its database, as it should.
    this.#outputRead = service.output().length;
  }

  get url(): string {
    return this.#service.url;
  }

  /** Whether the process is there and answers. */
  async isAlive(): Promise<boolean> {
    try {
      process.kill(this.#service.pid, 0);
      const { status } = await fetch(`${this.url}/healthz`);
      return status === 200;
    } catch {
      return false;
    }
  }

  /** What is wrong with what it has written since the last time, or undefined. */
  logFault(): string | undefined {
    const written = this.#service.output().slice(this.#outputRead);
    const whole = written.slice(0, written.lastIndexOf('\n') + 1);
    this.#outputRead += whole.length;
    for (const line of whole.split('\n')) {
      const fault = line === '' ? undefined : lineFault(line, this.secrets);
      if (fault !== undefined) return `a line that it writes ${fault}: ${line.slice(0, 2_000)}`;
    }
    return undefined;
  }

  lastWords(): string {
    return this.#service.output().slice(-5_000);
  }

  /** Stops it and verifies its database: what is wrong, or undefined. */
  async stopAndVerify(): Promise<string | undefined> {
    let exit: Exit;
    try {
      exit = await this.#service.stop();
    } catch (error) {
      return (error as Error).message;
    }
    const log = this.logFault();
    if (exit.code !== 0) return `it ended with ${exit.signal ?? `code ${exit.code}`}`;
    if (log !== undefined) return log;
    const { code, output } = await runJames(['verify'], { env: { DATABASE_URL: this.#database.url } });
    return code === 0 ? undefined : `james verify ended with code ${code}: ${output}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service.stop().catch(() => undefined);
    await this.#database[Symbol.asyncDispose]();
  }
}
