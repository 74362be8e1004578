// What PostgreSQL's error codes and a broken connection mean for James: one place where a broken machine is told from
// a programmer's error, and what may be tried again from what may not.

import pg from 'pg';
import { type StoreFault, StoreUnavailable } from '../store-errors.ts';

/** SQLSTATE codes or the classes they begin with (PostgreSQL's appendix A). */
const FAULTS: readonly (readonly [code: string, fault: StoreFault, text: string])[] = [
  ['53100', 'full', 'the database server’s disk is full'],
  ['53300', 'busy', 'the database server has no connection left'],
  ['53', 'busy', 'the database server is out of resources'],
  ['25006', 'read-only', 'the database is read-only'],
  ['42501', 'read-only', 'the database user may not do that'],
  ['55P03', 'busy', 'a lock of another transaction was held for too long'],
  ['57014', 'busy', 'a statement took too long'],
  ['40', 'busy', 'transactions got into one another’s way again and again'],
  ['25P03', 'busy', 'a transaction was idle for too long'],
  ['25P04', 'busy', 'a transaction took too long'],
  ['3D000', 'unreachable', 'the server has no such database'],
  ['28', 'unreachable', 'the server refused the user or the password'],
  ['08', 'unreachable', 'the connection to the database server broke'],
  ['57P', 'unreachable', 'the database server is starting or stopping'],
  ['58', 'unreachable', 'the database server’s machine failed'],
  ['F0', 'unreachable', 'the database server’s settings are wrong'],
  ['XX001', 'damaged', 'the database is damaged'],
  ['XX002', 'damaged', 'the database is damaged'],
  ['42P01', 'not-a-james-database', 'James’s tables are not there'],
  ['3F000', 'not-a-james-database', 'the schema for James’s tables is not there'],
];

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENOENT',
  'EACCES',
]);

/** What pg says, without a code, of a connection that is gone. */
const CONNECTION_LOST =
  /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout expired|Cannot use a pool after)/;
/** What it says where it waited for an answer in vain. */
const SILENCE = /^(Query read timeout|timeout expired|Connection terminated due to connection timeout)/;
const POOL_EXHAUSTED = /^timeout exceeded when trying to connect/;
const TLS_REFUSED = /does not support SSL|certificate|SSL/i;
/** What it says where there is no password, or none of the kind that the server asks for. */
const NO_PASSWORD = /^SASL/;

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The fault behind an error of PostgreSQL or of the network; the error itself where it is a programmer's. */
export function asStoreUnavailable(error: unknown, where: string): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return asStoreUnavailable(error.errors[0], where);
  }
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  if (error instanceof pg.DatabaseError) {
    const found = FAULTS.find(([prefix]) => code?.startsWith(prefix));
    return found === undefined
      ? error
      : new StoreUnavailable(found[1], `${where}: ${found[2]} (${code}: ${error.message})`, error);
  }
  if (code !== undefined && NETWORK.has(code)) {
    return new StoreUnavailable(
      'unreachable',
      `${where}: the database server cannot be reached (${code})`,
      error,
    );
  }
  if (POOL_EXHAUSTED.test(error.message)) {
    return new StoreUnavailable('busy', `${where}: all connections to the database are in use`, error);
  }
  if (SILENCE.test(error.message)) {
    return new StoreUnavailable('unreachable', `${where}: the database server does not answer`, error);
  }
  if (CONNECTION_LOST.test(error.message)) {
    return new StoreUnavailable(
      'unreachable',
      `${where}: the connection to the database server broke`,
      error,
    );
  }
  if (NO_PASSWORD.test(error.message)) {
    const text = `${where}: the server asks for a password that James cannot give (${error.message})`;
    return new StoreUnavailable('unreachable', text, error);
  }
  if (TLS_REFUSED.test(error.message)) {
    return new StoreUnavailable('unreachable', `${where}: no secure connection (${error.message})`, error);
  }
  return error;
}

/** A deadlock, a serialization failure, or a unique row that another writer was first to write: try on fresh state. */
export function isRace(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40001', '40P01', '23505'].includes(error.code ?? '');
}

/** Whether a server was given up that did not answer at all: another connection would fare no better. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && SILENCE.test(error.message);
}

/** Whether the connection is gone, so that nobody heard what became of the last statement. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(57P|08|25P0[34])/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return NETWORK.has(codeOf(error) ?? '') || CONNECTION_LOST.test(error.message);
}
