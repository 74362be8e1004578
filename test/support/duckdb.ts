// DuckDB, which knows nothing of James: what it reads from an export's Parquet file is what an analyst would.

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface DuckDB extends AsyncDisposable {
  /** The rows of a query, each value as text. */
  rows(query: string): Promise<Record<string, string | null>[]>;
}

export async function duckDb(): Promise<DuckDB> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection: DuckDBConnection = await instance.connect();
  return {
    async rows(query) {
      const reader = await connection.runAndReadAll(query);
      return reader
        .getRowObjects()
        .map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
          ),
        );
    },
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
