// A server as a bank runs it: in production, on a database that the command has made before, with keys of its own.

import type { TestDatabase } from './engines.ts';
import { runJames, type Service, type Settings, startService } from './service.ts';

export const API_KEY = 'the-bank-s-own-key-of-these-tests';
export const AUTH_SECRET = 'a-secret-of-these-tests-that-is-long-enough';

export function productionSettings(database: TestDatabase, settings: Settings = {}): Settings {
  return { NODE_ENV: 'production', DATABASE_URL: database.url, API_KEY, AUTH_SECRET, ...settings };
}

export async function startInProduction(database: TestDatabase, settings: Settings = {}): Promise<Service> {
  const env = productionSettings(database, settings);
  const made = await runJames(['init-db'], { env });
  if (made.code !== 0) throw new Error(`james init-db ended with ${made.code}\n${made.output}`);
  return startService({ databaseUrl: database.url, env });
}
