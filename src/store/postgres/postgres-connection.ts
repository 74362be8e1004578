// Connections to PostgreSQL the way James needs them: every commit durable, every wait bounded, and a round trip shared
// by statements that don't need one another's answers (pg's pipelining).

import pg from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { addressText } from '../database-address.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { asStoreUnavailable } from './postgres-faults.ts';

/** The oldest server that James runs on. */
const SERVER_VERSION_MIN = 150_000;

const CONNECT_TIMEOUT_SECONDS = 5;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 10_000;
/** A server that doesn't answer at all is given up a little later than it should have given up by itself. */
const answerTimeoutMs = (statementMs: number) => Math.ceil((statementMs * 7) / 6);
const IDLE_CONNECTION_MS = 60_000;
/** An idle connection whose other end has vanished is noticed some seconds after this. */
const KEEP_ALIVE_MS = 10_000;

/** How long a server may take to hang up. */
const GOODBYE_MS = 1_000;

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
  /** Whether commits are answered before they are on disk, whatever the server's default. */
  readonly isLazy?: boolean | undefined;
  /** Whether all statements find their rows by keys. */
  readonly isKeyed?: boolean;
}

// A plan that was made while a table was small, or before the server has counted it, must not read all of it: it would be
// used for as long as the connection lives, or until the server counts anew.
const KEYED = [
  '-c plan_cache_mode=force_generic_plan',
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'memoize'].map((way) => `-c enable_${way}=off`),
].join(' ');

/** How long to wait, where the URL says so: as in libpq in seconds for a connection, else in milliseconds. */
interface UrlLimits {
  readonly connect_timeout?: string;
  readonly statement_timeout?: string;
  readonly lock_timeout?: string;
}

/** The settings of a connection to the database of a URL. */
export function clientConfig(
  url: string,
  { bounded, forceDurable, isLazy, isKeyed }: ConnectionLimits,
): pg.ClientConfig {
  const {
    connect_timeout: connectSeconds = CONNECT_TIMEOUT_SECONDS,
    statement_timeout: statementMs = STATEMENT_TIMEOUT_MS,
    lock_timeout: lockMs = LOCK_TIMEOUT_MS,
    ...config
  } = toClientConfig(parse(url, { useLibpqCompat: true })) as pg.ClientConfig & UrlLimits;
  const options = [
    config.options,
    isLazy ? '-c synchronous_commit=off' : forceDurable ? '-c synchronous_commit=on' : undefined,
    isKeyed ? KEYED : undefined,
    bounded ? `-c statement_timeout=${statementMs} -c lock_timeout=${lockMs}` : undefined,
    // A process that hangs within a transaction loses its locks after this.
    bounded ? `-c idle_in_transaction_session_timeout=${statementMs}` : undefined,
  ].filter((option) => option !== undefined);
  return {
    application_name: 'james',
    ...config,
    ...(options.length === 0 ? {} : { options: options.join(' ') }),
    connectionTimeoutMillis: Number(connectSeconds) * 1000,
    ...(bounded ? { query_timeout: answerTimeoutMs(Number(statementMs)) } : {}),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
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

/** A client that is not connected yet; throws StoreUnavailable where the URL, or its files for TLS, can't be read. */
function clientOf(url: string, where: string): pg.Client {
  try {
    const client = new pg.Client(clientConfig(url, { bounded: false }));
    // Without a listener a connection that breaks would end the process; the statement under way fails anyway.
    client.on('error', () => undefined);
    return client;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = error instanceof URIError ? 'the URL is malformed' : 'no secure connection';
    throw new StoreUnavailable('unreachable', `${where}: ${what} (${reason})`, error);
  }
}

/** Why a connection was not opened: whatever the server says then, it is no programmer's error. */
function refusalOf(error: unknown, where: string): unknown {
  const fault = asStoreUnavailable(error, where);
  if (!(fault instanceof pg.DatabaseError)) return fault;
  const text = `${where}: the server refused the connection (${fault.code}: ${fault.message})`;
  return new StoreUnavailable('unreachable', text, fault);
}

/** One connection for work that takes as long as it takes; the caller ends it. */
export async function connectOnce(url: string): Promise<pg.Client> {
  const where = addressText({ engine: 'postgres', url });
  const client = clientOf(url, where);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw refusalOf(error, where);
  }
}

class ServingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // Where logging in fails on this side the socket is closed: a pool only forgets such a client.
    this.connection.once('error', () => this.connection.stream.destroy());
    const { query } = this;
    this.query = ((...parameters: unknown[]) => {
      // Statements that are sent in one turn go out in one packet, and not each in a few.
      const { stream } = this.connection;
      stream.cork();
      process.nextTick(() => stream.uncork());
      return (query as (...parameters: unknown[]) => unknown).apply(this, parameters);
    }) as typeof query;
  }
}

/** One connection with bounded waits, that is never replaced; the caller ends it. */
export async function openLine(url: string, forceDurable: boolean): Promise<pg.Client> {
  const client = new ServingClient(clientConfig(url, { bounded: true, forceDurable }));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Ends a connection on which nothing is under way; a server that says nothing more is not waited for. */
export async function endLine(client: pg.Client): Promise<void> {
  const goodbye = setTimeout(() => client.connection.stream.destroy(), GOODBYE_MS);
  try {
    await client.end();
  } finally {
    clearTimeout(goodbye);
  }
}

/** A pool of which any connection may break at any time. */
export function calmPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, Client: ServingClient });
  // Without listeners a connection that breaks would end the process, whether it is idle or in use; what is under way
  // on it fails anyway.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A pool of connections that pipeline, opened as they are needed; a broken one is replaced at the next use. */
export function openPool(url: string, max: number, limits: Omit<ConnectionLimits, 'bounded'> = {}): pg.Pool {
  return calmPool({
    ...clientConfig(url, { ...limits, bounded: true }),
    pipeline: true,
    max,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    // A server that never says goodbye must not keep a process alive that has ended its work.
    allowExitOnIdle: true,
  } as pg.PoolConfig);
}

/** Closes what nobody uses: where one connection turned out to be broken, the others may be too. */
export async function closeIdle(pool: pg.Pool): Promise<void> {
  const idle = Array.from({ length: pool.idleCount }, () => pool.connect());
  for (const client of await Promise.allSettled(idle)) {
    if (client.status === 'fulfilled') client.value.release(true);
  }
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
