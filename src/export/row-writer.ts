// What every format of an export does: rows in, bytes out, nothing kept for longer than it must be.

import type { Row } from './export-columns.ts';

export interface RowWriter {
  /** Bytes that are ready, after these rows; often none. */
  write(rows: readonly Row[]): Uint8Array;
  /** The rest. */
  end(): Uint8Array;
}
