// What an import into PostgreSQL is measured against: one COPY of the rows of a CSV file, parsed and written out before,
// into one table of the same columns; no checks, no ids, no index, no book. As durable as James: the copy counts when
// its commit is on disk. Run as: node bench/bare-copy.ts loans|payments CSV URL

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { connectOnce } from '../src/store/postgres/postgres-connection.ts';
import { readBareRows } from './bare-rows.ts';

const CHUNK_ROWS = 1_000;
const TYPES = { text: 'text', integer: 'bigint' };

const [kind = '', csv = '', url = ''] = process.argv.slice(2);
const { columns, rows } = readBareRows(kind, csv);

// COPY's text format; nothing in the generator's files needs an escape.
const chunks: Buffer[] = [];
for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
  const lines = rows.slice(from, from + CHUNK_ROWS).map((row) => `${row.join('\t')}\n`);
  chunks.push(Buffer.from(lines.join('')));
}

const client = await connectOnce(url);
await client.query(
  `CREATE TABLE bare (${columns.map(({ name, type }) => `${name} ${TYPES[type]}`).join(', ')})`,
);
const startedMs = performance.now();
const copy = client.query(copyFrom('COPY bare FROM STDIN'));
await pipeline(Readable.from(chunks), copy);
const seconds = (performance.now() - startedMs) / 1000;
const { rowCount } = copy;
await client.end();
console.log(JSON.stringify({ rows: rowCount, seconds }));
