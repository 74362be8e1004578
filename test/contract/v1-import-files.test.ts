// What POST /v1/imports refuses, as a whole: files that are none, that are too large, that break off or come too slowly,
// and retries under an Idempotency-Key. Nothing of them is ever booked.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { onEachEngine } from '../support/engines.ts';
import {
  countsOf,
  csvOf,
  endedImport,
  heldImport,
  importedFile,
  loanRows,
  rejectsOf,
  sendFile,
  shownImport,
} from '../support/import-steps.ts';
import { freshKey } from '../support/keyed-requests.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf, textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, listed } from '../support/v1-steps.ts';

const NO_LOANS = { value: '0.00', principal: '0.00', volume: 0 };
const MEBIBYTE = 1024 * 1024;

onEachEngine((engine) => {
  describe('files that are sent to /v1/imports', () => {
    let service: Service;
    let client: V1Client;

    before(async () => {
      const env = {
        IMPORT_MIB_MAX: '2',
        IMPORT_IDLE_SECONDS: '1',
        IMPORT_RECEIVING_MAX: '2',
        IMPORT_REJECTS_MAX: '5',
      };
      service = await startService({ engine, env });
      client = v1Client(service.url);
    });
    after(() => service?.stop());

    async function latest(): Promise<Record<string, unknown>> {
      return (await listed(client, '/v1/imports', { limit: '1' }))[0] ?? {};
    }

    async function assertNothingBooked(): Promise<void> {
      assertMembers(await client.outstanding('2017-12-31'), 200, NO_LOANS);
    }

    test('are refused where they are no file of such rows', async () => {
      const rows = loanRows('R', 3).join('\n');
      for (const [file, reason] of [
        ['', /is empty/],
        ['\n\n', /is empty/],
        [`reference,amount,term\n${rows}`, /no column rate, date/],
        [`reference,amount,term,rate,date,rate\n${rows}`, /names the column rate twice/],
        [
          `reference,amount,term,rate,date\n${'x'.repeat(MEBIBYTE + 1)}`,
          /a line has more than 1048576 bytes/,
        ],
        [Uint8Array.from(gzipSync(csvOf('loans', loanRows('R', 99))).subarray(0, 100)), /gzip is damaged/],
      ] as const) {
        const answer = await sendFile(client, 'loans', file);
        assertProblem(answer, 422, 'import-refused', [], String(file).slice(0, 50));
        assert.match(textOf(answer, 'detail'), reason);
        const shown = await latest();
        assert.equal(shown['state'], 'failed');
        assert.match(String(shown['reason']), reason);
      }
      await assertNothingBooked();
    });

    test('are refused where nobody can tell what they are', async () => {
      const file = csvOf('loans', loanRows('R', 1));
      for (const options of [
        { contentType: 'application/json' },
        { contentType: 'text/plain' },
        { contentType: 'application/gzip' },
        { headers: { 'content-encoding': 'br' } },
      ]) {
        const answer = await sendFile(client, 'loans', file, options);
        assertProblem(answer, 415, 'unsupported-media-type', [], JSON.stringify(options));
      }
      for (const [query, pointer] of [
        ['', 'kind'],
        ['?kind=customers', 'kind'],
        ['?kind=loans&format=xlsx', 'format'],
        ['?kind=loans&dry_run=maybe', 'dry_run'],
        ['?kind=loans&dryrun=true', 'dryrun'],
      ] as const) {
        const answer = await client.post(`/v1/imports${query}`, undefined, {
          raw: file,
          contentType: 'text/csv',
        });
        assertProblem(answer, 400, 'invalid-request', [pointer], query);
      }
      await assertNothingBooked();
    });

    test('are refused where they are larger than the settings allow, zipped or not', async () => {
      const rows = loanRows('R', 70_000);
      const file = csvOf('loans', rows);
      assert.ok(file.length > 2 * MEBIBYTE);
      for (const sent of [file, Uint8Array.from(gzipSync(file))]) {
        const answer = await sendFile(client, 'loans', sent);
        assertProblem(answer, 413, 'body-too-large');
        assert.match(textOf(answer, 'detail'), /more than 2097152 bytes/);
      }
      await assertNothingBooked();
    });

    test('are dropped where they break off, or nothing more of them comes', async () => {
      const cut = await heldImport(client);
      cut.write(`${loanRows('R', 3).join('\n')}\n`);
      cut.cut();
      const broken = await endedImport(client, cut.id);
      assert.equal(broken.state, 'failed');
      assert.match(String(broken.reason), /broke off/);

      const slow = await heldImport(client);
      const { status, json } = await slow.answer;
      assert.equal(status, 408);
      assert.equal(json['type'], '/problems/body-too-slow');
      assert.equal((await shownImport(client, slow.id)).state, 'failed');
      await assertNothingBooked();
    });

    test('wait for others where too many are coming in', async () => {
      const held = [await heldImport(client), await heldImport(client)];
      const answer = await sendFile(client, 'loans', csvOf('loans', []));
      assertProblem(answer, 503, 'too-many-imports');
      assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
      for (const one of held) assert.equal((await one.end()).status, 202);
      await importedFile(client, 'loans', csvOf('loans', []));
    });

    test('are the same import under the same key, and no other', async () => {
      const key = freshKey();
      const headers = { 'idempotency-key': key };
      const refused = await sendFile(client, 'payments', 'reference\n', { headers });
      assertProblem(refused, 422, 'import-refused');

      const file = csvOf('payments', ['none,made,2017-09-05,1.00']);
      const first = await sendFile(client, 'payments', file, { headers });
      assertMembers(first, 202, { kind: 'payments' });
      assert.equal(first.headers.get('idempotent-replayed'), null);
      const id = textOf(first, 'id');
      const again = await sendFile(client, 'payments', file, { headers });
      assertMembers(again, 202, { id });
      assert.equal(again.headers.get('idempotent-replayed'), 'true');
      for (const [kind, other, query] of [
        ['payments', csvOf('payments', ['none,made,2017-09-05,2.00']), ''],
        ['payments', file, '&dry_run=true'],
        ['loans', file, ''],
      ] as const) {
        const answer = await sendFile(client, kind, other, { headers, query });
        assertProblem(answer, 422, 'idempotency-key-used', [], kind);
      }
      assertProblem(
        await sendFile(client, 'payments', file, { headers: { 'idempotency-key': 'ü' } }),
        400,
        'invalid-request',
        ['idempotency-key'],
      );
    });

    test('may not come twice at once under one key', async () => {
      const key = freshKey();
      const held = await heldImport(client, { headers: { 'idempotency-key': key } });
      const second = await sendFile(client, 'loans', csvOf('loans', []), {
        headers: { 'idempotency-key': key },
      });
      assertProblem(second, 409, 'idempotency-key-in-use');
      const { status, json } = await held.end();
      assert.equal(status, 202);
      assert.equal(json['id'], held.id);
    });

    test('have all their rejects counted, and as many kept as the settings say', async () => {
      const bad = Array.from({ length: 12 }, (_, index) => `none-${index},made,2017-09-05,1.00`);
      const done = await importedFile(client, 'payments', csvOf('payments', bad));
      assert.deepEqual(countsOf(done), { rows: 12, accepted: 0, skipped: 0, rejected: 12 });
      assert.equal(done.rejects_kept, 5);
      assert.equal((await rejectsOf(client, done.id)).trimEnd().split('\n').length, 1 + 5);
    });

    test('leave the other addresses their own limits', async () => {
      const large = await client.post('/v1/loans', undefined, {
        raw: `{"reference": "${'x'.repeat(MEBIBYTE)}"}`,
      });
      assertProblem(large, 413, 'body-too-large');
      const csv = await client.post('/v1/loans', undefined, { raw: 'a,b', contentType: 'text/csv' });
      assertProblem(csv, 415, 'unsupported-media-type');
      assert.ok(objectOf(await client.get('/v1/imports'))['data']);
      await answered(client.get('/v1/imports?limit=1'));
    });
  });
});
