// What an import into SQLite is measured against: a bare better-sqlite3 loop that inserts the rows of a CSV file, parsed
// before, into one STRICT table of the same columns; no checks, no ids, no index, no book. As durable as James: WAL,
// synchronous=FULL. Run as: node bench/bare-insert.ts loans|payments CSV URL

import Database from 'better-sqlite3';
import { readBareRows } from './bare-rows.ts';

const TRANSACTION_ROWS = 1_000;

const [kind = '', csv = '', url = ''] = process.argv.slice(2);
const { columns, rows } = readBareRows(kind, csv);

const database = new Database(url.replace(/^sqlite:\/\/\//, ''));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`CREATE TABLE bare (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}) STRICT`);
const insert = database.prepare(`INSERT INTO bare VALUES (${columns.map(() => '?').join(', ')})`);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');

const startedMs = performance.now();
for (let from = 0; from < rows.length; from += TRANSACTION_ROWS) {
  begin.run();
  for (const row of rows.slice(from, from + TRANSACTION_ROWS)) insert.run(row);
  commit.run();
}
const seconds = (performance.now() - startedMs) / 1000;
database.close();
console.log(JSON.stringify({ rows: rows.length, seconds }));
