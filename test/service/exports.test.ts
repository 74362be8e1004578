// Exports of a large book while much else goes on: memory stays bounded, the file is of one moment, and an export that
// does not come to its end says so to whoever reads it.

import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillBook } from '../support/bulk-book.ts';
import { clockedService } from '../support/clocked-service.ts';
import { onEachEngine, POSTGRES, SQLITE, type TestDatabase } from '../support/engines.ts';
import { type ExportReader, readExport } from '../support/export-reader.ts';
import { isSnapshotOpen } from '../support/open-snapshots.ts';
import { until } from '../support/polling.ts';
import { disconnectJames } from '../support/server-databases.ts';
import { runJames, type Service, startService } from '../support/service.ts';
import { assertProblem } from '../support/v1-assertions.ts';
import { developmentKey, type V1Client, v1Client } from '../support/v1-client.ts';

const BOOK = { loans: 10_000, paymentsEach: 24 };
const PAYMENTS = BOOK.loans * BOOK.paymentsEach;
const PAYMENTS_PATH = '/v1/exports/payments?format=ndjson&as_of=2030-01-01';

/** The largest that a process's memory has been, in bytes. */
function peakBytes(pid: number): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) * 1024;
}

async function figure(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

function ended(url: string, outcome: string, format = 'ndjson'): Promise<number> {
  return figure(url, `james_exports_total{table="payments",format="${format}",outcome="${outcome}"}`);
}

function lines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** An export of which the first piece is there, and nothing more is taken. */
async function begun(url: string, path = PAYMENTS_PATH): Promise<ExportReader> {
  const reader = await readExport(url, path);
  assert.equal(reader.status, 200);
  await reader.piece();
  return reader;
}

onEachEngine((engine) => {
  describe('exports of a large book', () => {
    let database: TestDatabase | undefined;
    let service: Service | undefined;
    let client: V1Client;
    let url: string;

    before(async () => {
      database = await engine.freshDatabase();
      const env = { DATABASE_URL: database.url };
      const made = await runJames(['init-db'], { env });
      assert.equal(made.code, 0, made.output);
      await fillBook(database.address, BOOK);
      service = await startService({
        databaseUrl: database.url,
        env: { LOG_LEVEL: 'info', EXPORTS_MAX: '2' },
      });
      url = service.url;
      client = v1Client(url);
    });
    after(async () => {
      await service?.stop();
      await database?.[Symbol.asyncDispose]();
    });

    async function noneRuns(): Promise<void> {
      await until(async () => (await figure(url, 'james_exports_running')) === 0, 'the end of all exports');
    }

    test('have every row, in bounded memory, in each form', async (context) => {
      const { pid } = service as Service;
      // Reading the book into memory takes room of its own, on a thread that then ends.
      await until(async () => (await figure(url, 'james_book_copies')) === 1, 'the copy of the book');
      // Once through each, so that what is loaded once is there.
      for (const format of ['csv', 'ndjson', 'parquet']) {
        await (await readExport(url, `/v1/exports/payments?format=${format}&as_of=2017-01-31`)).rest();
      }
      const before = peakBytes(pid);
      for (const [format, extra] of [
        ['csv', 1],
        ['ndjson', 0],
      ] as const) {
        const { whole, bytes } = await (
          await readExport(url, PAYMENTS_PATH.replace('ndjson', format))
        ).rest();
        assert.ok(whole);
        assert.equal(lines(bytes), PAYMENTS + extra, format);
      }
      const parquet = await (await readExport(url, PAYMENTS_PATH.replace('ndjson', 'parquet'))).rest();
      assert.ok(parquet.whole);
      assert.equal(parquet.bytes.subarray(-4).toString(), 'PAR1');
      const grown = peakBytes(pid) - before;
      context.diagnostic(`memory grew by ${grown} bytes`);
      assert.ok(grown < 60_000_000, `memory grew by ${grown} bytes`);
    });

    test('are of one moment, whatever is recorded meanwhile', async () => {
      const reader = await begun(url);
      const loan = await client.loan({ reference: 'meanwhile' });
      await client.paid(loan.id, '2017-09-05');
      const { whole, bytes } = await reader.rest();
      assert.ok(whole);
      assert.equal(lines(bytes), PAYMENTS);
      assert.equal(bytes.includes('meanwhile'), false);
      const answer = await client.get('/v1/exports/payments?reference=meanwhile&format=ndjson');
      assert.equal(lines(Buffer.from(answer.text)), 1);
    });

    test('end when their reader goes, and leave nothing open', async () => {
      const abandoned = await ended(url, 'abandoned');
      const readers = [await begun(url), await begun(url)];
      assert.equal(await figure(url, 'james_exports_running'), 2);
      for (const reader of readers) reader.leave();
      await noneRuns();
      assert.equal(await ended(url, 'abandoned'), abandoned + 2);
      const { address } = database as TestDatabase;
      await until(async () => !(await isSnapshotOpen(address)), 'the end of the snapshots');
    });

    test('end when their reader goes before anything has come', async () => {
      for (let index = 0; index < 20; index++) {
        const sent = request(`${url}${PAYMENTS_PATH}`, {
          headers: { authorization: `Bearer ${developmentKey}` },
          agent: false,
        });
        sent.on('error', () => undefined);
        sent.end();
        await sleep(index % 10);
        sent.destroy();
      }
      await noneRuns();
      const { address } = database as TestDatabase;
      await until(async () => !(await isSnapshotOpen(address)), 'the end of the snapshots');
    });

    test('are refused while as many are under way as may be', async () => {
      const readers = [await begun(url), await begun(url)];
      const answer = await client.get('/v1/exports/book');
      assertProblem(answer, 503, 'exports-busy');
      assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
      assert.equal((await client.outstanding()).status, 200);
      for (const reader of readers) reader.leave();
      await noneRuns();
      assert.equal((await client.get('/v1/exports/book')).status, 200);
    });

    test('are written down with who took what', async () => {
      await (await readExport(url, '/v1/exports/payments?format=csv&as_of=2016-08-31')).rest();
      const line = () =>
        (service as Service)
          .output()
          .split('\n')
          .find((one) => one.includes('"as_of":"2016-08-31"'));
      await until(() => line() !== undefined, 'a line in the log');
      const told = JSON.parse(line() ?? '') as Record<string, unknown>;
      assert.equal(told['msg'], 'export');
      assert.equal(told['key'], 'development');
      assert.equal(told['table'], 'payments');
      assert.equal(told['as_of'], '2016-08-31');
      assert.equal(told['outcome'], 'complete');
      assert.equal(told['rows'], BOOK.loans);
    });

    test('under way when the server stops break off, and do not keep it', async () => {
      const copy = await startService({ databaseUrl: (database as TestDatabase).url });
      const reader = await begun(copy.url);
      const stopped = copy.stop();
      const { whole } = await reader.rest();
      assert.equal(whole, false);
      assert.deepEqual(await stopped, { code: 0, signal: null });
    });
  });

  describe('an export whose reader is slow', () => {
    let database: TestDatabase | undefined;

    before(async () => {
      database = await engine.freshDatabase();
      await runJames(['init-db'], { env: { DATABASE_URL: database.url } });
      await fillBook(database.address, BOOK);
    });
    after(async () => {
      await database?.[Symbol.asyncDispose]();
    });

    test('waits for it, and is given up when it takes nothing for too long', async () => {
      const outcomes: { outcome: string; bytes: number; rows: number }[] = [];
      await using own = await clockedService({
        database: database as TestDatabase,
        exports: { limits: { stallMs: 3_000 }, onEnd: (one) => outcomes.push(one) },
      });
      const reader = await begun(own.url);
      await until(() => outcomes.length === 1, 'the end of the stalled export');
      assert.equal(outcomes[0]?.outcome, 'abandoned');
      // What waits in between is what sockets hold, and no more.
      assert.ok((outcomes[0]?.rows ?? 0) < PAYMENTS / 3, String(outcomes[0]?.rows));
      assert.equal((await reader.rest()).whole, false);
    });

    test('does not go on for longer than an export may', async () => {
      const outcomes: { outcome: string; error: Error | undefined }[] = [];
      await using own = await clockedService({
        database: database as TestDatabase,
        exports: { limits: { lifeMs: 3_000 }, onEnd: (one) => outcomes.push(one) },
      });
      const reader = await begun(own.url);
      await until(() => outcomes.length === 1, 'the end of the long export');
      assert.equal(outcomes[0]?.outcome, 'failed');
      assert.match(outcomes[0]?.error?.message ?? '', /took too long/);
      assert.equal((await reader.rest()).whole, false);
    });
  });
});

describe('an export of a damaged SQLite file', () => {
  test('breaks off where the damage is, and says so in the log', async () => {
    await using database = await SQLITE.freshDatabase();
    const env = { DATABASE_URL: database.url };
    await runJames(['init-db'], { env });
    await fillBook(database.address, { loans: 10_000, paymentsEach: 6 });
    const { address } = database;
    if (address.engine !== 'sqlite') throw new Error('not SQLite');
    const descriptor = openSync(address.file, 'r+');
    const { size } = statSync(address.file);
    writeSync(descriptor, Buffer.alloc(64 * 1024, 0xa5), 0, 64 * 1024, Math.floor(size / 2 / 4096) * 4096);
    closeSync(descriptor);

    await using service = await startService({ databaseUrl: database.url });
    const reader = await readExport(service.url, PAYMENTS_PATH);
    assert.equal(reader.status, 200);
    const { whole, bytes } = await reader.rest();
    assert.equal(whole, false);
    assert.ok(lines(bytes) < 10_000 * 6);
    await until(async () => (await ended(service.url, 'failed')) === 1, 'the count of the failure');
    assert.match(service.output(), /an export failed on the way/);
    assert.match(service.output(), /malformed|damaged/);
  });
});

describe('an export whose PostgreSQL goes away', () => {
  test('breaks off, is counted and written down, and the next one is whole', async () => {
    await using database = await POSTGRES.freshDatabase();
    await runJames(['init-db'], { env: { DATABASE_URL: database.url } });
    await fillBook(database.address, { loans: 5_000, paymentsEach: 24 });
    await using service = await startService({ databaseUrl: database.url });
    const reader = await begun(service.url);
    await disconnectJames(database.url);
    const { whole, bytes } = await reader.rest();
    assert.equal(whole, false);
    assert.ok(lines(bytes) < 5_000 * 24);
    await until(async () => (await ended(service.url, 'failed')) === 1, 'the count of the failure');
    assert.match(service.output(), /an export failed on the way/);
    const again = await (await readExport(service.url, PAYMENTS_PATH)).rest();
    assert.ok(again.whole);
    assert.equal(lines(again.bytes), 5_000 * 24);
  });
});
