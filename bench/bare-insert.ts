// What an import is measured against: a bare better-sqlite3 loop that inserts the rows of a CSV file, parsed before,
// into one STRICT table of the same columns; no checks, no ids, no index, no book. As durable as James: WAL,
// synchronous=FULL. Run as: node bench/bare-insert.ts loans|payments CSV DATABASE

import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { parseDate } from '../src/domain/calendar-date.ts';

const TRANSACTION_ROWS = 1_000;

type Value = string | number;

/** Exact enough for what the generator writes, and quicker than James's own reading. */
const scaled = (text: string, scale: number) => Math.round(Number(text) * 10 ** scale);
const day = (text: string) => parseDate(text) as number;

const TABLES: Record<string, { columns: string; read: (row: readonly string[]) => Value[] }> = {
  loans: {
    columns: 'reference TEXT, amount INTEGER, term INTEGER, rate INTEGER, date INTEGER',
    read: ([reference = '', amount = '', term = '', rate = '', date = '']) => [
      reference,
      scaled(amount, 2),
      Number(term),
      scaled(rate, 10),
      day(date),
    ],
  },
  payments: {
    columns: 'reference TEXT, payment TEXT, date INTEGER, amount INTEGER',
    read: ([reference = '', payment = '', date = '', amount = '']) => [
      reference,
      payment,
      day(date),
      scaled(amount, 2),
    ],
  },
};

const [kind = '', csv = '', file = ''] = process.argv.slice(2);
const table = TABLES[kind];
if (table === undefined) throw new Error(`there is no table for "${kind}"`);
const parsed: string[][] = parse(readFileSync(csv), { from: 2 });
const rows = parsed.map(table.read);

const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`CREATE TABLE bare (${table.columns}) STRICT`);
const insert = database.prepare(`INSERT INTO bare VALUES (${table.columns.replace(/\w+ \w+/g, '?')})`);
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
