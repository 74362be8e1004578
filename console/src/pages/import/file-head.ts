// The beginning of a file, as far as a preview needs it; however large the file is, no more of it is read.

import { parse } from 'csv-parse/browser/esm/sync';

const HEAD_BYTES = 64 * 1024;
const ROWS_SHOWN = 5;
const NEWLINE = 0x0a;

export interface FileHead {
  readonly format: 'csv' | 'ndjson';
  readonly isGzip: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many bytes the line takes that names the columns, its end included; 0 where it can't be replaced. */
  readonly headerBytes: number;
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch (error) {
    // The beginning of a zipped file ends within it; what came out before counts.
    if (length === 0) throw error;
  }
  void reader.cancel().catch(() => undefined);
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Whole lines only, unless the file has no more. */
function textOf(bytes: Uint8Array, isWhole: boolean): string {
  const end = isWhole ? bytes.length : bytes.lastIndexOf(NEWLINE) + 1;
  return new TextDecoder().decode(bytes.subarray(0, end));
}

function csvHead(text: string): Pick<FileHead, 'columns' | 'rows'> {
  const records: string[][] = parse(text, {
    to: ROWS_SHOWN + 1,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const [columns = [], ...rows] = records;
  return { columns, rows };
}

function ndjsonHead(text: string): Pick<FileHead, 'columns' | 'rows'> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const objects = lines.slice(0, ROWS_SHOWN).map((line) => JSON.parse(line) as Record<string, unknown>);
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return { columns, rows: objects.map((object) => columns.map((name) => String(object[name] ?? ''))) };
}

/** Reads the beginning of a file. Throws an Error in plain words where it is none of rows. */
export async function headOf(file: File): Promise<FileHead> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const beginning = file.slice(0, isGzip ? 4 * HEAD_BYTES : HEAD_BYTES).stream();
  const bytes = await bytesOf(
    isGzip ? beginning.pipeThrough(new DecompressionStream('gzip') as never) : beginning,
  ).catch(() => {
    throw new Error('The file looks like gzip and can’t be unzipped.');
  });
  const text = textOf(bytes, !isGzip && file.size <= HEAD_BYTES);
  const format = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('{')
    ? 'ndjson'
    : 'csv';
  try {
    const { columns, rows } = format === 'csv' ? csvHead(text) : ndjsonHead(text);
    if (columns.length === 0) throw new Error('nothing');
    const headerBytes = isGzip || format === 'ndjson' ? 0 : bytes.indexOf(NEWLINE) + 1;
    return { format, isGzip, columns, rows, headerBytes };
  } catch {
    throw new Error('The file has no rows that can be read: it must be CSV or a JSON object a line.');
  }
}
