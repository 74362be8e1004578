// Connections to PostgreSQL the way James needs them: every commit durable, every wait bounded, and a round trip shared
// by statements that don't need one another's answers (pg's pipelining).

import pg from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { addressText } from '../database-address.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { asStoreUnavailable } from './postgres-faults.ts';

/** The oldest server that James runs on. */
const SERVER_VERSION_MIN = 150_000;

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 10_000;
/** A process that hangs within a transaction loses its locks after this. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** A server that doesn't answer at all is given up after this; more than the server's own limits. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
const IDLE_CONNECTION_MS = 60_000;

const INT8 = 20;
const NUMERIC = 1700;

/** Bigint columns stay below 2^53 (schema); sums are numeric and may not. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: unknown) {
    if (oid === INT8) return Number;
    if (oid === NUMERIC) return BigInt;
    return pg.types.getTypeParser(oid, format as never);
  },
};

export interface ConnectionLimits {
  /** Whether waits are bounded: not for migrations and audits, which take as long as they take. */
  readonly bounded: boolean;
  /** Whether the server's own default would answer a commit before it is on disk. */
  readonly forceDurable?: boolean;
}

/** The settings of a connection to the database of a URL. */
export function clientConfig(url: string, { bounded, forceDurable }: ConnectionLimits): pg.ClientConfig {
  const config = toClientConfig(parse(url, { useLibpqCompat: true })) as pg.ClientConfig;
  const options = [
    config.options,
    forceDurable ? '-c synchronous_commit=on' : undefined,
    bounded ? `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c lock_timeout=${LOCK_TIMEOUT_MS}` : undefined,
    bounded ? `-c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_TIMEOUT_MS}` : undefined,
  ].filter((option) => option !== undefined);
  return {
    application_name: 'james',
    ...config,
    ...(options.length === 0 ? {} : { options: options.join(' ') }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(bounded ? { query_timeout: ANSWER_TIMEOUT_MS } : {}),
    keepAlive: true,
    types: TYPES,
  };
}

const NO_TLS = /does not support SSL/;

/** A URL with sslmode=prefer, as the server takes it: with TLS where it speaks TLS, else without. */
export async function withTlsSettled(url: string): Promise<string> {
  if (!/[?&]sslmode=prefer\b/.test(url)) return url;
  try {
    await (await connectOnce(url)).end();
    return url;
  } catch (error) {
    if (error instanceof Error && NO_TLS.test(error.message)) {
      return url.replace('sslmode=prefer', 'sslmode=disable');
    }
    throw error;
  }
}

/** One connection for work that takes as long as it takes; the caller ends it. */
export async function connectOnce(url: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(url, { bounded: false }));
  // Without a listener a connection that breaks would end the process; the statement under way fails anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw asStoreUnavailable(error, addressText({ engine: 'postgres', url }));
  }
}

/** A pool of connections that pipeline, opened as they are needed; a broken one is replaced at the next use. */
export function openPool(url: string, max: number, forceDurable: boolean): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(url, { bounded: true, forceDurable }),
    pipeline: true,
    max,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
  } as pg.PoolConfig);
  pool.on('error', () => undefined);
  return pool;
}

interface ServerSettings {
  readonly version: number;
  readonly synchronous_commit: string;
}

/** Refuses a server that is too old; tells whether its default must be overruled for commits to be durable. */
export async function serverSettings(client: pg.Client, where: string): Promise<{ forceDurable: boolean }> {
  const { rows } = await client.query<ServerSettings>(
    `SELECT current_setting('server_version_num')::int AS version,
       current_setting('synchronous_commit') AS synchronous_commit`,
  );
  const { version, synchronous_commit: commit } = rows[0] as ServerSettings;
  if (version < SERVER_VERSION_MIN) {
    throw new StoreUnavailable(
      'server-too-old',
      `${where}: the server is PostgreSQL ${Math.floor(version / 10_000)}; James needs 15 or later`,
    );
  }
  return { forceDurable: commit === 'off' };
}

/**
 * Answers of statements that were sent together, in order. The first that failed is thrown: what came after it in the
 * same transaction failed for its sake.
 */
export async function together<Answers extends readonly unknown[]>(
  ...statements: { readonly [Index in keyof Answers]: Promise<Answers[Index]> }
): Promise<Answers> {
  const settled = await Promise.allSettled(statements);
  return settled.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }) as unknown as Answers;
}
