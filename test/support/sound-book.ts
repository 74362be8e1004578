// That a database holds what its records make: james verify, in this process.

import assert from 'node:assert/strict';
import { verify } from '../../src/ledger/verify.ts';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { auditorOf } from '../../src/wiring/engines.ts';

/** Verifies a database; gives the number of its loans. */
export async function assertSound(address: DatabaseAddress): Promise<number> {
  const differences: unknown[] = [];
  const { loans } = await verify({
    auditor: auditorOf(address),
    rebuild: false,
    onLoanDifference: (...difference) => differences.push(difference),
    onBookDifference: (difference) => differences.push(difference),
    onDatabaseFault: (fault) => differences.push(fault),
    onProgress: () => {},
  });
  assert.deepEqual(differences, []);
  return loans;
}
