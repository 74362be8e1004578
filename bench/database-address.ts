// The address that a DATABASE_URL of the benchmark stands for: it makes them all itself.

import type { DatabaseAddress } from '../src/store/database-address.ts';

const SQLITE = /^sqlite:\/\/\//;

export function databaseAddress(url: string): DatabaseAddress {
  return SQLITE.test(url) ? { engine: 'sqlite', file: url.replace(SQLITE, '') } : { engine: 'postgres', url };
}
