// The imports' part of a thread that writes: steps, and the imports of the database that the thread has open.

import { BookingSteps } from '../import/import-steps.ts';
import type { ExecutorParts } from '../ledger/execute-batch.ts';
import { importExecutor } from '../ledger/execute-import.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import type { ImportStore } from '../store/import-store.ts';
import { openImportStore } from './engines.ts';

export interface ImportCall {
  /** What the call is made on. */
  readonly on: 'imports' | 'steps';
  readonly method: string;
  readonly parameters: readonly unknown[];
}

type Methods = Record<string, (...parameters: unknown[]) => unknown>;

/** Answers calls. The imports are opened by the first one, and again where that failed. */
export function importWork(
  database: DatabaseAddress,
  parts: ExecutorParts,
): (call: ImportCall) => Promise<unknown> {
  let opening: Promise<{ imports: ImportStore; steps: BookingSteps }> | undefined;
  const open = async () => {
    const imports = await openImportStore(database);
    const { currency } = parts.store.bank;
    return { imports, steps: new BookingSteps({ imports, execute: importExecutor(parts), currency }) };
  };
  return async ({ on, method, parameters }) => {
    opening ??= open();
    const opened = await opening.catch((error) => {
      opening = undefined;
      throw error;
    });
    const target = opened[on] as unknown as Methods;
    return (target[method] as Methods[string]).apply(target, [...parameters]);
  };
}
