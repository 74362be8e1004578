// SQL of the test's own on a database, past James: to look at what is stored, and to damage it.

import Database from 'better-sqlite3';
import pg from 'pg';
import type { DatabaseAddress } from '../../src/store/database-address.ts';

type Run = (statement: string) => Promise<unknown[][]>;

interface Session {
  /** One statement; the rows of a query, each as an array. */
  readonly run: Run;
  /** Any number of statements. */
  readonly script: (statements: string) => Promise<unknown>;
}

async function onDatabase<Answer>(
  address: DatabaseAddress,
  work: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  if (address.engine === 'sqlite') {
    const connection = new Database(address.file);
    try {
      return await work({
        run: async (statement) => {
          const prepared = connection.prepare(statement);
          if (prepared.reader) return prepared.raw().all() as unknown[][];
          prepared.run();
          return [];
        },
        script: async (statements) => connection.exec(statements),
      });
    } finally {
      connection.close();
    }
  }
  const client = new pg.Client({ connectionString: address.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work({
      run: async (text) => (await client.query<unknown[]>({ text, rowMode: 'array' })).rows,
      script: (statements) => client.query(statements),
    });
  } finally {
    await client.end();
  }
}

/** Runs one statement; the rows of a query, each as an array. */
export function rawRows(address: DatabaseAddress, statement: string): Promise<unknown[][]> {
  return onDatabase(address, ({ run }) => run(statement));
}

const TABLES = {
  sqlite: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
  postgres: 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename',
} as const;

/** Every row of every table. */
export function rawContent(address: DatabaseAddress): Promise<Record<string, unknown[][]>> {
  return onDatabase(address, async ({ run }) => {
    const content: Record<string, unknown[][]> = {};
    for (const [table] of await run(TABLES[address.engine])) {
      content[String(table)] = await run(`SELECT * FROM ${table} ORDER BY 1, 2`);
    }
    return content;
  });
}

const UNGUARDED = {
  sqlite: 'PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON',
  postgres: 'SET session_replication_role = replica',
} as const;

/** Statements that no foreign key stands against. */
export function rawDamage(address: DatabaseAddress, statements: string): Promise<void> {
  return onDatabase(address, async ({ script }) => {
    await script(UNGUARDED[address.engine]);
    await script(statements);
  });
}

/** Keeps every writer of a database waiting; call what it gives to let them go on. */
export async function holdWriters(address: DatabaseAddress): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const holding = onDatabase(address, async ({ script }) => {
    await script(
      address.engine === 'sqlite' ? 'BEGIN IMMEDIATE' : 'BEGIN; LOCK TABLE bank IN EXCLUSIVE MODE',
    );
    held.resolve();
    await over.promise;
    await script('ROLLBACK');
  });
  await Promise.race([held.promise, holding]);
  return () => {
    over.resolve();
    return holding;
  };
}
