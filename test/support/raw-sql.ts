// SQL of the test's own on a database, past James: to look at what is stored, and to damage it.

import pg from 'pg';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { openConnection } from '../../src/store/sqlite/sqlite-connection.ts';

/** Runs one statement; the rows of a query, each as an array. */
export async function rawRows(address: DatabaseAddress, statement: string): Promise<unknown[][]> {
  if (address.engine === 'sqlite') {
    const connection = openConnection(address.file, { create: false });
    try {
      const prepared = connection.prepare(statement);
      if (prepared.reader) return prepared.raw().all() as unknown[][];
      prepared.run();
      return [];
    } finally {
      connection.close();
    }
  }
  const client = new pg.Client({ connectionString: address.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return rows;
  } finally {
    await client.end();
  }
}
