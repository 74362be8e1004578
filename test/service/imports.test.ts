// Imports through what happens to servers: processes that are killed in the middle and started again, that stop, that are
// followed by others, and files that are larger than memory should be.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import {
  countsOf,
  csvOf,
  endedImport,
  heldImport,
  importedFile,
  loanRows,
  rejectsOf,
  type ShownImport,
  sendFile,
  shownImport,
} from '../support/import-steps.ts';
import { freshKey } from '../support/keyed-requests.ts';
import { found } from '../support/polling.ts';
import { type Service, startService } from '../support/service.ts';
import { assertSound } from '../support/sound-book.ts';
import { assertMembers, textOf } from '../support/v1-assertions.ts';
import { developmentKey, type V1Client, v1Client } from '../support/v1-client.ts';

/** What a process must not do without is taken over after so long. */
const env = { IMPORT_TAKEOVER_SECONDS: '1' };
const KILLS = 3;
const LOANS = 20_000;
const ROWS_A_MEBIBYTE = 128;

onEachEngine((engine) => {
  describe('an import', () => {
    /** An import when more rows are decided than were. */
    function further(client: V1Client, id: string, rowsRead: number): Promise<ShownImport> {
      return found(async () => {
        const shown = await shownImport(client, id);
        return shown.rows_read > rowsRead ? shown : undefined;
      }, 'an import to go on');
    }

    /** One bad row for every hundred good ones. */
    function someBad(rows: readonly string[]): string[] {
      return rows.flatMap((row, index) =>
        index % 100 === 0 ? [row, row.replace(',1000.00,', ',-1,')] : [row],
      );
    }

    test('that is killed again and again goes on where it was, and books every row once', async () => {
      await using database = await engine.freshDatabase();
      const file = csvOf('loans', someBad(loanRows('K', LOANS)));
      let service = await startService({ databaseUrl: database.url, env });
      let client = v1Client(service.url);
      const id = textOf(await sendFile(client, 'loans', file), 'id');
      let rowsRead = 0;
      let running = 0;
      for (let kills = 0; kills < KILLS; kills++) {
        const shown = await further(client, id, rowsRead);
        if (shown.ended_at === null) running++;
        rowsRead = shown.rows_read;
        await service.kill();
        service = await startService({ databaseUrl: database.url, env });
        client = v1Client(service.url);
      }
      assert.ok(running > 0, 'no kill met the import while it ran');
      const ended = await endedImport(client, id);
      assert.equal(ended.state, 'done');
      const rejected = LOANS / 100;
      assert.deepEqual(countsOf(ended), { rows: LOANS + rejected, accepted: LOANS, skipped: 0, rejected });
      const rejects = (await rejectsOf(client, id)).trimEnd().split('\n').slice(1);
      assert.equal(new Set(rejects).size, rejected);
      assert.equal(rejects.length, rejected);
      await service.stop();
      assert.equal(await assertSound(database.address), LOANS);
    });

    test('that is a dry run and is killed begins anew, and says the same', async () => {
      await using database = await engine.freshDatabase();
      const rows = someBad(loanRows('D', LOANS));
      const first = await startService({ databaseUrl: database.url, env });
      let client = v1Client(first.url);
      const answer = await sendFile(client, 'loans', csvOf('loans', [...rows, rows[0] ?? '']), {
        query: '&dry_run=true',
      });
      const id = textOf(answer, 'id');
      await further(client, id, 0);
      await first.kill();
      await using second = await startService({ databaseUrl: database.url, env });
      client = v1Client(second.url);
      const ended = await endedImport(client, id);
      const rejected = LOANS / 100;
      assert.deepEqual(countsOf(ended), {
        rows: LOANS + rejected + 1,
        accepted: LOANS,
        skipped: 1,
        rejected,
      });
      assertMembers(await client.outstanding('2017-12-31'), 200, { volume: 0 });
    });

    test('of a process that is killed is gone on with by another, which was there all the time', async () => {
      await using database = await engine.freshDatabase();
      await using other = await startService({ databaseUrl: database.url, env });
      const others = v1Client(other.url);
      const service = await startService({ databaseUrl: database.url, env });
      const client = v1Client(service.url);
      await importedFile(others, 'loans', csvOf('loans', loanRows('P', LOANS)));
      const payments = loanRows('P', LOANS).map((row) => `${row.split(',')[0]},made,2017-09-05,85.60`);
      const id = textOf(await sendFile(client, 'payments', csvOf('payments', payments)), 'id');
      await further(others, id, 0);
      // Either of the two may carry it out; the one that is killed is the one that took the file.
      await service.kill();
      const ended = await endedImport(others, id);
      assert.deepEqual(countsOf(ended), { rows: LOANS, accepted: LOANS, skipped: 0, rejected: 0 });
      assertMembers(await others.outstanding('2017-09-30'), 200, { volume: LOANS });
      await other.stop();
      assert.equal(await assertSound(database.address), LOANS);
    });

    test('that runs does not hold up a stop, and goes on after the next start', async () => {
      await using database = await engine.freshDatabase();
      const service = await startService({ databaseUrl: database.url });
      const client = v1Client(service.url);
      const id = textOf(await sendFile(client, 'loans', csvOf('loans', loanRows('S', LOANS))), 'id');
      await further(client, id, 0);
      assert.deepEqual(await service.stop(), { code: 0, signal: null });
      // Its time has not to be waited for: it was given back.
      await using next = await startService({
        databaseUrl: database.url,
        env: { IMPORT_TAKEOVER_SECONDS: '3600' },
      });
      const ended = await endedImport(v1Client(next.url), id);
      assert.deepEqual(countsOf(ended), { rows: LOANS, accepted: LOANS, skipped: 0, rejected: 0 });
    });

    test('whose file was cut by a kill has failed, and can be sent again under its key', async () => {
      await using database = await engine.freshDatabase();
      const headers = { 'idempotency-key': freshKey() };
      const first = await startService({ databaseUrl: database.url, env });
      const held = await heldImport(v1Client(first.url), { headers });
      held.write(`${loanRows('C', 20_000).join('\n')}\n`);
      await first.kill();
      await using second = await startService({ databaseUrl: database.url, env });
      const client = v1Client(second.url);
      const failed = await endedImport(client, held.id);
      assert.equal(failed.state, 'failed');
      assertMembers(await client.outstanding('2017-12-31'), 200, { volume: 0 });
      const again = await importedFile(client, 'loans', csvOf('loans', loanRows('C', 20)), { headers });
      assert.deepEqual(countsOf(again), { rows: 20, accepted: 20, skipped: 0, rejected: 0 });
    });

    const hasPeak = process.platform === 'linux';
    test('takes no more memory for a file that is larger than it', { skip: !hasPeak }, async () => {
      await using service = await startService({ engine, env: { IMPORT_REJECTS_MAX: '100' } });
      const client = v1Client(service.url);
      // What it takes for any file, however small a part of that is left when it is gone.
      await endedImport(client, await sendPadded(client, 64));
      const before = peakBytes(service);
      const ended = await endedImport(client, await sendPadded(client, 256));
      assert.equal(ended.rows, 256 * ROWS_A_MEBIBYTE);
      assert.equal(ended.rejected, ended.rows);
      const grown = peakBytes(service) - before;
      assert.ok(grown < 96 * 1024 * 1024, `${Math.round(grown / 1024 / 1024)} MiB more`);
    });

    /** The most memory that a process has had. */
    function peakBytes({ pid }: Service): number {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
    }

    /** Sends so many MiB of long rows, payments of unknown loans, as fast as they are taken; the import's id. */
    function sendPadded(client: V1Client, mebibytes: number): Promise<string> {
      const start = 'none,made,2017-09-05,1.00,';
      const row = `${start.padEnd((1024 * 1024) / ROWS_A_MEBIBYTE - 1, 'x')}\n`;
      const piece = Buffer.from(row.repeat(ROWS_A_MEBIBYTE));
      return new Promise((resolve, reject) => {
        const sending = request(
          `${client.url}/v1/imports?kind=payments`,
          {
            method: 'POST',
            agent: false,
            headers: { authorization: `Bearer ${developmentKey}`, 'content-type': 'text/csv' },
          },
          async (response) => {
            let text = '';
            for await (const part of response) text += part;
            if (response.statusCode === 202) resolve(String((JSON.parse(text) as { id: string }).id));
            else reject(new Error(text));
          },
        );
        sending.on('error', reject);
        sending.write('reference,payment,date,amount,note\n');
        let left = mebibytes;
        const more = () => {
          while (left-- > 0) if (!sending.write(piece)) return;
          sending.end();
        };
        sending.on('drain', more);
        more();
      });
    }
  });
});
