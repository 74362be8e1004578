// The settings: environment variables, read and checked together, so that one message names everything wrong.

import { createHash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import path from 'node:path';
import { currencyOf } from './domain/currency.ts';
import type { Currency } from './domain/money.ts';
import { ROUNDINGS, type Rounding } from './domain/rounding.ts';
import type { DatabaseAddress } from './store/database-address.ts';

/** The keys that the original's README names; valid in development and refused in production. */
export const DEVELOPMENT_KEYS: readonly { name: string; key: string }[] = [
  { name: 'development', key: 'secretkeydev' },
  { name: 'development-seekrit', key: 'seekrit' },
];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const SECRET_LENGTH_MIN = 32;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEBIBYTE = 1024 * 1024;

export interface Settings {
  readonly mode: 'development' | 'production';
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseAddress;
  /** How many connections to PostgreSQL each process may hold. */
  readonly databasePool: number;
  /** How many lanes a PostgreSQL database gets when it is created. */
  readonly lanes: number;
  /** How many processes serve. */
  readonly workers: number;
  /** The API keys of the environment, by the name that records keep. */
  readonly apiKeys: readonly { readonly name: string; readonly key: string }[];
  /** Undefined: the database's own, or the default where it is created. */
  readonly currency: Currency | undefined;
  readonly timeZone: string | undefined;
  readonly rounding: Rounding;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Seals the console's sessions. In development, unless given, it changes with every start. */
  readonly authSecret: string;
  readonly sessionLimits: { readonly idleMs: number; readonly absoluteMs: number };
  /** PEM files; undefined: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Addresses and networks of the proxies in front, whose word of the caller's address counts. */
  readonly trustProxy: readonly string[];
  /** Origins whose pages may call; none unless set. */
  readonly corsOrigins: readonly string[];
  /** How many requests a process serves at once; more are turned away. */
  readonly inFlightMax: number;
  /** Whether an empty book may be filled with a made-up bank over HTTP. */
  readonly allowsDemo: boolean;
  /** How many exports a process sends at once, and how long one may take. */
  readonly exportLimits: { readonly atOnce: number; readonly lifeMs: number };
  /** What imports may cost. */
  readonly importLimits: {
    readonly bytesMax: number;
    readonly idleMs: number;
    readonly receivingMax: number;
    readonly rejectsMax: number;
    readonly rejectsKeptMs: number;
    readonly streamsMax: number;
    readonly ownedMs: number;
  };
  /** How many requests a second a key may send that has no limits of its own; null: any number. */
  readonly rates: { readonly readsPerSecond: number | null; readonly writesPerSecond: number | null };
}

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const URL_FORMS =
  'use sqlite:///name, sqlite:////absolute/path or postgresql://user:password@host:5432/name?sslmode=require';
/** Parameters of a URL that say how long PostgreSQL is waited for. */
const URL_LIMITS = [
  ['connect_timeout', 'seconds'],
  ['statement_timeout', 'milliseconds'],
  ['lock_timeout', 'milliseconds'],
] as const;
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** SQLAlchemy names a driver in the URL's scheme, which means nothing here: postgresql+psycopg2://… */
const POSTGRES_SCHEME = /^postgres(?:ql)?(?:\+\w+)?:\/\//;

function postgresAddress(url: string, faults: string[], name: string): DatabaseAddress {
  const plain = url.replace(POSTGRES_SCHEME, 'postgresql://');
  // A URL without a host (a socket path stands in its query) is well-formed for PostgreSQL, not for the URL class.
  const parsable = plain.replace(/^(postgresql:\/\/)([^/@]*@)?(?=[/?]|$)/, '$1$2localhost');
  if (!URL.canParse(parsable)) faults.push(`${name}: it is no PostgreSQL URL; ${URL_FORMS}`);
  else {
    const { pathname, searchParams } = new URL(parsable);
    const sslMode = searchParams.get('sslmode');
    if (pathname.length <= 1) faults.push(`${name}: it names no database; ${URL_FORMS}`);
    if (sslMode !== null && !SSL_MODES.includes(sslMode)) {
      faults.push(`${name}: sslmode "${sslMode}" is not one of ${SSL_MODES.join(', ')}`);
    }
    for (const [limit, unit] of URL_LIMITS) {
      const text = searchParams.get(limit);
      if (text === null || /^[1-9]\d{0,6}$/.test(text)) continue;
      faults.push(`${name}: ${limit} "${text}" is not a number of ${unit} from 1 to 9999999`);
    }
  }
  return { engine: 'postgres', url: plain };
}

function addressOf(url: string, faults: string[], name: string): DatabaseAddress {
  // As in SQLAlchemy: three slashes and a relative path, or four and an absolute one.
  const match = /^sqlite:\/\/\/(.+)$/.exec(url);
  if (match !== null) return { engine: 'sqlite', file: path.resolve(match[1] as string) };
  if (POSTGRES_SCHEME.test(url)) return postgresAddress(url, faults, name);
  faults.push(`${name}: "${url.split('@').at(-1)}" is no database URL; ${URL_FORMS}`);
  return developmentDatabase();
}

function developmentDatabase(): DatabaseAddress {
  return { engine: 'sqlite', file: path.resolve('james.sqlite') };
}

function readDatabase(env: Environment, production: boolean, faults: string[]): DatabaseAddress {
  const { DATABASE_URL: url, SQLALCHEMY_URL: alias } = env;
  if (url && alias && url !== alias)
    faults.push('DATABASE_URL and SQLALCHEMY_URL are both set and differ; set one');
  if (url) return addressOf(url, faults, 'DATABASE_URL');
  if (alias) return addressOf(alias, faults, 'SQLALCHEMY_URL');
  if (production) faults.push('DATABASE_URL is required in production');
  return developmentDatabase();
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

/** A whole number in a range. */
function readCount(
  env: Environment,
  name: string,
  [min, max]: readonly [number, number],
  fallback: number,
  faults: string[],
): number {
  const text = env[name];
  if (!text) return fallback;
  if (/^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  faults.push(`${name}: "${text}" is not a number from ${min} to ${max}`);
  return fallback;
}

function readTls(env: Environment, faults: string[]): Settings['tls'] {
  const { TLS_CERT: certFile, TLS_KEY: keyFile } = env;
  if (certFile && keyFile) return { certFile: path.resolve(certFile), keyFile: path.resolve(keyFile) };
  if (certFile || keyFile) faults.push('TLS_CERT and TLS_KEY go together: set both or none');
  return undefined;
}

/** Items with commas between them. */
function readList(
  env: Environment,
  name: string,
  isItem: (text: string) => boolean,
  what: string,
  faults: string[],
): string[] {
  const items = (env[name] ?? '').split(',').flatMap((item) => item.trim() || []);
  for (const item of items) if (!isItem(item)) faults.push(`${name}: "${item}" is not ${what}`);
  return items;
}

/** An address, or one with the length of its network's prefix. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
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
    port: readCount(env, 'PORT', [0, 65_535], 8080, faults),
    database: readDatabase(env, production, faults),
    databasePool: readCount(env, 'DATABASE_POOL', [2, 1000], 10, faults),
    lanes: readCount(env, 'LANES', [1, 1024], 8, faults),
    workers: readCount(env, 'WORKERS', [1, 1024], 1, faults),
    apiKeys: [
      ...(apiKey ? [{ name: 'environment', key: apiKey }] : []),
      ...(production ? [] : DEVELOPMENT_KEYS),
    ],
    currency: readCurrency(env, faults),
    timeZone: readTimeZone(env, faults),
    rounding: oneOf(env, 'INSTALLMENT_ROUNDING', ROUNDINGS, 'down', faults),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info', faults),
    authSecret: env['AUTH_SECRET'] || randomBytes(32).toString('hex'),
    sessionLimits: {
      idleMs: readCount(env, 'SESSION_IDLE_MINUTES', [1, 10_080], 30, faults) * MINUTE_MS,
      absoluteMs: readCount(env, 'SESSION_HOURS', [1, 720], 12, faults) * 60 * MINUTE_MS,
    },
    tls: readTls(env, faults),
    trustProxy: readList(env, 'TRUST_PROXY', isNetwork, 'an IP address or network', faults),
    corsOrigins: readList(
      env,
      'CORS_ORIGINS',
      isOrigin,
      'an origin such as https://app.bank.example',
      faults,
    ),
    inFlightMax: readCount(env, 'IN_FLIGHT_MAX', [1, 100_000], 1_000, faults),
    allowsDemo: oneOf(env, 'DEMO', ['yes', 'no'], production ? 'no' : 'yes', faults) === 'yes',
    exportLimits: {
      atOnce: readCount(env, 'EXPORTS_MAX', [1, 100], 4, faults),
      lifeMs: readCount(env, 'EXPORT_MINUTES', [1, 1440], 60, faults) * MINUTE_MS,
    },
    importLimits: {
      bytesMax: readCount(env, 'IMPORT_MIB_MAX', [1, 999_999], 10_240, faults) * MEBIBYTE,
      idleMs: readCount(env, 'IMPORT_IDLE_SECONDS', [1, 86_400], 60, faults) * 1000,
      receivingMax: readCount(env, 'IMPORT_RECEIVING_MAX', [1, 1_000], 4, faults),
      rejectsMax: readCount(env, 'IMPORT_REJECTS_MAX', [0, 999_999], 100_000, faults),
      rejectsKeptMs: readCount(env, 'IMPORT_REJECTS_DAYS', [1, 3_650], 30, faults) * DAY_MS,
      streamsMax: readCount(env, 'IMPORT_STREAMS_MAX', [0, 100_000], 100, faults),
      ownedMs: readCount(env, 'IMPORT_TAKEOVER_SECONDS', [1, 3_600], 15, faults) * 1000,
    },
    rates: {
      readsPerSecond: readCount(env, 'KEY_READS_PER_SECOND', [0, 999_999], 0, faults) || null,
      writesPerSecond: readCount(env, 'KEY_WRITES_PER_SECOND', [0, 999_999], 0, faults) || null,
    },
  };
  if (production && purpose === 'serve') checkSecrets(env, faults);
  return faults.length === 0 ? { ok: true, settings } : { ok: false, faults };
}
