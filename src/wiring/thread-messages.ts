// What the server's thread and the ledger's thread say to each other.

import type { Command, Outcome } from '../ledger/commands.ts';
import type { StoreFault } from '../store/store-errors.ts';

export interface BatchRequest {
  readonly batch: number;
  readonly commands: readonly Command[];
}

export type BatchReply =
  | { readonly batch: number; readonly ok: true; readonly outcomes: Outcome[] }
  | {
      readonly batch: number;
      readonly ok: false;
      /** Null: not the database but a programmer's error. */
      readonly fault: StoreFault | null;
      readonly message: string;
    };
