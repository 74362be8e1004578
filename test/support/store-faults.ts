// Asserts that a database can't serve, and why.

import assert from 'node:assert/strict';
import { type StoreFault, StoreUnavailable } from '../../src/store/store-errors.ts';

function requireFault(error: unknown, fault: StoreFault): StoreUnavailable {
  assert.ok(error instanceof StoreUnavailable, `expected StoreUnavailable, got ${error}`);
  assert.equal(error.fault, fault, error.message);
  return error;
}

/** The call throws StoreUnavailable with the fault; gives the error for more questions. */
export function assertUnavailable(fault: StoreFault, call: () => unknown): StoreUnavailable {
  try {
    call();
  } catch (error) {
    return requireFault(error, fault);
  }
  assert.fail(`expected StoreUnavailable (${fault}), but nothing was thrown`);
}

/** The same for a promise. */
export async function assertRejectsUnavailable(
  fault: StoreFault,
  promise: Promise<unknown>,
): Promise<StoreUnavailable> {
  let answer: unknown;
  try {
    answer = await promise;
  } catch (error) {
    return requireFault(error, fault);
  }
  assert.fail(`expected StoreUnavailable (${fault}), but got ${JSON.stringify(answer)}`);
}
