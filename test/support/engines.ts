// The engines that a test runs on, and an empty place for a database on each. The servers are started by test/run.ts,
// which tells their addresses in the environment.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseAddress } from '../../src/store/database-address.ts';

/** An empty place for a database; nothing is in it until James makes it. */
export interface TestDatabase extends AsyncDisposable {
  /** What DATABASE_URL is set to. */
  readonly url: string;
  readonly address: DatabaseAddress;
  /** Another database with the same in it; nobody may be connected to this one. */
  copy(): Promise<TestDatabase>;
}

export interface TestEngine {
  readonly name: string;
  freshDatabase(): Promise<TestDatabase>;
}

/** Servers by the environment variable that holds their URL, as test/run.ts sets it. */
export const SERVER_VARIABLES = {
  embedded: 'JAMES_TEST_POSTGRES',
  machine: 'JAMES_TEST_POSTGRES_MACHINE',
} as const;

function sqliteDatabase(): TestDatabase & { readonly file: string } {
  const directory = mkdtempSync(join(tmpdir(), 'james-test-'));
  const file = join(directory, 'james.sqlite');
  return {
    file,
    url: `sqlite:///${file}`,
    address: { engine: 'sqlite', file },
    copy: async () => {
      const other = sqliteDatabase();
      copyFileSync(file, other.file);
      return other;
    },
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

export const SQLITE: TestEngine = { name: 'SQLite', freshDatabase: async () => sqliteDatabase() };

/** The template is in use while another test copies it. */
const CREATE_TRIES = 100;
const CREATE_PAUSE_MS = 20;

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let databases = 0;

/** A database of its own on a server, a copy of the template; dropped with whoever is still connected. */
async function postgresDatabase(serverUrl: string, template: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${++databases}`;
  for (let tries = 1; ; tries++) {
    try {
      await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
      break;
    } catch (error) {
      if (tries === CREATE_TRIES) throw error;
      await sleep(CREATE_PAUSE_MS);
    }
  }
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString();
  return {
    url,
    address: { engine: 'postgres', url },
    copy: () => postgresDatabase(serverUrl, name),
    [Symbol.asyncDispose]: () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** An engine on a server that the caller started. */
export function postgresEngine(name: string, serverUrl: string): TestEngine {
  return { name, freshDatabase: () => postgresDatabase(serverUrl, 'template0') };
}

function postgresOn(variable: string): TestEngine | undefined {
  const told = process.env[variable];
  if (!told) return undefined;
  const [name = '', url = ''] = told.split('|');
  return postgresEngine(name, url);
}

/** PostgreSQL as npm brings it. */
export const POSTGRES: TestEngine = postgresOn(SERVER_VARIABLES.embedded) ?? {
  name: 'PostgreSQL',
  freshDatabase() {
    throw new Error('no PostgreSQL server for the tests: run them by npm test, which starts one');
  },
};

export const ENGINES: readonly TestEngine[] = [SQLITE, POSTGRES];

/** npm's PostgreSQL and, where the machine has one, its own. */
export const POSTGRES_ENGINES: readonly TestEngine[] = [
  POSTGRES,
  ...[postgresOn(SERVER_VARIABLES.machine)].filter((engine) => engine !== undefined),
];

export const EVERY_ENGINE: readonly TestEngine[] = [SQLITE, ...POSTGRES_ENGINES];

/** A suite once for each engine; what it says holds on each. */
export function onEachEngine(
  suite: (engine: TestEngine) => void,
  engines: readonly TestEngine[] = ENGINES,
): void {
  for (const engine of engines) describe(`on ${engine.name}`, () => suite(engine));
}
