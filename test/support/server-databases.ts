// Databases on a server that a test has started for itself, and statements of the test's own on them.

import pg from 'pg';
import type { PostgresServer } from './postgres-server.ts';
import { rawRows } from './raw-sql.ts';

/** Runs one statement; the rows of a query, each as an array. */
export function onDatabase(url: string, statement: string): Promise<unknown[][]> {
  return rawRows({ engine: 'postgres', url }, statement);
}

/** An empty database on a server; its URL. It goes with the server. */
export async function createDatabase(server: PostgresServer, name: string): Promise<string> {
  await onDatabase(server.url('postgres'), `CREATE DATABASE ${name}`);
  return server.url(name);
}

/** A connection of the test's own that may be ended by the server at any time. */
export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Begins a transaction with a statement, whose locks it holds; call what it gives to let them go. */
export async function holdLocks(url: string, statement: string): Promise<() => Promise<void>> {
  const client = await connectTo(url);
  await client.query('BEGIN');
  await client.query(statement);
  return () => client.end();
}

/** Processes of the server at work for James in a database, within a transaction or a statement: their ids. */
export const AT_WORK_FOR_JAMES = `SELECT pid FROM pg_stat_activity
  WHERE application_name = 'james' AND state <> 'idle' AND datname = current_database()`;

/** Ends James's connections to a database, idle ones too. */
export async function disconnectJames(url: string): Promise<void> {
  await onDatabase(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'james' AND datname = current_database()`,
  );
}
