// Some rows of a block on their way through the ledger: their commands there, and back what became of each row.

import type { Currency } from '../domain/money.ts';
import type { Outcome } from '../ledger/commands.ts';
import type { ImportCommand } from '../ledger/execute-import.ts';
import type { Origin } from '../ledger/ledger.ts';
import type { ImportBlock } from './import-block.ts';
import { resultOf } from './import-outcomes.ts';
import type { RejectedRow } from './rejected-rows.ts';
import type { RowFault } from './source-records.ts';

export interface RowCounts {
  readonly accepted: number;
  /** Recorded before. */
  readonly alreadyThere: number;
  readonly rejected: number;
}

export interface RowsDone extends RowCounts {
  readonly rejects: readonly RejectedRow[];
}

export class BlockRows {
  readonly #block: ImportBlock;
  readonly #from: number;
  readonly #to: number;
  readonly commands: readonly ImportCommand[];

  constructor(block: ImportBlock, from: number, to: number, origin: Origin) {
    this.#block = block;
    this.#from = from;
    this.#to = to;
    const commands: ImportCommand[] = [];
    for (let row = from; row < to; row++) {
      if (block.fault(row) === undefined) commands.push(block.command(row, origin));
    }
    this.commands = commands;
  }

  /** What became of the rows, from the outcomes of their commands. */
  done(outcomes: readonly Outcome[], currency: Currency): RowsDone {
    const counts = { accepted: 0, alreadyThere: 0, rejected: 0 };
    const rejects: RejectedRow[] = [];
    const reject = (row: number, fault: RowFault): void => {
      counts.rejected++;
      rejects.push({ line: this.#block.line(row), text: this.#block.text(row), fault });
    };
    let next = 0;
    for (let row = this.#from; row < this.#to; row++) {
      const fault = this.#block.fault(row);
      if (fault !== undefined) {
        reject(row, fault);
        continue;
      }
      const result = resultOf(outcomes[next++] as Outcome, currency);
      if (result.kind === 'rejected') reject(row, result.fault);
      else counts[result.kind]++;
    }
    return { ...counts, rejects };
  }
}
