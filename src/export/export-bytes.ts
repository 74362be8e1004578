// One export from a snapshot to the bytes of its file, pulled chunk by chunk: whoever reads slowly, or no more, holds up
// nothing but this export. The snapshot is closed when the last chunk is taken, when the reader goes, and when it fails.

import { formatDate } from '../domain/calendar-date.ts';
import type { Snapshots } from '../store/export-snapshot.ts';
import { csvWriter } from './csv-writer.ts';
import type { ExportQuestion } from './export-question.ts';
import { columnsOf, rowPages, SNAPSHOT_TABLES } from './export-rows.ts';
import { ndjsonWriter } from './ndjson-writer.ts';
import { parquetWriter } from './parquet-writer.ts';
import type { RowWriter } from './row-writer.ts';

/** Pages are put together to at least so many bytes. */
const CHUNK_BYTES = 64 * 1024;
/** After so many rows a chunk goes out as it is, empty if need be, so that who waits knows that it goes on. */
const LOOKED_AT_MAX = 20_000;

export interface ExportChunk {
  /** May be empty. */
  readonly bytes: Uint8Array;
  /** Rows written so far, those that wait for their row group included. */
  readonly rows: number;
  /** Rows of the table looked at so far. */
  readonly lookedAt: number;
}

function writerOf(question: ExportQuestion): RowWriter {
  const columns = columnsOf(question);
  switch (question.format) {
    case 'csv':
      return csvWriter(columns);
    case 'ndjson':
      return ndjsonWriter(columns);
    case 'parquet':
      return parquetWriter(columns, {
        'james.table': question.table,
        'james.as_of': formatDate(question.asOf),
        'james.known_at': formatDate(question.knownOn),
        'james.currency': question.currency.code,
      });
  }
}

/** The bytes of an export's file. `onTotal` is told how many rows there are to look at; without it nobody counts. */
export async function* exportBytes(
  snapshots: Snapshots,
  question: ExportQuestion,
  onTotal?: (rows: number) => void,
): AsyncGenerator<ExportChunk> {
  const snapshot = await snapshots.open();
  try {
    onTotal?.(await snapshot.rows(SNAPSHOT_TABLES[question.table]));
    const writer = writerOf(question);
    let ready: Uint8Array[] = [];
    let size = 0;
    let [rows, lookedAt, told] = [0, 0, 0];
    const chunk = (): ExportChunk => {
      const bytes = Buffer.concat(ready);
      ready = [];
      size = 0;
      told = lookedAt;
      return { bytes, rows, lookedAt };
    };
    for await (const page of rowPages(snapshot, question)) {
      const bytes = writer.write(page.rows);
      ready.push(bytes);
      size += bytes.length;
      rows += page.rows.length;
      lookedAt += page.lookedAt;
      if (size >= CHUNK_BYTES || lookedAt - told >= LOOKED_AT_MAX) yield chunk();
    }
    ready.push(writer.end());
    yield chunk();
  } finally {
    await snapshot.close();
  }
}
