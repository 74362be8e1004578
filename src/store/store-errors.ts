// Why a database can't serve. Expected refusals (a duplicate, a paid-off loan) are values, never these.

/** What is wrong with the database, for callers that act on it. */
export type StoreFault =
  | 'unreachable'
  | 'full'
  | 'read-only'
  | 'busy'
  | 'not-a-james-database'
  | 'schema-not-current'
  | 'other-bank'
  | 'damaged'
  | 'server-too-old';

/** The database can't serve right now, or can't serve James at all; nothing of the failed work is in it. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}
