// Backups of a PostgreSQL database: one snapshot of James's tables as COPY gives them, in a compressed tar archive. It
// holds what a bank has recorded and who may come in, and nothing of the server: any PostgreSQL from 15 on takes it back.
//
// A table's rows come in pieces of a few megabytes, each a file of the archive whose size is known before it is written.

import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { extract, type Pack, pack } from 'tar-stream';
import { type BackupSummary, type Backups, NotRestorable } from '../backup.ts';
import { addressText } from '../database-address.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { connectOnce, withTlsSettled } from './postgres-connection.ts';
import { asStoreUnavailable } from './postgres-faults.ts';
import {
  migrate,
  migrationsOf,
  refuseNewerSchema,
  refuseOtherTables,
  requireCurrentSchema,
} from './postgres-schema.ts';

const PIECE_BYTES = 4 * 1024 * 1024;
const MANIFEST = 'james-backup.json';
const FORMAT = 1;

/** In the order in which they refer to one another. */
const TABLES = [
  ...['bank', 'loan', 'payment', 'reversal', 'kept_answer'],
  ...['book_pending', 'book_change'],
  ...['api_key', 'api_credential', 'session_end', 'access_version'],
  ...['import', 'import_lane', 'import_chunk', 'import_reject'],
  // Of backups of older schemas, whose migration takes them away again.
  ...['book_day_by_due', 'book_month_by_due', 'book_day', 'book_month'],
] as const;

/** Which transaction put a row there means nothing on another server: it gets that of the restore. */
const NOT_TAKEN = ['transaction'];

interface Manifest {
  readonly format: number;
  readonly takenAt: number;
  readonly loans: number;
  /** The schema that the rows are of. */
  readonly migrations: readonly string[];
  /** Columns of each table, in the order of its rows' fields. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

async function columnsOf(client: pg.Client): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT table_name AS table, array_agg(column_name::text ORDER BY ordinal_position) AS columns
     FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ANY ($1)
       AND column_name <> ALL ($2) GROUP BY 1`,
    [TABLES, NOT_TAKEN],
  );
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
}

function entry(archive: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name, size: content.length }, content, (error) => (error ? reject(error) : resolve()));
  });
}

async function writeTable(client: pg.Client, archive: Pack, table: string, columns: readonly string[]) {
  let piece: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  const write = async () => {
    await entry(archive, `${table}/${String(number++).padStart(6, '0')}`, Buffer.concat(piece));
    piece = [];
    bytes = 0;
  };
  for await (const chunk of client.query(copyTo(`COPY ${table} (${quoted(columns)}) TO STDOUT`))) {
    piece.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes >= PIECE_BYTES) await write();
  }
  if (bytes > 0) await write();
}

async function backUp(client: pg.Client, file: string, onTable: (index: number) => void): Promise<Manifest> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { rows } = await client.query<{ taken_at: number; loans: number }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS taken_at, count(*)::integer AS loans FROM loan`,
  );
  const [{ taken_at: takenAt, loans }] = rows as [{ taken_at: number; loans: number }];
  const columns = await columnsOf(client);
  const migrations = (await migrationsOf(client)) ?? [];
  const manifest: Manifest = { format: FORMAT, takenAt: Math.floor(takenAt), loans, migrations, columns };
  const archive = pack();
  const written = pipeline(archive, createGzip({ level: 1 }), createWriteStream(file, { flags: 'wx' }));
  const making = (async () => {
    await entry(archive, MANIFEST, Buffer.from(JSON.stringify(manifest)));
    for (const [index, table] of TABLES.entries()) {
      const taken = columns[table];
      if (taken === undefined) continue;
      onTable(index);
      await writeTable(client, archive, table, taken);
    }
    archive.finalize();
  })();
  making.catch((error) => archive.destroy(error));
  await Promise.all([making, written]);
  await client.query('COMMIT');
  return manifest;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads an archive piece by piece, in its order. */
async function* pieces(file: string): AsyncGenerator<{ name: string; content: Readable }> {
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), archive);
  reading.catch(() => undefined);
  for await (const piece of archive) yield { name: piece.header.name, content: Readable.from(piece) };
  await reading;
}

/** Of what goes wrong while a file is read, all that is no fault of the database is the file's. */
function asNotRestorable(error: unknown, file: string): unknown {
  if (error instanceof NotRestorable || error instanceof StoreUnavailable) return error;
  if (error instanceof pg.DatabaseError || !(error instanceof Error) || 'syscall' in error) return error;
  return new NotRestorable(`${file} is no backup, or is torn (${error.message})`);
}

function manifestOf(text: string, file: string): Manifest {
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format === FORMAT) return manifest;
  throw new NotRestorable(`${file} is a backup of another James; restore it with that one`);
}

async function fill(client: pg.Client, file: string, url: string, onTable: (index: number) => void) {
  let manifest: Manifest | undefined;
  let copying: { table: string; into: Writable; done: Promise<void> } | undefined;
  const end = async () => {
    copying?.into.end();
    await copying?.done;
    copying = undefined;
  };
  for await (const { name, content } of pieces(file)) {
    if (name === MANIFEST) {
      manifest = manifestOf((await content.setEncoding('utf8').toArray()).join(''), file);
      refuseNewerSchema(manifest.migrations, file);
      await migrate(url, manifest.migrations.length);
      await client.query('BEGIN');
      // What migrations put there comes with the backup.
      await client.query('DELETE FROM access_version');
      continue;
    }
    const [table = ''] = name.split('/');
    const index = (TABLES as readonly string[]).indexOf(table);
    const columns = manifest?.columns[table];
    if (columns === undefined || index === -1)
      throw new NotRestorable(`${file} is no backup of a James database`);
    if (copying?.table !== table) {
      await end();
      onTable(index);
      const into = client.query(copyFrom(`COPY ${table} (${quoted(columns)}) FROM STDIN`));
      copying = { table, into, done: finished(into) };
      copying.done.catch(() => undefined);
    }
    for await (const chunk of content) {
      if (!copying.into.write(chunk)) await Promise.race([drained(copying.into), copying.done]);
    }
  }
  await end();
  if (manifest === undefined) throw new NotRestorable(`${file} is no backup of a James database`);
  await client.query(
    `SELECT setval(pg_get_serial_sequence('book_pending', 'no'), coalesce(max(no), 0) + 1, false) FROM book_pending`,
  );
  const { rows } = await client.query<{ loans: number }>('SELECT count(*)::integer AS loans FROM loan');
  if (rows[0]?.loans !== manifest.loans) throw new NotRestorable(`${file} is torn: loans are missing`);
  await client.query('COMMIT');
  await client.query('ANALYZE');
  return manifest;
}

function finished(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
  });
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}

export function postgresBackups(url: string): Backups {
  const where = addressText({ engine: 'postgres', url });
  const connected = async <Answer>(work: (client: pg.Client, settled: string) => Promise<Answer>) => {
    const settled = await withTlsSettled(url);
    const client = await connectOnce(settled);
    try {
      return await work(client, settled);
    } catch (error) {
      throw asStoreUnavailable(error, where);
    } finally {
      await client.end();
    }
  };
  const summary = ({ takenAt, loans }: Manifest): BackupSummary => ({ takenAt, loans });
  return {
    backup: (file, onProgress) =>
      connected(async (client) => {
        await requireCurrentSchema(client, where);
        const part = `${file}.part`;
        try {
          const manifest = await backUp(client, part, (index) => onProgress({ done: index / TABLES.length }));
          await flush(part);
          await rename(part, file);
          await flush(dirname(file));
          onProgress({ done: 1 });
          return summary(manifest);
        } catch (error) {
          await rm(part, { force: true });
          throw error;
        }
      }),

    restore: (file, onProgress) =>
      connected(async (client, settled) => {
        if ((await migrationsOf(client)) === undefined) await refuseOtherTables(client, where);
        else if ((await client.query('SELECT 1 FROM bank')).rowCount !== 0) {
          throw new NotRestorable(`${where} is a bank’s already; restore to an empty database`);
        }
        const onTable = (index: number) => onProgress({ done: index / TABLES.length });
        const manifest = await fill(client, file, settled, onTable).catch((error: unknown) => {
          throw asNotRestorable(error, file);
        });
        onProgress({ done: 1 });
        return summary(manifest);
      }),
  };
}
