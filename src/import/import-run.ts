// Runs one import: rows in, batches through the ledger, rejected rows out. Bad rows don't stop it, and it may be run
// again at any time: what is recorded already is skipped and counted, never booked twice.

import type { Currency } from '../domain/money.ts';
import type { Answer, BatchExecutor, Command } from '../ledger/commands.ts';
import type { CsvRecord } from './csv-records.ts';
import { resultOf } from './import-outcomes.ts';
import type { ImportKind, Row, RowContext, RowFault } from './import-rows.ts';

export interface ImportCounts {
  readonly read: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly rejected: number;
}

export interface RejectedRow {
  readonly line: number;
  readonly fault: RowFault;
  readonly values: readonly string[];
}

export interface ImportParts {
  readonly kind: ImportKind;
  readonly blocks: AsyncIterable<readonly CsvRecord[]>;
  readonly execute: BatchExecutor;
  /** Rows that are booked together: by one transaction, or by one of each lane side by side. */
  readonly rowsAtOnce: number;
  readonly context: RowContext;
  /** Told the header before the first row. */
  readonly onHeader: (columns: readonly string[]) => void;
  /** Rows that were not booked, in the order of the file within each batch; waits until they are taken. */
  readonly onRejected: (rows: readonly RejectedRow[]) => Promise<void>;
  /** Told after each commit. */
  readonly onProgress: (counts: ImportCounts) => void;
  /** Aborted: the import stops after the batch under way. */
  readonly signal: AbortSignal;
}

/** The file can't be imported at all: a column is missing, or there is no header. */
export class NotImportable extends Error {}

interface Columns {
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

function isRead(column: string, kind: ImportKind): boolean {
  return kind.required.includes(column) || kind.optional.includes(column);
}

function columnsOf(header: CsvRecord, kind: ImportKind): Columns {
  const names = header.values.map((name) => name.trim());
  const places = new Map(names.map((name, index) => [name, index]));
  const twice = names.find((name, index) => names.indexOf(name) !== index && isRead(name, kind));
  if (twice !== undefined) throw new NotImportable(`the header names the column ${twice} twice`);
  const missing = kind.required.filter((name) => !places.has(name));
  if (missing.length > 0 || header.fault !== undefined) {
    throw new NotImportable(
      `the header has no column ${missing.join(', ')}; a file of ${kind.name} needs ${kind.required.join(', ')}`,
    );
  }
  return { names, places };
}

/** The command that a record stands for, or why it stands for none. */
function commandOf(
  record: CsvRecord,
  { names, places }: Columns,
  kind: ImportKind,
  context: RowContext,
): Command | RowFault {
  if (record.fault !== undefined) return { field: '', reason: record.fault };
  if (record.values.length !== names.length) {
    return { field: '', reason: `has ${record.values.length} values for ${names.length} columns` };
  }
  const row: Row = (column) => {
    const place = places.get(column);
    return place === undefined ? undefined : record.values[place];
  };
  const reading = kind.read(row, context);
  return reading.ok ? reading.command : reading.fault;
}

/** Reads, books and counts; resolves with the counts when the input ends or the signal aborts. */
export async function runImport(parts: ImportParts): Promise<ImportCounts> {
  const { kind, context, signal, rowsAtOnce } = parts;
  const { currency }: { currency: Currency } = context;
  const counts = { read: 0, accepted: 0, skipped: 0, rejected: 0 };
  let columns: Columns | undefined;

  const book = async (records: readonly CsvRecord[], { names, places }: Columns): Promise<void> => {
    const readings = records.map((record) => commandOf(record, { names, places }, kind, context));
    const commands = readings.filter((reading): reading is Command => 'kind' in reading);
    const answers = commands.length === 0 ? [] : await parts.execute(commands);
    const rejects: RejectedRow[] = [];
    let next = 0;
    for (const [index, reading] of readings.entries()) {
      const { line, values } = records[index] as CsvRecord;
      const result =
        'kind' in reading
          ? resultOf((answers[next++] as Answer).outcome, currency)
          : { kind: 'rejected' as const, fault: reading };
      counts[result.kind]++;
      if (result.kind === 'rejected') rejects.push({ line, fault: result.fault, values });
    }
    counts.read += records.length;
    if (rejects.length > 0) await parts.onRejected(rejects);
    parts.onProgress({ ...counts });
  };

  let waiting: CsvRecord[] = [];
  for await (const block of parts.blocks) {
    for (const record of block) {
      if (columns === undefined) {
        columns = columnsOf(record, kind);
        parts.onHeader(columns.names);
      } else waiting.push(record);
    }
    while (columns !== undefined && waiting.length >= rowsAtOnce) {
      if (signal.aborted) return counts;
      await book(waiting.slice(0, rowsAtOnce), columns);
      waiting = waiting.slice(rowsAtOnce);
    }
  }
  if (columns === undefined)
    throw new NotImportable('the file is empty; its first line must name the columns');
  if (waiting.length > 0 && !signal.aborted) await book(waiting, columns);
  return counts;
}
