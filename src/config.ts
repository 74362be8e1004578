// The settings: environment variables, read and checked together, so that one message names everything wrong.

import { createHash } from 'node:crypto';
import path from 'node:path';
import { currencyOf } from './domain/currency.ts';
import type { Currency } from './domain/money.ts';
import { ROUNDINGS, type Rounding } from './domain/rounding.ts';

/** The keys that the original's README names; valid in development and refused in production. */
export const DEVELOPMENT_KEYS: readonly { name: string; key: string }[] = [
  { name: 'development', key: 'secretkeydev' },
  { name: 'development-seekrit', key: 'seekrit' },
];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const SECRET_LENGTH_MIN = 32;

export interface Settings {
  readonly mode: 'development' | 'production';
  readonly host: string;
  readonly port: number;
  /** The file of the embedded database. */
  readonly databaseFile: string;
  /** The API keys of the environment, by the name that records keep. */
  readonly apiKeys: readonly { readonly name: string; readonly key: string }[];
  /** Undefined: the database's own, or the default where it is created. */
  readonly currency: Currency | undefined;
  readonly timeZone: string | undefined;
  readonly rounding: Rounding;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

function sqliteFile(url: string, faults: string[], name: string): string {
  // As in SQLAlchemy: three slashes and a relative path, or four and an absolute one.
  const match = /^sqlite:\/\/\/(.+)$/.exec(url);
  if (match !== null) return path.resolve(match[1] as string);
  faults.push(
    url.startsWith('postgres')
      ? `${name}: PostgreSQL is not supported yet; use sqlite:///name or sqlite:////absolute/path`
      : `${name}: "${url.split('@').at(-1)}" is no database URL; use sqlite:///name or sqlite:////absolute/path`,
  );
  return '';
}

function readDatabaseFile(env: Environment, production: boolean, faults: string[]): string {
  const { DATABASE_URL: url, SQLALCHEMY_URL: alias } = env;
  if (url && alias && url !== alias) {
    faults.push('DATABASE_URL and SQLALCHEMY_URL are both set and differ; set one');
    return '';
  }
  if (url) return sqliteFile(url, faults, 'DATABASE_URL');
  if (alias) return sqliteFile(alias, faults, 'SQLALCHEMY_URL');
  if (production) faults.push('DATABASE_URL is required in production');
  return path.resolve('james.sqlite');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function oneOf<Value extends string>(
  env: Environment,
  name: string,
  values: readonly Value[],
  fallback: Value,
  faults: string[],
): Value {
  const text = env[name] || fallback;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) faults.push(`${name}: "${text}" is not one of ${values.join(', ')}`);
  return value ?? fallback;
}

function readPort(env: Environment, faults: string[]): number {
  const text = env['PORT'] || '8080';
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  faults.push(`PORT: "${text}" is not a number from 0 to 65535`);
  return 0;
}

function readCurrency(env: Environment, faults: string[]): Currency | undefined {
  const code = env['CURRENCY'];
  if (!code) return undefined;
  const currency = currencyOf(code);
  if (currency === undefined) faults.push(`CURRENCY: "${code}" is no ISO 4217 code`);
  return currency;
}

function readTimeZone(env: Environment, faults: string[]): string | undefined {
  const timeZone = env['BANK_TIME_ZONE'];
  if (!timeZone) return undefined;
  if (!isTimeZone(timeZone)) faults.push(`BANK_TIME_ZONE: "${timeZone}" is no IANA time zone`);
  return timeZone;
}

/** What a server in production must not start with; reading commands on the server's machine need none of it. */
function checkSecrets(env: Environment, faults: string[]): void {
  const { API_KEY: apiKey, AUTH_SECRET: secret } = env;
  if (!apiKey) faults.push('API_KEY is required in production');
  const tokens = DEVELOPMENT_KEYS.map(({ key }) => createHash('sha256').update(key).digest('hex'));
  if (apiKey && (DEVELOPMENT_KEYS.some(({ key }) => key === apiKey) || tokens.includes(apiKey))) {
    faults.push('API_KEY is a development key, which anybody knows; choose another');
  }
  if (!secret) faults.push('AUTH_SECRET is required in production');
  else if (secret.length < SECRET_LENGTH_MIN) {
    faults.push(`AUTH_SECRET must have at least ${SECRET_LENGTH_MIN} characters`);
  }
}

/**
 * Reads and checks all settings. `purpose` 'serve' also demands what a server needs in production;
 * 'command' is for the other commands, which an operator runs beside it.
 */
export function readSettings(env: Environment, purpose: 'serve' | 'command'): SettingsReading {
  const faults: string[] = [];
  const mode = oneOf(
    env['NODE_ENV'] === 'test' ? {} : env,
    'NODE_ENV',
    ['development', 'production'],
    'development',
    faults,
  );
  const production = mode === 'production';
  const apiKey = env['API_KEY'];
  const settings: Settings = {
    mode,
    host: env['HOST'] || '127.0.0.1',
    port: readPort(env, faults),
    databaseFile: readDatabaseFile(env, production, faults),
    apiKeys: [
      ...(apiKey ? [{ name: 'environment', key: apiKey }] : []),
      ...(production ? [] : DEVELOPMENT_KEYS),
    ],
    currency: readCurrency(env, faults),
    timeZone: readTimeZone(env, faults),
    rounding: oneOf(env, 'INSTALLMENT_ROUNDING', ROUNDINGS, 'down', faults),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info', faults),
  };
  if (production && purpose === 'serve') checkSecrets(env, faults);
  return faults.length === 0 ? { ok: true, settings } : { ok: false, faults };
}
