// Whether anybody still holds a snapshot of a database: what a process must not leave behind.

import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { rawRows } from './raw-sql.ts';

const OF_A_SERVER = `SELECT count(*)::integer FROM pg_stat_activity WHERE application_name = 'james'
  AND datname = current_database() AND state LIKE 'idle in transaction%'`;

/** A log that can't be taken back whole is still read by somebody. */
const OF_A_FILE = 'PRAGMA wal_checkpoint(TRUNCATE)';

export async function isSnapshotOpen(address: DatabaseAddress): Promise<boolean> {
  const rows = await rawRows(address, address.engine === 'sqlite' ? OF_A_FILE : OF_A_SERVER);
  return rows[0]?.[0] !== 0;
}
