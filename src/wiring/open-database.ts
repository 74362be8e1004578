// From settings to an open store, with every check that must pass before anything is served or imported.

import type { Settings } from '../config.ts';
import { USD } from '../domain/money.ts';
import type { Auditor } from '../store/audit.ts';
import { addressText } from '../store/database-address.ts';
import type { SchemaChange } from '../store/schema-change.ts';
import type { Bank, Store } from '../store/store.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import { auditorOf, createOrMigrate, databaseExists, type OpenOptions, openStore } from './engines.ts';

const TIME_ZONE_DEFAULT = 'UTC';

/** Creates or migrates the database of the settings. What an existing one fixes (currency, time zone) it keeps. */
export function initDatabase(settings: Settings): Promise<SchemaChange> {
  const bank: Bank = {
    currency: settings.currency ?? USD,
    timeZone: settings.timeZone ?? TIME_ZONE_DEFAULT,
  };
  return createOrMigrate(settings.database, bank, Date.now(), settings.lanes);
}

/** Opens the database of the settings; refuses one that was created for another currency or time zone. */
export async function openDatabase(
  settings: Settings,
  options: Omit<OpenOptions, 'pool'> = {},
): Promise<Store> {
  const store = await openStore(settings.database, { ...options, pool: settings.databasePool });
  const { currency, timeZone } = store.bank;
  const faults: string[] = [];
  if (settings.currency !== undefined && settings.currency.code !== currency.code) {
    faults.push(`CURRENCY is ${settings.currency.code}, the database was created with ${currency.code}`);
  }
  if (settings.timeZone !== undefined && settings.timeZone !== timeZone) {
    faults.push(`BANK_TIME_ZONE is ${settings.timeZone}, the database was created with ${timeZone}`);
  }
  if (faults.length === 0) return store;
  await store.close();
  throw new StoreUnavailable('other-bank', `${addressText(settings.database)}: ${faults.join('; ')}`);
}

/** The auditor of the database of the settings. */
export function openAuditor(settings: Settings): Auditor {
  return auditorOf(settings.database);
}

/** For commands that only look: an existing database is brought to the current schema in development, none is made. */
export async function openForReading(settings: Settings): Promise<Store> {
  if (settings.mode === 'development' && (await databaseExists(settings.database)))
    await initDatabase(settings);
  return openDatabase(settings, { compacts: false });
}

/** In development the database is made and migrated at start; in production a command does that first. */
export async function openForServing(
  settings: Settings,
  options: Omit<OpenOptions, 'pool'> = {},
): Promise<Store> {
  if (settings.mode === 'development') await initDatabase(settings);
  return openDatabase(settings, options);
}
