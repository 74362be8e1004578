// Where a bank runs that is to be killed: a database, the server of it where there is one, and James on it. Kills only
// what it has started, each process by its id.

import { readFileSync } from 'node:fs';
import { postgresEngine, SQLITE, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { rawRows } from '../support/raw-sql.ts';
import { type Service, startService } from '../support/service.ts';

/** How James runs, and what is killed with it. */
export interface Way {
  readonly workers: number;
  /** Whether PostgreSQL crashes too; it is started again before the next James is, or before this one is killed. */
  readonly server:
    | 'stays'
    | 'crashes before'
    | 'crashes at once'
    | 'crashes after'
    | 'crashes and returns before';
}

const ONE_PROCESS: Way = { workers: 1, server: 'stays' };
const TWO_WORKERS: Way = { workers: 2, server: 'stays' };
/** The few kills of `npm test` take the first four. */
const POSTGRES_WAYS: readonly Way[] = [
  ONE_PROCESS,
  TWO_WORKERS,
  { workers: 2, server: 'crashes at once' },
  { workers: 1, server: 'crashes and returns before' },
  ONE_PROCESS,
  TWO_WORKERS,
  { workers: 1, server: 'crashes before' },
  TWO_WORKERS,
  ONE_PROCESS,
  { workers: 2, server: 'crashes after' },
];

export function wayText({ workers, server }: Way): string {
  const james = workers === 1 ? 'one process' : `${workers} workers`;
  return server === 'stays' ? james : `${james}, PostgreSQL ${server}`;
}

export interface Site {
  readonly name: string;
  /** Ways to kill, taken by turns. */
  readonly ways: readonly Way[];
  freshDatabase(): Promise<TestDatabase>;
  /** Undefined where the database needs no server. */
  readonly server: PostgresServer | undefined;
}

export const SQLITE_SITE: Site = {
  name: 'SQLite',
  ways: [ONE_PROCESS],
  freshDatabase: SQLITE.freshDatabase,
  server: undefined,
};

/** On a server that nobody else uses. */
export function postgresSite(server: PostgresServer): Site {
  const engine: TestEngine = postgresEngine('PostgreSQL', server.url('postgres'));
  return { name: engine.name, ways: POSTGRES_WAYS, freshDatabase: engine.freshDatabase, server };
}

/** The processes that a server with workers has started. */
function workersOf({ pid }: Service): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // A worker whose first process has gone may have ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** SIGKILL of every process of a service, its first one first or last. */
async function killService(service: Service, { workers }: Way, firstIsFirst: boolean): Promise<void> {
  const started = workers === 1 ? [] : workersOf(service);
  for (const pid of firstIsFirst ? [service.pid, ...started] : [...started, service.pid]) killOne(pid);
  // Also waits for the workers, which hold its output open.
  await service.kill();
}

export function startJames({ url }: TestDatabase, { workers }: Way): Promise<Service> {
  return startService({
    databaseUrl: url,
    env: { WORKERS: String(workers), INSTALLMENT_ROUNDING: 'down' },
  });
}

interface Killing {
  readonly server: PostgresServer | undefined;
  readonly service: Service;
  readonly way: Way;
  readonly firstIsFirst: boolean;
  /** Resolves when James has answered all that it has begun; no more is sent then. */
  readonly answered: () => Promise<unknown>;
}

/** Kills James, and PostgreSQL where the way says so; PostgreSQL runs again when this resolves. */
export async function kill({ server, service, way, firstIsFirst, answered }: Killing): Promise<void> {
  const killed = () => killService(service, way, firstIsFirst);
  if (server === undefined || way.server === 'stays') return killed();
  if (way.server === 'crashes after') await killed();
  await Promise.all([server.crash(), way.server === 'crashes at once' ? killed() : undefined]);
  if (way.server === 'crashes before') await killed();
  await server.restart();
  if (way.server === 'crashes and returns before') {
    await answered();
    await killed();
  }
}

const SESSIONS = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;

async function sessions({ address }: TestDatabase): Promise<number[]> {
  if (address.engine === 'sqlite') return [];
  return (await rawRows(address, SESSIONS)).map(([pid]) => Number(pid));
}

/**
 * PostgreSQL may still carry out what it had been sent by processes that are dead. Call this before the next James
 * starts, and what it gives before anything is taken to be missing.
 */
export async function leftSessions(database: TestDatabase): Promise<() => Promise<void>> {
  const left = await sessions(database);
  return () =>
    until(async () => {
      const now = await sessions(database);
      return !left.some((pid) => now.includes(pid));
    }, 'PostgreSQL has ended what dead processes had begun');
}
